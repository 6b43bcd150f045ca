"""Numbers that must not be stored are refused, whatever is around them; ordinary numbers pass."""

import pytest
from django.core.exceptions import ValidationError

from core.free_text import refuse_secrets


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111111",
        "kartım 4111 1111 1111 1111, son kullanma 12/29",
        "5555-5555-5555-4444",
        "378282246310005",  # 15 digits
        "6759649826438453",
        "4000 0000 0000 0000 006",  # 19 digits
        "4111.1111.1111.1111",
        "٤111111111111111",  # the first digit is Arabic
        "4111\u00a01111\u202f1111\u20111111",
    ],
)
def test_a_card_number_is_refused(text):
    with pytest.raises(ValidationError) as refused:
        refuse_secrets(text)
    assert refused.value.code == "card_number"


def test_an_identity_number_is_refused():
    with pytest.raises(ValidationError) as refused:
        refuse_secrets("TC 10000000146 benim")
    assert refused.value.code == "identity_number"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4111111111111112",  # one digit wrong
        "0532 118 04 62",
        "Sipariş 100000000145, 3 gün önce",
        "TR33 0006 1005 1978 6457 8413 26",
        "12345678901",
        "2026-11-24 12:30",
        "kedi " * 200,
    ],
)
def test_ordinary_numbers_pass(text):
    refuse_secrets(text)

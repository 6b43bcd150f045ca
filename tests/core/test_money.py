from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core import money

amounts = st.decimals("-100000", "100000", places=2)
weights = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)


def test_half_a_kurus_rounds_up():
    assert money.lira("0.005") == Decimal("0.01")
    assert money.lira("2.675") == Decimal("2.68")


def test_float_is_refused():
    with pytest.raises(TypeError):
        money.lira(0.1)


@given(amounts, weights)
def test_shares_sum_to_the_whole_and_are_off_by_less_than_a_kurus(total, shares):
    parts = money.split(total, shares)
    assert sum(parts) == total
    for part, weight in zip(parts, shares, strict=True):
        assert abs(part - total * weight / sum(shares)) < money.KURUS


def test_split_without_weight_is_refused():
    with pytest.raises(ValueError, match="weights"):
        money.split(Decimal(10), [0, 0])


@pytest.mark.parametrize(
    ("language", "amount", "shown"),
    [("tr", "1234.5", "₺1.234,50"), ("tr", "-450", "−₺450,00"), ("en", "1234.5", "₺1,234.50")],
)
def test_display(language, amount, shown):
    with translation.override(language):
        assert money.display(Decimal(amount)) == shown

"""What does not belong into a field for free text: numbers that harm their owner in wrong hands.

People paste them when they are in trouble. Refusing is kinder than masking: what was never stored
cannot leak (compliance: no card number in any table, log or mail).
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CARD_SHAPE = re.compile(r"(?<!\d)\d(?:[ .\-\u2010-\u2015\u00a0\u202f]?\d){12,18}(?!\d)")
IDENTITY_SHAPE = re.compile(r"(?<!\d)[1-9]\d{10}(?!\d)")


def refuse_secrets(value: str) -> None:
    """A validator for forms and models."""
    if holds_card_number(value):
        raise ValidationError(
            _("There is a card number in your text. Remove it; we never need it."), code="card_number"
        )
    if holds_identity_number(value):
        raise ValidationError(
            _("There is an identity number in your text. Remove it; we do not need it here."),
            code="identity_number",
        )


def holds_card_number(value: str) -> bool:
    """13–19 digits, in groups or not, that pass the check every card passes (Luhn)."""
    return any(_passes_luhn(_digits(found)) for found in CARD_SHAPE.findall(value))


def holds_identity_number(value: str) -> bool:
    """11 digits whose last two are the check digits of a Turkish identity number."""
    return any(_is_identity_number(_digits(found)) for found in IDENTITY_SHAPE.findall(value))


def _digits(text: str) -> list[int]:
    return [int(letter) for letter in text if letter.isdecimal()]


def _passes_luhn(digits: list[int]) -> bool:
    doubled = (sum(divmod(digit * 2, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_identity_number(digits: list[int]) -> bool:
    odd, even = sum(digits[0:9:2]), sum(digits[1:8:2])
    return (odd * 7 - even) % 10 == digits[9] and sum(digits[:10]) % 10 == digits[10]

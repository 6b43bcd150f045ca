"""Turkish mobile numbers as people write them, stored in one way (E.164), shown in another.

0532 123 45 67, 532 123 45 67, +90 532 123 45 67 and 0090 532 123 45 67 are one number. Numbers of other
countries are taken with their code.
"""

from __future__ import annotations

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOME = "TR"
MOBILE = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def canonical(typed: str) -> str:
    """E.164. Raises ValidationError with a message for the reader."""
    number = _parse(typed)
    if not phonenumbers.is_valid_number(number):
        raise ValidationError(_("This number does not exist. Write it like 0532 123 45 67."), code="invalid")
    if phonenumbers.number_type(number) not in MOBILE:
        raise ValidationError(_("This is not a mobile number; a code cannot reach it."), code="not_mobile")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """`+905321234567` → `0 (532) 123 45 67`; numbers of other countries with their code."""
    if not number.startswith("+90") or len(number) != 13:
        parsed = phonenumbers.parse(number) if number else None
        style = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return phonenumbers.format_number(parsed, style) if parsed else ""
    local = number[3:]
    return f"0 ({local[:3]}) {local[3:6]} {local[6:8]} {local[8:]}"


def hidden(number: str) -> str:
    """Enough for the owner, nothing for who looks over a shoulder."""
    return f"{number[:3]} ••• ••• •• {number[-2:]}"


def _parse(typed: str) -> phonenumbers.PhoneNumber:
    plain = typed.strip()
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    try:
        return phonenumbers.parse(plain, HOME)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_("Write a mobile number like 0532 123 45 67."), code="invalid") from error

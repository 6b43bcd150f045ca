"""Numbers that a code has to reach: those of `core.phones`, and mobile."""

from __future__ import annotations

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import phones

MOBILE = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def canonical(typed: str) -> str:
    """E.164. Raises ValidationError with a message for the reader."""
    number = phones.canonical(typed)
    if phonenumbers.number_type(phonenumbers.parse(number)) not in MOBILE:
        raise ValidationError(_("This is not a mobile number; a code cannot reach it."), code="not_mobile")
    return number


def hidden(number: str) -> str:
    """Enough for the owner, nothing for who looks over a shoulder."""
    return f"{number[:3]} ••• ••• •• {number[-2:]}"

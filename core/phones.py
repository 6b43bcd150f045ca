"""Phone numbers: people write them as they like, we keep one spelling (E.164) and show one."""

from __future__ import annotations

from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOME = "TR"


def canonical(typed: str) -> str:
    """`0532 123 45 67`, `5321234567`, `0090 532…` → `+905321234567`. Raises ValidationError."""
    try:
        number = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(_("Write the number with its area code, such as 0212 123 45 67."), code="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """`+905321234567` → `0 (532) 123 45 67`; foreign numbers in their international form."""
    if number.startswith("+90") and len(number) == 13:
        return f"0 ({number[3:6]}) {number[6:9]} {number[9:11]} {number[11:]}"
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


class PhoneField(forms.CharField):
    def __init__(self, **more: Any) -> None:
        attrs = {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=30, **more)

    def prepare_value(self, value: Any) -> Any:
        return shown(value) if isinstance(value, str) and value.startswith("+") else value

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return canonical(typed) if typed else ""

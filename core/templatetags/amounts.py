"""Amounts and shares of a hundred in templates."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core import money

register = template.Library()


@register.filter
def lira(amount: Decimal | str | None) -> str:
    """`₺1.234,50`; nothing for an amount that is not known."""
    return "" if amount is None else money.display(Decimal(amount))


@register.filter
def signed(amount: Decimal) -> str:
    """With a plus in front of what comes in."""
    return f"+{money.display(amount)}" if amount > 0 else money.display(amount)


@register.filter
def percent(value: Decimal | str | None) -> str:
    """`%8` and `%8,5` in Turkish, `8%` in English; no zeros at the end."""
    return "" if value is None else in_hundred(Decimal(value))


def in_hundred(value: Decimal) -> str:
    digits = max(0, -int(value.normalize().as_tuple().exponent))
    return _("%(number)s%%") % {"number": number_format(value, decimal_pos=digits)}

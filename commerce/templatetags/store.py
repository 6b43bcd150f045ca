"""Small helpers of the store's templates."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core import money

register = template.Library()


@register.filter
def lira(amount: Decimal | None) -> str:
    """`₺1.234,50`; nothing for a price that is not known."""
    return "" if amount is None else money.display(amount)


@register.simple_tag
def written_in_turkish() -> SafeString:
    """Attribute for what sellers wrote: pages in other languages say that it is Turkish."""
    return mark_safe("" if get_language() == "tr" else ' lang="tr"')

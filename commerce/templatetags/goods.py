"""Small words of a seller's pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commerce.models.records import StockReason
from core.money import MINUS

register = template.Library()


@register.filter
def get(table: Mapping[str, Any], key: str) -> Any:
    return table.get(key, "")


@register.filter
def stock_reason(code: str) -> Any:
    """Orders and the rest of the house give no reason of their own."""
    return StockReason(code).label if code in StockReason.values else _("Order")


@register.filter
def signed_number(number: int | None) -> str:
    if number is None:
        return "—"
    return f"+{number}" if number > 0 else f"{MINUS}{-number}"


@register.filter
def named(field: BoundField, pack: str) -> SafeString:
    """An input of a table: its name is that of the column and of the row."""
    attributes: dict[str, str | bool] = {"aria-label": f"{field.label}: {pack}" if pack else str(field.label)}
    if field.errors:
        attributes |= {"aria-invalid": "true", "aria-describedby": f"{field.auto_id}_error"}
    return field.as_widget(attrs=attributes)

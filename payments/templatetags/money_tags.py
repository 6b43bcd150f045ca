"""The states of money on pages."""

from __future__ import annotations

from typing import Any

from django import template

from .. import clocks, words

register = template.Library()


@register.filter
def refund_clocks(refund: Any) -> list[clocks.Clock]:
    return clocks.of(refund)


@register.filter
def provider_name(code: str) -> Any:
    return words.label(code)


@register.filter
def refusal_words(attempt: Any) -> Any:
    return words.refusal(attempt)


@register.filter
def movement(entry: Any) -> Any:
    """What a posting did to a wallet, in words."""
    return words.MOVEMENTS.get(entry.txn.kind, words.OTHER_MOVEMENT)

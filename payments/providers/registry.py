"""Which ways of paying there are: `PAYMENT_PROVIDERS`, dotted paths in the order of offering."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from .base import Provider


@cache
def _provider(path: str) -> Provider:
    found: Provider = import_string(path)()
    return found


def all() -> list[Provider]:
    """Those with keys. Without keys nothing is offered."""
    return [row for row in _known() if row.is_configured()]


def every() -> list[Provider]:
    """Also those without keys."""
    return _known()


def find(code: str) -> Provider | None:
    return next((row for row in _known() if row.code == code), None)


def get(code: str) -> Provider:
    """Raises LookupError. A provider whose keys were taken away still has old payments to look after."""
    for row in _known():
        if row.code == code:
            return row
    raise LookupError(code)


def _known() -> list[Provider]:
    return [_provider(path) for path in settings.PAYMENT_PROVIDERS]

"""Which providers there are: `settings.PAYMENT_PROVIDERS`, by dotted path, in order."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from .base import Provider


def every() -> list[Provider]:
    return [_made(path) for path in settings.PAYMENT_PROVIDERS]


def get(code: str) -> Provider | None:
    return next((one for one in every() if one.code == code), None)


@lru_cache
def _made(path: str) -> Provider:
    return import_string(path)()

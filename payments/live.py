"""What this room lends to pages: the ways to pay, from the rows that checkout reads."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import live

from . import ways
from .providers.base import Method


@live.block("payments.ways", title=_("Ways to pay"), template="payments/live/ways.html")
def all_ways() -> dict[str, Any]:
    """Provider × method, only what checkout offers at this moment."""
    found = ways.open_now()
    providers = {way.provider: str(way.label) for way in found}
    rows = [
        {
            "provider": label,
            "methods": {
                method.value: any(way.provider == code and way.method == method for way in found)
                for method in Method
            },
            "instalments": any(way.provider == code and way.abilities.instalments for way in found),
        }
        for code, label in providers.items()
    ]
    return {"methods": [{"code": one.value, "label": str(one.label)} for one in Method], "providers": rows}

"""Live blocks of the legal room."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import live

from . import cookies


@live.block("legal.cookies", title=_("What we keep in your browser"), template="legal/live/cookies.html")
def kept() -> dict[str, Any]:
    """The registry by which the site works, in words."""
    return {"entries": [_row(entry) for entry in cookies.REGISTRY]}


def _row(entry: cookies.Entry) -> dict[str, str]:
    return {
        "name": entry.name,
        "provider": entry.provider,
        "purpose": str(entry.purpose),
        "life": str(entry.life),
        "category": entry.category.value,
        "category_name": str(entry.category.label),
        "place": str(entry.place.label),
        "party": str(entry.party),
    }

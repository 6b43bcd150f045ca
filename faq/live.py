"""Live blocks of the help centre."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import live

from . import queries
from .models import CategoryPage


@live.block("faq.contents", title=_("Contents of the help centre"), template="faq/live/contents.html")
def contents() -> dict[str, Any]:
    """How many answers each category holds and when one of them last changed."""
    index = queries.help_centre(get_language() or "")
    rows = queries.contents(index) if index else []
    return {"categories": [_row(**row) for row in rows]}


def _row(*, category: CategoryPage, answers: int, updated_at: datetime | None, shelf: str) -> dict[str, Any]:
    return {
        "title": category.title,
        "url": category.url,
        "answers": answers,
        "updated_on": timezone.localdate(updated_at) if updated_at else None,
    }

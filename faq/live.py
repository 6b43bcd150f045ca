"""Live blocks of the help centre."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import live

from . import queries


@live.block("faq.contents", title=_("Contents of the help centre"), template="faq/live/contents.html")
def contents() -> dict[str, Any]:
    """How many answers each category holds and when one of them last changed."""
    index = queries.help_centre(get_language() or "")
    sections = queries.sections(index) if index else []
    return {"categories": [_row(section) for section in sections]}


def _row(section: queries.Section) -> dict[str, Any]:
    changed = [page.last_published_at for page in section.questions if page.last_published_at]
    return {
        "title": section.category.title,
        "url": section.category.url,
        "answers": len(section.questions),
        "updated_on": timezone.localdate(max(changed)) if changed else None,
    }

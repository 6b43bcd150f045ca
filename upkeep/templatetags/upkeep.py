"""What every page asks: is maintenance announced, and in which words."""

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.response_cache.tags import is_collecting

from .. import texts
from ..gate import KEEPER, Known

register = template.Library()
BARS = 2  # more would push the page itself off a phone


@register.simple_tag
def upkeep_ahead() -> list[dict[str, Any]]:
    """What runs and what comes next, a few at most; the last of them says how many more there are.

    From the memory of the process, without a question to the database. An answer that is kept for others is
    made from what the database says now: what was remembered may be two seconds old, and be kept for long.
    """
    known = KEEPER.read() if is_collecting() else KEEPER.known
    ordered = sorted(known, key=lambda one: not one.is_running)
    shown = [_words(one) for one in ordered[:BARS]]
    return [*shown[:-1], shown[-1] | {"more": len(known) - len(shown)}] if shown else []


def _words(one: Known) -> dict[str, Any]:
    language = "en" if get_language() == "en" else "tr"
    return {
        "key": one.key,
        "public_id": one.public_id,
        "is_planned": one.is_planned,
        "is_running": one.is_running,
        "title": one.title[language],
        "parts": one.parts[language],
        "meanwhile": one.meanwhile,
        "when": texts.period(one.starts_at, one.ends_at),
    }


@register.simple_tag
def said(row: Any, name: str) -> str:
    """A text of the row in the language of the page."""
    return row.said(name)


@register.simple_tag
def upkeep_period(window: Any) -> str:
    return texts.period(window.starts_at, window.ends_at)


@register.simple_tag
def upkeep_ahead_of(window: Any) -> str:
    return _("%(time)s ahead") % {"time": texts.length(window.ahead_of(window.announced_at))}

"""What every page asks: is maintenance announced, and in which words."""

from dataclasses import dataclass, replace
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.response_cache.tags import is_collecting

from .. import shown, texts
from ..gate import KEEPER, Known

register = template.Library()
BARS = 2  # more would push the page itself off a phone


@dataclass(frozen=True)
class Bar:
    """All that a bar of the banner shows: with the same words it is rendered once."""

    key: str
    public_id: str
    is_planned: bool
    is_running: bool
    title: str
    parts: str
    meanwhile: str
    when: str
    more: int = 0


@register.simple_tag
def upkeep_ahead(kept: str = "") -> list[Bar]:
    """What runs and what comes next, a few at most; the last of them says how many more there are.

    From the memory of the process, without a question to the database. An answer that is kept for others is
    made from what the database says now (`kept`, or read for it): what was remembered may be two seconds old,
    and be kept for long.
    """
    known = shown.read(kept or shown.ahead()) if is_collecting() else KEEPER.known
    ordered = sorted(known, key=lambda one: not one.is_running)
    bars = [_bar(one) for one in ordered[:BARS]]
    return [*bars[:-1], replace(bars[-1], more=len(known) - len(bars))] if bars else []


def _bar(one: Known) -> Bar:
    language = "en" if get_language() == "en" else "tr"
    return Bar(
        key=one.key,
        public_id=one.public_id,
        is_planned=one.is_planned,
        is_running=one.is_running,
        title=one.title[language],
        parts=one.parts[language],
        meanwhile=str(one.meanwhile),
        when=texts.period(one.starts_at, one.ends_at),
    )


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

"""Kinds of notices, declared in code by the room they come from, in its `notices.py`:

    from notifications import kinds as notices

    notices.kind(
        "pets.duty_due",
        category=Category.PETS,
        title=_("{name}: {duty} is due"),
        body=_("It was due on {day}."),
        locked={Channel.PANEL},
        why_locked=_("A missed vaccination is dangerous."),
    )

Title and body are read in the language of the reader each time, with the data of the notice in their
braces. A value may be plain, differ by language (`{"tr": …, "en": …}`) or be a day (`day(…)`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation

from .categories import MARKETING, Category, Channel, Mode, default_mode


@dataclass(frozen=True)
class Extra:
    """What only the mail of a notice carries: buttons (label, path of ours) and an entry for calendars."""

    actions: tuple[tuple[Any, str], ...] = ()
    calendar: str = ""


@dataclass(frozen=True)
class Kind:
    code: str
    category: Category
    title: Any
    body: Any = ""
    icon: str = "bell"
    channels: frozenset[str] = field(default_factory=frozenset)
    locked: frozenset[str] = field(default_factory=frozenset)
    why_locked: Any = ""
    urgent: bool = False  # its mails do not wait for the end of the quiet hours
    in_mail: Callable[[Any], Extra] | None = None  # asked with the notice, in its reader's language

    def mode(self, channel: str, wished: str | None = None) -> str:
        """When this kind goes by this channel, for somebody who wished so or nothing at all."""
        if channel not in self.channels:
            return Mode.OFF
        if channel in self.locked:
            return Mode.NOW
        mode = wished or default_mode(self.category, channel)
        return Mode.NOW if self.urgent and mode == Mode.DIGEST else mode


_kinds: dict[str, Kind] = {}


def kind(
    code: str,
    *,
    category: Category,
    title: Any,
    body: Any = "",
    icon: str = "bell",
    channels: Iterable[str] = (Channel.PANEL, Channel.EMAIL),
    locked: Iterable[str] = (),
    why_locked: Any = "",
    urgent: bool = False,
    in_mail: Callable[[Any], Extra] | None = None,
) -> Kind:
    """Declare one kind. A lock needs a reason people can read, and promotion cannot be locked."""
    found = Kind(
        code, category, title, body, icon, frozenset(channels), frozenset(locked), why_locked, urgent, in_mail
    )
    if found.locked and (not why_locked or category in MARKETING or not found.locked <= found.channels):
        raise ValueError(f"{code}: these channels cannot be locked")
    _kinds[code] = found
    return found


def get(code: str) -> Kind | None:
    """None when the room that declared it is gone; its notices stay readable."""
    return _kinds.get(code)


def declared(code: str) -> Kind:
    return _kinds[code]


def every() -> list[Kind]:
    return [_kinds[code] for code in sorted(_kinds)]


def in_category(category: str) -> list[Kind]:
    return [item for item in every() if item.category == category]


def categories() -> list[Category]:
    """Those of which there are notices."""
    used = {item.category for item in every()}
    return [category for category in Category if category in used]


def day(value: date) -> dict[str, str]:
    return {"day": value.isoformat()}


def words(text: Any) -> dict[str, str]:
    """A value that differs by language, from a translatable text."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = str(text)
    return found

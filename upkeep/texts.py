"""Moments and periods in words, in each language. Everybody reads the time of Türkiye."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from notifications import kinds

from .models import MaintenanceWindow
from .states import Effect, Event


def day_and_hour(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), pgettext("day and hour", "l j F Y, H:i"))


def period(starts_at: datetime, ends_at: datetime | None) -> str:
    """“30 Kasım 2026 Pazartesi 03:00–05:00”; the second day only where it is another one."""
    if ends_at is None:
        return _("from %(start)s on; the end is not known yet") % {"start": day_and_hour(starts_at)}
    begin, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if begin.date() == end.date():
        return f"{day_and_hour(begin)}–{end:%H:%M}"
    return f"{day_and_hour(begin)} – {day_and_hour(end)}"


def clock(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "H:i")


period_lazy, clock_lazy = lazy(period, str), lazy(clock, str)


def length(span: timedelta) -> str:
    """“2 days 3 hours”, “40 minutes”: the two largest units."""
    minutes = max(0, int(span.total_seconds() // 60))
    days, hours = divmod(minutes // 60, 24)
    units = [
        (days, _("%(number)d d")),
        (hours, _("%(number)d h")),
        (minutes % 60, _("%(number)d min")),
    ]
    said = [words % {"number": number} for number, words in units if number]
    return " ".join(said[:2]) or _("less than a minute")


def told(window: MaintenanceWindow, **more: dict[str, str]) -> dict[str, dict[str, str]]:
    """What the notices of a window say, by language."""
    parts = window.parts
    named = {language: ", ".join(part.both("name")[language] for part in parts) for language in ("tr", "en")}
    return {
        "title": window.both("title"),
        "text": window.both("text"),
        "advice": window.both("advice"),
        "parts": named,
        "when": kinds.words(period_lazy(window.starts_at, window.ends_at)),
        "meanwhile": kinds.words(Effect(window.effect).label),
        **more,
    }


def addresses(window: MaintenanceWindow) -> dict[str, str]:
    """Where a window stands, by language."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = window.get_absolute_url()
    return found


def why_retracted(event: str) -> dict[str, str]:
    """Beside an older notice that is struck through."""
    replaced = (
        gettext_lazy("It was called off.")
        if event == Event.CANCELLED
        else gettext_lazy("It has changed since.")
    )
    return kinds.words(replaced)

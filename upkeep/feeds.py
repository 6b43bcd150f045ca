"""The windows as a calendar to subscribe to (RFC 5545) and as an Atom feed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from core import text

from . import texts
from .models import MaintenanceWindow
from .states import Status

LATEST = 50
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # the age of an empty feed, so that it does not change by itself
IN_CALENDAR = {Status.CANCELLED: "CANCELLED"}


def calendar(windows: Sequence[MaintenanceWindow]) -> bytes:
    """A change keeps the UID and raises SEQUENCE, so calendars move the entry instead of doubling it."""
    made = Calendar()
    made.add("prodid", "-//Diji.vet//bakim//TR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Maintenance of Diji.vet"))
    made.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for window in windows:
        made.add_component(_entry(window))
    return made.to_ical()


def _entry(window: MaintenanceWindow) -> Event:
    entry = Event()
    entry.add("uid", f"{window.public_id}@diji.vet")
    entry.add("summary", text.plain(titled(window)))
    entry.add("description", text.plain(_words(window)))
    entry.add("dtstart", window.starts_at.astimezone(UTC))
    entry.add("dtend", (_end(window)).astimezone(UTC))
    entry.add("dtstamp", _changed(window).astimezone(UTC))
    entry.add("last-modified", _changed(window).astimezone(UTC))
    entry.add("sequence", window.version)
    entry.add("status", IN_CALENDAR.get(Status(window.status), "CONFIRMED"))
    entry.add("transp", "TRANSPARENT")
    entry.add("url", settings.BASE_URL + window.get_absolute_url())
    return entry


def _end(window: MaintenanceWindow) -> datetime:
    """Calendars need one: where nobody knows the end, an hour is shown."""
    known = window.ends_at or window.over_at
    return known if known and known > window.starts_at else window.starts_at + timedelta(hours=1)


def atom(windows: Sequence[MaintenanceWindow], *, address: str) -> bytes:
    """The newest news first: an announcement, a change or how it goes."""
    feed = Atom1Feed(
        title=_("State of Diji.vet"),
        link=settings.BASE_URL + reverse("upkeep:status"),
        description="",
        language=get_language(),
        author_name="Diji.vet",
        feed_url=settings.BASE_URL + address,
        feed_guid=f"tag:diji.vet,2026:durum/{get_language()}",
    )
    feed.latest_post_date = lambda: max(map(_changed, windows), default=EPOCH)  # type: ignore[method-assign]
    for window in sorted(windows, key=_changed, reverse=True):
        feed.add_item(
            title=text.plain(titled(window)),
            link=settings.BASE_URL + window.get_absolute_url(),
            description="".join(f"<p>{escape(text.plain(line))}</p>" for line in _lines(window)),
            unique_id=window.public_id.urn,
            pubdate=window.announced_at,
            updateddate=_changed(window),
        )
    return feed.writeString("utf-8").encode()


def titled(window: MaintenanceWindow) -> str:
    """With its kind and state before it: “Called off: …”, “Unplanned: …”."""
    title = window.said("title")
    if window.status == Status.CANCELLED:
        return _("Called off: %(title)s") % {"title": title}
    kind = _("Planned maintenance: %(title)s") if window.is_planned else _("Unplanned: %(title)s")
    return kind % {"title": title}


def _lines(window: MaintenanceWindow) -> list[str]:
    updates = [f"{texts.day_and_hour(one.at)}: {one.said('text')}" for one in window.updates.all()]
    parts = ", ".join(str(part) for part in window.parts)
    said = [
        *updates,
        texts.period(window.starts_at, window.ends_at),
        f"{parts}: {window.get_effect_display()}",
        window.said("reason"),
        window.said("text"),
        window.said("advice"),
    ]
    return [line for line in said if line]


def _words(window: MaintenanceWindow) -> str:
    return "\n\n".join(_lines(window))


def _changed(window: MaintenanceWindow) -> datetime:
    """When there was news of it last."""
    moments = [window.changed_at, window.begun_at, window.over_at, *(one.at for one in window.updates.all())]
    return max(moment for moment in moments if moment)

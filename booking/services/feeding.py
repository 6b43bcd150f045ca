"""Calendars kept elsewhere: read by the worker every quarter of an hour, at addresses people typed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from core import http, journal

from .. import events, ics, locks, rules
from ..lanes import Stretch
from ..models import Absence, BusyFeed, FeedFailure, Resource

LARGEST = 2 * 1024 * 1024


@transaction.atomic
def add_feed(*, resource: Resource, url: str, by: Any) -> BusyFeed:
    """Due at once. Its address is a key, so the journal knows only the host."""
    row = BusyFeed.objects.create(resource=resource, url=url)
    journal.write(events.FEED_ADDED, actor=by, subject=row, data=_about(row))
    return row


@transaction.atomic
def remove_feed(*, feed: BusyFeed, by: Any) -> None:
    """What it said was busy goes with it."""
    journal.write(events.FEED_REMOVED, actor=by, subject=feed, data=_about(feed))
    feed.delete()


def read_feeds(*, now: datetime, limit: int = 30) -> int:
    """Those that are due. Two workers never read the same one: who writes `tried_at` first has it."""
    due = Q(tried_at=None) | Q(tried_at__lte=now - rules.FEED_EVERY)
    rows = BusyFeed.objects.filter(due, resource__is_active=True).order_by("tried_at", "pk")
    done = 0
    for feed in rows[:limit]:
        if BusyFeed.objects.filter(due, pk=feed.pk).update(tried_at=now):
            _read(feed, now)
            done += 1
    return done


def _read(feed: BusyFeed, now: datetime) -> None:
    """The exchange stands between two short transactions: nothing is locked while a server thinks."""
    try:
        answer = _fetch(feed, now)
        if answer.status_code == 304:
            _succeed(feed, None, feed.etag, now)
            return
        if answer.status_code != 200:
            raise requests.RequestException(f"status {answer.status_code}")
        found = ics.busy(answer.content, now - timedelta(days=1), now + rules.FEED_AHEAD)
    except http.AddressRefused:
        _fail(feed, FeedFailure.ADDRESS, now)
    except http.AnswerTooLarge:
        _fail(feed, FeedFailure.SIZE, now)
    except requests.RequestException:
        _fail(feed, FeedFailure.ANSWER, now)
    except ics.NoCalendar:
        _fail(feed, FeedFailure.CONTENT, now)
    else:
        _succeed(feed, found, answer.headers.get("ETag", "")[:200], now)


def _fetch(feed: BusyFeed, now: datetime) -> requests.Response:
    """The window moves on, so an unchanged file is read anew once a day."""
    is_of_today = feed.fetched_at and feed.fetched_at.date() == now.date() and not feed.failed_at
    heads = {"Accept": "text/calendar"} | ({"If-None-Match": feed.etag} if feed.etag and is_of_today else {})
    return http.call_public("GET", feed.url, largest=LARGEST, headers=heads)


@transaction.atomic
def _succeed(feed: BusyFeed, found: list[Stretch] | None, etag: str, now: datetime) -> None:
    """`found` None: as it was."""
    locks.resources([feed.resource_id])
    fresh = {"fetched_at": now, "failed_at": None, "failure": "", "etag": etag}
    if not BusyFeed.objects.filter(pk=feed.pk).update(**fresh) or found is None:
        return
    feed.absences.all().delete()
    Absence.objects.bulk_create(
        Absence(resource_id=feed.resource_id, kind=Absence.Kind.FEED, feed=feed, during=_range(one))
        for one in found
    )


def _range(stretch: Stretch) -> DateTimeTZRange:
    return DateTimeTZRange(*(datetime.fromtimestamp(one, UTC) for one in stretch))


def _fail(feed: BusyFeed, why: FeedFailure, now: datetime) -> None:
    """What was busy stays so: better a time too few than one booked twice."""
    since = feed.failed_at or now
    BusyFeed.objects.filter(pk=feed.pk).update(failed_at=since, failure=why)


def _about(row: BusyFeed) -> dict[str, Any]:
    return {"business": row.resource.business_id, "name": row.resource.name, "host": row.host}

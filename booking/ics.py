"""What a calendar file says is busy. Only when: no names, no subjects are read out of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rruleset, rrulestr
from django.utils import timezone
from icalendar import Calendar

from . import lanes, rules
from .lanes import Stretch

MOST_TURNS = 5000  # of one event that repeats: a rule may go on for ever


class NoCalendar(ValueError):
    """What was sent cannot be read as a calendar."""


def busy(content: bytes, first: datetime, last: datetime) -> list[Stretch]:
    """When it is busy between two moments, in seconds; sorted, apart. Raises NoCalendar."""
    try:
        events = list(Calendar.from_ical(content).walk("VEVENT"))
        found = [stretch for event in events for stretch in _of(event, events, first, last)]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        raise NoCalendar from error
    return lanes.joined(found)[: rules.MOST_BUSY]


def _of(event: Any, events: list[Any], first: datetime, last: datetime) -> Iterator[Stretch]:
    is_free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    if is_free or str(event.get("STATUS", "")).upper() == "CANCELLED" or "DTSTART" not in event:
        return
    start, length = event["DTSTART"].dt, _length(event)
    for turn in _turns(event, events, start, first - length, last):
        begin = _moment(turn)
        if begin < last and begin + length > first and length:
            yield int(begin.timestamp()), int((begin + length).timestamp())


def _length(event: Any) -> timedelta:
    start = event["DTSTART"].dt
    if "DTEND" in event:
        return _moment(event["DTEND"].dt) - _moment(start)
    if "DURATION" in event:
        return event["DURATION"].dt
    return timedelta(0) if isinstance(start, datetime) else timedelta(days=1)


def _turns(event: Any, events: list[Any], start: Any, first: datetime, last: datetime) -> Iterator[Any]:
    """The event itself, or each time it repeats, without those that are left out or moved.

    Repeated on the wall clock of the event, so nine o'clock stays nine o'clock over a change of clocks.
    """
    if "RRULE" not in event:
        yield start
        return
    zone = start.tzinfo if isinstance(start, datetime) else None
    bare = _bare(start)
    turns = rruleset()
    turns.rrule(rrulestr(event["RRULE"].to_ical().decode(), dtstart=bare, ignoretz=True))
    gone = {_moment(one) for one in _left_out(event, events)}
    for turn in islice(turns, MOST_TURNS):
        moment = turn.replace(tzinfo=zone or timezone.get_default_timezone())
        if moment > last:
            return
        if moment >= first and moment not in gone:
            yield moment


def _left_out(event: Any, events: list[Any]) -> Iterator[Any]:
    listed = event.get("EXDATE", [])
    for each in listed if isinstance(listed, list) else [listed]:
        yield from (one.dt for one in each.dts)
    for other in events:
        if other is not event and other.get("UID") == event.get("UID") and "RECURRENCE-ID" in other:
            yield other["RECURRENCE-ID"].dt


def _bare(value: date | datetime) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime.combine(value, time())


def _moment(value: date | datetime) -> datetime:
    """A day begins at midnight here; a time without a zone is meant here."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.get_default_timezone())
    return aware.astimezone(UTC)

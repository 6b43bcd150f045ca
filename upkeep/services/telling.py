"""Telling everybody, in rounds of batches.

A round is a row. Each batch is a transaction of its own that tells the next people and moves the row on,
so a killed worker costs one batch that runs again; notices are unique for each person, so nobody hears
a thing twice. The broker only hurries: `sweep` finds every round that stands still.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from core import journal
from notifications import audiences, kinds
from notifications import services as notifications

from .. import events, locks, notices, texts
from ..facts import Facts
from ..models import MaintenanceWindow, Round
from ..states import Event, Status

log = logging.getLogger(__name__)

BATCH = 500
DAY, HOUR = timedelta(hours=24), timedelta(hours=1)
COMING = (Event.ANNOUNCED, Event.CHANGED, Event.DAY_AHEAD, Event.HOUR_AHEAD)
TAKES_BACK = {Event.CHANGED: COMING, Event.CANCELLED: COMING}  # notices that no longer hold once this is told
MAKES_POINTLESS = {**TAKES_BACK, Event.ENDED: COMING, Event.HOUR_AHEAD: (Event.DAY_AHEAD,)}


def open_round(
    window: MaintenanceWindow, event: Event, *, now: datetime, was: Facts | None = None
) -> Round | None:
    """In the transaction of what it tells. None where this thing has its round already."""
    found, is_new = Round.objects.get_or_create(
        window=window,
        key=_key(window, event),
        defaults={
            "event": event,
            "kind": notices.kind_of(event, kind=window.kind, was=was.kind if was else ""),
            "data": _data(window, event, was, now),
            "at": now,
            "people": concerned(now).count(),
        },
    )
    if is_new:
        stop(window, *MAKES_POINTLESS.get(event, ()), now=now, besides=found.pk)
        transaction.on_commit(lambda: _nudge(found.pk))
    return found if is_new else None


def stop(window: MaintenanceWindow, *event: Event, now: datetime, besides: int = 0) -> None:
    """Who has not heard it by now need not hear it any more."""
    rounds = Round.objects.open().filter(window=window, event__in=event).exclude(pk=besides)
    rounds.update(finished_at=now, is_stopped=True)


def concerned(at: datetime) -> QuerySet:
    """Everybody with an open account at that moment."""
    return audiences.everyone().filter(date_joined__lte=at)


@transaction.atomic
def tell_next(*, round_id: int, now: datetime) -> bool:
    """Tell the next batch. False when nothing is left or somebody else is at it."""
    one = locks.free_round(round_id)
    if one is None:
        return False
    if one.after == 0:
        _take_back(one, now)
    people = list(concerned(one.at).filter(pk__gt=one.after).order_by("pk").only("pk")[:BATCH])
    one.told += notifications.notify(
        one.kind, to=people, key=one.notice_key, data=one.data, url=texts.addresses(one.window), now=now
    )
    one.after = people[-1].pk if people else one.after
    if len(people) < BATCH:
        _finish(one, now)
    else:
        transaction.on_commit(lambda: _nudge(one.pk))
    one.save(update_fields=["told", "after", "finished_at"])
    return one.finished_at is None


def sweep(*, now: datetime, batches: int = 20) -> None:
    """Go on with every round that nobody hurries: the broker was away, or a worker was killed."""
    for pk in list(Round.objects.open().order_by("at").values_list("pk", flat=True)):
        for _batch in range(batches):
            if not tell_next(round_id=pk, now=now):
                break


def remind(*, now: datetime) -> None:
    """The day and the hour before. A day's reminder that was missed comes late, not in the last hour."""
    ahead = MaintenanceWindow.objects.filter(
        status=Status.ANNOUNCED, starts_at__gt=now, starts_at__lte=now + DAY
    )
    for window in ahead.order_by("starts_at", "pk"):
        event, lead = (Event.HOUR_AHEAD, HOUR) if window.starts_at - now <= HOUR else (Event.DAY_AHEAD, DAY)
        if window.changed_at <= window.starts_at - lead:  # else the announcement itself was as late as that
            _remind(window.pk, event, now)


@transaction.atomic
def _remind(pk: int, event: Event, now: datetime) -> None:
    """Under the lock of the window, so that nobody is reminded of what is being called off."""
    row = MaintenanceWindow.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if row and row.status == Status.ANNOUNCED:
        open_round(row, event, now=now)


def _key(window: MaintenanceWindow, event: Event) -> str:
    """A reminder belongs to the beginning it reminds of; a change to the version it made."""
    if event in (Event.DAY_AHEAD, Event.HOUR_AHEAD):
        return f"{event.value}-{int(window.starts_at.timestamp())}"
    return f"{event.value}-{window.version}" if event == Event.CHANGED else event.value


def _data(window: MaintenanceWindow, event: Event, was: Facts | None, now: datetime) -> dict[str, Any]:
    more = {}
    if was:
        more["before"] = kinds.words(texts.period_lazy(was.starts_at, was.ends_at))
    if event == Event.CANCELLED:
        more["reason"] = window.both("reason")
    if event == Event.ENDED:
        more["since"] = kinds.words(texts.clock_lazy(now))
    return texts.told(window, **more)


def _take_back(one: Round, now: datetime) -> None:
    """Struck through in the panel; what still waits for its hour as a mail does not leave."""
    replaced = TAKES_BACK.get(Event(one.event), ())
    for row in one.window.rounds.filter(event__in=replaced, at__lt=one.at).exclude(pk=one.pk):
        reason = texts.why_retracted(one.event)
        notifications.retract(kind=row.kind, key=row.notice_key, reason=reason, now=now)


def _finish(one: Round, now: datetime) -> None:
    one.finished_at = now
    told = {"key": one.key, "people": one.told}
    journal.write(events.TOLD, subject=one.window, data=told)


def _nudge(pk: int) -> None:
    """A broker that is down costs delay, never the round: the sweeper will find it."""
    from ..tasks import tell

    try:
        tell.delay(round_id=pk)
    except Exception:  # every broker library has its own error for "not there"
        log.warning("broker did not take the nudge; the sweeper will", extra={"round": pk})

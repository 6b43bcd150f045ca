"""The end of a journey: with the code that only the owner has, or without it and with her word."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from booking.services import lives
from core import journal
from core.errors import Refused

from .. import codes, events, locks, rules
from ..errors import CodeSpent, WrongCode, WrongMoment
from ..models import TrackingEvent, TransferJob
from ..states import ENDED, JOBS, ROLLING, Ride, What
from . import photos
from .riding import Told, known, write


def deliver(*, job: TransferJob, code: str, told: Told, by: Any, now: datetime) -> TrackingEvent:
    """With the right code the booking is completed. Raises WrongCode, CodeSpent, WrongMoment.

    A wrong try is counted and committed before it is told, under the lock: requests sent at once cannot
    share one, and one that is sent again over a bad line counts once.
    """
    done = photos.keeping(told.photo, lambda photo: _deliver(job, code, told, photo, by, now))
    if isinstance(done, Refused):
        raise done
    return done


@transaction.atomic
def _deliver(
    job: TransferJob, code: str, told: Told, photo: str, by: Any, now: datetime
) -> TrackingEvent | Refused:
    booking, row = locks.journey(job)
    if done := known(row, told):
        return done
    if row.status not in ROLLING:
        raise WrongMoment
    if row.code_tries >= rules.MOST_TRIES:
        return CodeSpent()
    if not codes.opens(row, code):
        return _count(row, told, by)
    event = write(row, What.DELIVERED, told, photo, by, now)
    _end(row, booking, events.DELIVERED, {"event": event.pk, "how": "code"}, by, now, handed_over_at=now)
    return event


def _count(row: TransferJob, told: Told, by: Any) -> Refused:
    if row.tried_key != told.key:
        row.tried_key, row.code_tries = told.key, row.code_tries + 1
        row.save(update_fields=["tried_key", "code_tries"])
        if row.code_tries == rules.MOST_TRIES:
            journal.write(events.CODE_SPENT, actor=by, subject=row)
    return WrongCode() if row.code_tries < rules.MOST_TRIES else CodeSpent()


def _end(
    row: TransferJob, booking: Any, event: str, told: dict[str, Any], by: Any, now: datetime, **facts: Any
) -> None:
    facts |= {"ended_at": now, "confirm_until": None}
    JOBS.move(row, Ride.DELIVERED, event=event, actor=by, data=told, **facts)
    lives.complete(booking=booking, by=by, now=now)


def leave(*, job: TransferJob, told: Told, by: Any, now: datetime) -> TrackingEvent:
    """Handed over without the code: a photo and the reason; the owner is asked, and has a day to say no."""
    return photos.keeping(told.photo, lambda photo: _leave(job, told, photo, by, now))


@transaction.atomic
def _leave(job: TransferJob, told: Told, photo: str, by: Any, now: datetime) -> TrackingEvent:
    _booking, row = locks.journey(job)
    if done := known(row, told):
        return done
    if row.status not in ROLLING or not photo or not told.text:
        raise WrongMoment
    event = write(row, What.LEFT, told, photo, by, now)
    until = now + rules.CONFIRM_WITHIN
    facts = {"handed_over_at": now, "confirm_until": until, "why_no_code": told.text}
    JOBS.move(row, Ride.UNCONFIRMED, event=events.LEFT, actor=by, data={"event": event.pk}, **facts)
    return event


@transaction.atomic
def confirm(*, job: TransferJob, by: Any, now: datetime) -> None:
    """The owner says it has arrived; also after she had said it has not. Raises WrongMoment."""
    booking, row = locks.journey(job)
    if row.handed_over_at is None or row.status not in (Ride.UNCONFIRMED, Ride.PROBLEM):
        raise WrongMoment
    _end(row, booking, events.DELIVERED, {"how": "owner"}, by, now)


@transaction.atomic
def dispute(*, job: TransferJob, text: str, by: Any, now: datetime) -> None:
    """The owner says it has not arrived: nothing ends by itself any more. Raises WrongMoment."""
    _booking, row = locks.journey(job)
    if row.status != Ride.UNCONFIRMED:
        raise WrongMoment
    told = Told(key=f"dispute {row.events.count()}", text=text)
    event = write(row, What.DISPUTED, told, "", by, now)
    facts = {"confirm_until": None}
    JOBS.move(row, Ride.PROBLEM, event=events.DISPUTED, actor=by, data={"event": event.pk}, **facts)


def confirm_due(*, now: datetime, limit: int = 200) -> int:
    """A day without a word means yes. Returns how many ended."""
    due = TransferJob.objects.filter(status=Ride.UNCONFIRMED, confirm_until__lte=now).order_by(
        "confirm_until"
    )
    return sum(_confirm_by_time(job, now) for job in list(due[:limit]))


@transaction.atomic
def _confirm_by_time(job: TransferJob, now: datetime) -> bool:
    booking, row = locks.journey(job)
    if row.status != Ride.UNCONFIRMED or row.confirm_until is None or row.confirm_until > now:
        return False
    _end(row, booking, events.DELIVERED, {"how": "time"}, None, now)
    return True


@transaction.atomic
def new_code(*, job: TransferJob, by: Any, now: datetime) -> None:
    """The old one opens nothing any more, and tries begin anew. Raises WrongMoment once it is over."""
    _booking, row = locks.journey(job)
    if row.status in ENDED or row.status == Ride.UNCONFIRMED:
        raise WrongMoment
    row.code_number, row.code_tries, row.tried_key = row.code_number + 1, 0, ""
    row.save(update_fields=["code_number", "code_tries", "tried_key"])
    journal.write(events.NEW_CODE, actor=by, subject=row)

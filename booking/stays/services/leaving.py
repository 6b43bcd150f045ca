"""Another day of leaving: earlier frees the nights at once, later takes them while there is room."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import journal

from ... import locks, permits
from ...errors import AmountChanged, NotOffered
from ...models import Booking
from ...services import claiming
from ...states import By
from .. import events, leaving_days, rooms
from ..errors import AsksFirst, Decided, NotNow, TooMuchBack, WrongDay
from ..leaving_days import Day
from ..models import LeavingChange, LeavingWish
from . import money_back


@transaction.atomic
def shorten(*, booking: Booking, day: date, role: By, by: Any, now: datetime, back: Decimal) -> LeavingChange:
    """Leave on this earlier day. The customer agrees to `back`, which her policy gives her, and the business
    may add to it afterwards; the business itself says at once how much.

    Raises WrongDay, NotNow, AmountChanged, TooMuchBack.
    """
    row = _locked(booking)
    if not leaving_days.is_earlier_day(row, day, role=role, now=now):
        raise WrongDay
    found = leaving_days.earlier(row, day, role=role, now=now)
    if role == By.CUSTOMER and back != found.back:
        raise AmountChanged
    if not 0 <= back <= found.at_most:
        raise TooMuchBack
    rooms.free_from(row, found.ends_at, now)
    is_open = role == By.CUSTOMER and back < found.at_most
    change = _change(row, found, role, by, now, given_back=back, is_decided=not is_open)
    money_back.give(row, back, f"leaving {change.pk}", by, now)
    _leave_at(booking, row, found.ends_at)
    _tell(events.SHORTENED, booking, by, change, role)
    return change


@transaction.atomic
def extend(
    *,
    booking: Booking,
    day: date,
    role: By,
    by: Any,
    now: datetime,
    agreed: Decimal,
    may_change_room: bool = False,
) -> LeavingChange:
    """Leave on this later day, for the price that was shown; it is paid at the place. The new nights are
    taken before anything else changes.

    Raises SlotTaken, AnotherRoom, WrongDay, NotNow, NotOffered, NoPermit, AsksFirst, AmountChanged.
    """
    row = _locked(booking)
    if role == By.CUSTOMER and row.offering.on_request:
        raise AsksFirst
    found = _later(row, day, role, now)
    if found.amount != agreed:
        raise AmountChanged
    rooms.take_until(row, found.ends_at, now, may_change_room=may_change_room)
    change = _change(row, found, role, by, now)
    row.price += found.amount
    row.save(update_fields=["price"])
    _leave_at(booking, row, found.ends_at)
    _tell(events.EXTENDED, booking, by, change, role)
    return change


@transaction.atomic
def wish(*, booking: Booking, day: date, by: Any, now: datetime, agreed: Decimal) -> LeavingWish:
    """Ask a business that answers itself. Raises WrongDay, NotNow, NotOffered, NoPermit, AmountChanged."""
    row = _locked(booking)
    found = _later(row, day, By.CUSTOMER, now)
    if found.amount != agreed:
        raise AmountChanged
    facts = {"ends_at": found.ends_at, "nights": found.nights, "amount": found.amount, "by": by, "at": now}
    made, _is_new = LeavingWish.objects.update_or_create(booking=row, defaults=facts)
    told = {"nights": found.nights, "amount": str(found.amount), "after": found.ends_at.isoformat()}
    journal.write(events.WISHED, actor=by, subject=booking, data=told)
    return made


@transaction.atomic
def take_back_wish(*, booking: Booking, by: Any, now: datetime) -> None:
    """Once; nothing happens where there is none any more."""
    row = locks.booking(booking.pk)
    if LeavingWish.objects.filter(booking=row).delete()[0]:
        journal.write(events.WISH_TAKEN_BACK, actor=by, subject=booking)


@transaction.atomic
def decline_wish(*, booking: Booking, by: Any, now: datetime) -> None:
    """It stays as it was. Raises Decided when there is none any more."""
    row = locks.booking(booking.pk)
    if not LeavingWish.objects.filter(booking=row).delete()[0]:
        raise Decided
    journal.write(events.WISH_DECLINED, actor=by, subject=booking)


@transaction.atomic
def decide_back(*, change: LeavingChange, amount: Decimal, by: Any, now: datetime) -> None:
    """How much of the unused nights goes back in all, what went already included.

    Raises Decided, TooMuchBack.
    """
    row = locks.booking(change.booking_id)
    kept = LeavingChange.objects.select_for_update().get(pk=change.pk)
    if kept.is_decided or row.earned_at:
        raise Decided
    more = amount - kept.given_back
    if amount > kept.amount or more < 0:
        raise TooMuchBack
    money_back.give(row, more, f"leaving {kept.pk} decided", by, now)
    change.given_back, change.is_decided = amount, True
    change.save(update_fields=["given_back", "is_decided"])
    told = {"amount": str(amount), "change": change.pk}
    journal.write(events.GAVE_BACK, actor=by, subject=change.booking, data=told)


def _locked(booking: Booking) -> Booking:
    row = locks.booking(booking.pk)
    if row.status not in leaving_days.CHANGEABLE or row.earned_at:
        raise NotNow
    return row


def _later(row: Booking, day: date, role: By, now: datetime) -> Day:
    """What the page would show for this day, whether there is room or not."""
    last = leaving_days.leaves_on(row)
    found = leaving_days.later(row, day)
    if day <= last or found.ends_at <= now:
        raise WrongDay
    species = list(row.items.values_list("species", flat=True))
    permits.check_permit(row.offering, species, last, nights=found.nights)
    if role == By.CUSTOMER:
        _check_offered(row, found)
    return found


def _check_offered(row: Booking, found: Day) -> None:
    """A customer stays as long as is offered, and leaves while somebody is there."""
    offering = row.offering
    working = claiming.calendars.working(offering.location, [], found.on, found.on)
    if row.nights + found.nights > offering.most_nights or not working.branch(found.on):
        raise NotOffered


def _change(row: Booking, found: Day, role: By, by: Any, now: datetime, **more: Any) -> LeavingChange:
    facts = {"before": row.ends_at, "after": found.ends_at, "nights": found.nights, "amount": found.amount}
    LeavingWish.objects.filter(booking=row).delete()
    return LeavingChange.objects.create(booking=row, role=role, by=by, at=now, **facts, **more)


def _leave_at(booking: Booking, row: Booking, ends_at: datetime) -> None:
    """Its calendar entry counts on."""
    booking.ends_at, booking.sequence = ends_at, row.sequence + 1
    booking.save(update_fields=["ends_at", "sequence"])
    booking.refresh_from_db(fields=["price", "refunded"])


def _tell(event: str, booking: Booking, by: Any, change: LeavingChange, role: By) -> None:
    told = {
        "before": change.before.isoformat(),
        "after": change.after.isoformat(),
        "amount": str(change.amount),
        "back": str(change.given_back),
        "by": str(role),
        "note": f"{timezone.localdate(change.before):%d.%m.} → {timezone.localdate(change.after):%d.%m.}",
    }
    journal.write(event, actor=by, subject=booking, data=told)

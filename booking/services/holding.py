"""A time is kept for ten minutes while its customer pays; the money makes it hers.

Money that comes after the time was given up takes it anew where it is still free; else it goes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from core import journal, money
from pets.models import Pet

from .. import events, locks, parts, permits, queries, rules, slots
from ..errors import ByQuote, HoldOver, NotOffered, SlotTaken, TooManyHolds, WrongPets
from ..models import Booking, BookingItem, Offering
from ..states import BOOKINGS, Status
from . import claiming
from .claiming import Wanted

FIXED = (Status.REQUESTED, Status.CONFIRMED)


def hold(
    *,
    key: str,
    offering: Offering,
    pets: Sequence[Pet],
    starts_at: datetime,
    by: Any,
    now: datetime,
    nights: int = 1,
    note: str = "",
    until: datetime | None = None,
) -> Booking:
    """Keep a time for ten minutes. With the same key it is the same booking.

    `until`: it is offered to her (she waited for it), so long, and is none of the three she may keep.
    Raises SlotTaken, NotOffered, ByQuote, Closed, NoPermit, WrongPets, TooManyHolds.
    """

    def keep(number: int | None) -> Booking:
        parts.check(offering, parts.HOLD, now=now)
        wanted = check(offering=offering, pets=pets, starts_at=starts_at, nights=nights, now=now)
        facts = {"key": key, "customer": by, "hold_number": number, "is_offer": bool(until), "note": note}
        return _hold(
            wanted, pets, None if until else by, now, facts | {"until": until or now + rules.HELD_FOR}
        )

    return numbered(key, by, keep, counts=until is None)


def numbered(key: str, by: Any, keep: Callable[[int | None], Booking], *, counts: bool = True) -> Booking:
    """What was held with this key already, else what `keep` holds under a number that is hers alone.

    Two presses at the same moment want the same number, or are the same press: the later one looks anew.
    Raises TooManyHolds, and what `keep` raises.
    """
    for _attempt in range(rules.MOST_HOLDS + 1):
        known, number = _begin(key, by, counts)
        if known:
            return known
        try:
            return keep(number)
        except IntegrityError:
            continue
        except SlotTaken:
            if mine := Booking.objects.filter(key=key, customer=by).first():
                return mine
            raise
    raise TooManyHolds


def _begin(key: str, by: Any, counts: bool) -> tuple[Booking | None, int | None]:
    mine = Booking.objects.filter(Q(status=Status.HELD) | Q(key=key), customer=by)
    open_holds = list(mine.only("pk", "key", "hold_number", "status"))
    if known := next((one for one in open_holds if one.key == key), None):
        return Booking.objects.get(pk=known.pk), None
    return None, _free_number(open_holds) if counts else None


def hold_agreed(
    *, key: str, wanted: Wanted, pets: Sequence[Pet], by: Any, now: datetime, terms: Mapping[str, Any]
) -> Booking:
    """The same for a time that was agreed, in `terms` of its own (price, due, policy, …). Whoever calls has
    checked that it may be booked. Raises SlotTaken, TooManyHolds."""
    open_holds = list(Booking.objects.filter(status=Status.HELD, customer=by).only("hold_number", "status"))
    facts = {"key": key, "customer": by, "hold_number": _free_number(open_holds)}
    try:
        return _hold(wanted, pets, by, now, {**facts, "until": now + rules.HELD_FOR, **terms})
    except IntegrityError as error:  # two tabs at once took the same number
        raise TooManyHolds from error


def check(
    *, offering: Offering, pets: Sequence[Pet], starts_at: datetime, now: datetime, nights: int = 1
) -> Wanted:
    """A time at which it is offered, for these animals? Whether it is free is asked under the lock."""
    if offering.traits.by_quote:
        raise ByQuote
    check_pets(offering, pets)
    day = timezone.localdate(starts_at)
    permits.check(offering, [pet.species for pet in pets], day, nights=nights)
    plan = slots.plan(offering)
    ends_at = slots.end_of(offering, starts_at, pets=len(pets), nights=nights)
    wanted = claiming.read(plan, starts_at, ends_at)
    if not slots.is_offered(plan, wanted.working, starts_at, ends_at, nights=nights, now=now):
        raise NotOffered
    return wanted


def check_pets(offering: Offering, pets: Sequence[Pet]) -> None:
    if not pets or len(pets) > offering.most_pets or len({pet.pk for pet in pets}) != len(pets):
        raise WrongPets


@transaction.atomic
def _hold(wanted: Wanted, pets: Sequence[Pet], by: Any, now: datetime, facts: Mapping[str, Any]) -> Booking:
    locks.resources(wanted.plan.resources)
    chosen, busy = claiming.choose(wanted)
    booking = make(wanted, len(pets), now, **facts)
    bring([booking], pets)
    claiming.take(booking, wanted, chosen, busy, now)
    journal.write(events.HELD, actor=by, subject=booking, data={"business": booking.business_id})
    return booking


def bring(bookings: Sequence[Booking], pets: Sequence[Pet]) -> None:
    """The animals each of them is for."""
    BookingItem.objects.bulk_create(
        BookingItem(booking=booking, pet=pet, name=pet.name, species=pet.species)
        for booking in bookings
        for pet in pets
    )


def make(wanted: Wanted, pets: int, now: datetime, **facts: Any) -> Booking:
    row = build(wanted, pets, now, **facts)
    row.save(force_insert=True)
    return row


def build(wanted: Wanted, pets: int, now: datetime, **facts: Any) -> Booking:
    """The row, with all that is frozen when it is made."""
    offering = wanted.plan.offering
    nights = (timezone.localdate(wanted.ends_at) - timezone.localdate(wanted.starts_at)).days
    price = facts.pop("price", None)  # a share of what several cost, or what was agreed
    if price is None:
        price = offering.price_of(pets, nights if offering.traits.by_night else 1)
    frozen: dict[str, Any] = {"price": price, "due": money.lira(price * offering.deposit_percent / 100)}
    frozen |= {
        name: getattr(offering, name)
        for name in ("kind", "vat_percent", "policy", "on_request", "business_id")
    }
    return Booking(
        offering=offering,
        location_id=offering.location_id,
        title=offering.name,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        made_at=now,
        **(frozen | facts),
    )


@transaction.atomic
def take_free(*, booking: Booking, by: Any, now: datetime) -> None:
    """Nothing is paid in advance: the press makes it hers. Raises HoldOver."""
    for row in locks.whole(booking):
        if row.due or row.status != Status.HELD or row.until is None or row.until <= now:
            raise HoldOver
        _settle(row, by, Decimal(0), now)
    booking.refresh_from_db()


def take_money(*, booking: Booking, amount: Decimal, now: datetime) -> bool:
    """What was due is here; resources, booking and payment are locked. False: it came too late."""
    booking.refresh_from_db()
    if booking.head_id:
        return _follow(booking, amount, now)
    if booking.status == Status.HELD:
        _settle(booking, booking.customer, amount, now)
        return True
    if booking.status == Status.EXPIRED and booking.starts_at > now and _taken_again(booking, now):
        _settle(booking, booking.customer, amount, now)
        return True
    journal.write(events.LATE_MONEY, subject=booking, data={"amount": str(amount)})
    return False


def _follow(booking: Booking, amount: Decimal, now: datetime) -> bool:
    """The one that leads is settled first; all of them or none."""
    head = Booking.objects.filter(followers=booking.pk, status__in=FIXED)
    if head.exists() and booking.status in (Status.HELD, Status.EXPIRED):
        _settle(booking, booking.customer, amount, now)
        return True
    journal.write(events.LATE_MONEY, subject=booking, data={"amount": str(amount)})
    return False


def _taken_again(booking: Booking, now: datetime) -> bool:
    """With all that were held with it."""
    whole = list(queries.together(booking)) if booking.is_of_several else [booking]
    plan = slots.plan(booking.offering)
    if plan.offering.traits.by_quote:  # agreed on these and no others
        plan = slots.only(plan, booking.claims.values_list("resource_id", flat=True))
    wanted = claiming.read_all(plan, [(one.starts_at, one.ends_at) for one in whole])
    try:
        with transaction.atomic():
            claiming.take_all(list(zip(whole, wanted, strict=True)), now)
    except SlotTaken:
        return False
    return True


def _settle(booking: Booking, by: Any, amount: Decimal, now: datetime) -> None:
    if booking.on_request:
        until = min(now + rules.ANSWER_WITHIN, booking.starts_at)
        facts: dict[str, Any] = {"until": until}
        target, event = Status.REQUESTED, events.REQUESTED
    else:
        facts = {"until": None, "confirmed_at": now}
        target, event = Status.CONFIRMED, events.CONFIRMED
    BOOKINGS.move(booking, target, event=event, actor=by, paid=amount, hold_number=None, **facts)


def _free_number(open_holds: Sequence[Booking]) -> int:
    used = {one.hold_number for one in open_holds if one.status == Status.HELD}
    for number in range(1, rules.MOST_HOLDS + 1):
        if number not in used:
            return number
    raise TooManyHolds

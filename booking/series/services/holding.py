"""All sessions of a course are kept for ten minutes, or none. They are one hold of their customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import journal
from pets.models import Pet

from ... import events, locks, permits, slots
from ... import rules as usual
from ...errors import NotOffered
from ...models import Booking
from ...services import claiming, holding
from ...services.claiming import Wanted
from .. import planning, sums
from ..errors import AsksFirst
from ..models import Course


def hold(
    *,
    key: str,
    course: Course,
    pets: Sequence[Pet],
    times: Sequence[datetime],
    by: Any,
    now: datetime,
    note: str = "",
) -> Booking:
    """The first of all sessions; it leads the others. With the same key it is the same course.

    Raises SlotTaken, NotOffered, AsksFirst, Closed, NoPermit, WrongPets, TooManyHolds.
    """

    def keep(number: int | None) -> Booking:
        wanted = _check(course, pets, times, now)
        facts = {"customer": by, "until": now + usual.HELD_FOR, "note": note, "places": course.sessions}
        return _hold(course, wanted, pets, now, {"key": key, "hold_number": number}, facts)

    return holding.numbered(key, by, keep)


def _check(course: Course, pets: Sequence[Pet], times: Sequence[datetime], now: datetime) -> list[Wanted]:
    offering = course.offering
    holding.check_pets(offering, pets)
    if offering.on_request:
        raise AsksFirst
    _check_days(course, times)
    species, days = [pet.species for pet in pets], [timezone.localdate(one) for one in times]
    permits.check(offering, species, days[0])
    permits.check_days(offering, species, days[1:])
    plan = planning.far_plan(course, times[0], now)
    spans = [(one, slots.end_of(offering, one, pets=len(pets), nights=1)) for one in times]
    wanted = claiming.read_all(plan, spans)
    first, rest = slots.plan(offering), wanted[1:]
    if not slots.is_offered(first, wanted[0].working, *spans[0], nights=1, now=now):
        raise NotOffered
    if not all(
        slots.is_offered(plan, one.working, one.starts_at, one.ends_at, nights=1, now=now) for one in rest
    ):
        raise NotOffered
    return wanted


def _check_days(course: Course, times: Sequence[datetime]) -> None:
    """As many as the course has, each about its own day."""
    if len(times) != course.sessions:
        raise NotOffered
    wanted = planning.planned(course, times[0])
    if not all(planning.is_near(one, other) for one, other in zip(times, wanted, strict=True)):
        raise NotOffered


@transaction.atomic
def _hold(
    course: Course,
    wanted: Sequence[Wanted],
    pets: Sequence[Pet],
    now: datetime,
    leads: dict[str, Any],
    facts: dict[str, Any],
) -> Booking:
    locks.resources(wanted[0].plan.resources)
    shares = sums.shares(course.price_of(len(pets)), course.sessions)
    head = holding.make(wanted[0], len(pets), now, price=shares[0], **leads, **facts)
    rest = [
        holding.build(one, len(pets), now, price=share, head=head, place=place, **facts)
        for place, (one, share) in enumerate(zip(wanted[1:], shares[1:], strict=True), 2)
    ]
    every = [head, *Booking.objects.bulk_create(rest)]
    holding.bring(every, pets)
    claiming.take_all(list(zip(every, wanted, strict=True)), now)
    told = {"business": head.business_id, "sessions": course.sessions}
    journal.write(events.HELD, actor=head.customer, subject=head, data=told)
    return head

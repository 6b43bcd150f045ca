"""Somebody asks a carrier what a journey would cost, or takes that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import locks as people
from booking import permits
from booking.errors import NotOffered, WrongPets
from booking.models import Offering
from core import journal, limits
from pets.models import Pet

from .. import events, locks, rules
from ..errors import TooManyRequests
from ..models import Box, RequestPet, TransferRequest, Way
from ..states import OPEN, QUOTES, REQUESTS, Asked, Offered


@dataclass(frozen=True)
class Road:
    """From where to where, when and how."""

    from_province: str
    from_district: str
    from_address: str
    from_name: str
    from_phone: str
    to_province: str
    to_district: str
    to_address: str
    to_name: str
    to_phone: str
    earliest: datetime
    latest: datetime
    way: str = Way.SHARED
    box: str = Box.SMALL
    wishes: tuple[str, ...] = ()
    note: str = ""


def ask(
    *, key: str, offering: Offering, pets: Sequence[Pet], road: Road, by: Any, now: datetime
) -> TransferRequest:
    """With the same key it is the same request.

    Raises WrongPets, NotOffered, Closed, NoPermit, TooManyRequests.
    """
    if known := TransferRequest.objects.filter(key=key, customer=by).first():
        return known
    _check(offering, pets, road, now)
    if limits.is_over("transfers.ask", f"user:{by.pk}", most=rules.ASKS_A_DAY, seconds=24 * 3600):
        raise TooManyRequests
    return _ask(key, offering, pets, road, by, now)


def _check(offering: Offering, pets: Sequence[Pet], road: Road, now: datetime) -> None:
    if not pets or len(pets) > offering.most_pets or len({pet.pk for pet in pets}) != len(pets):
        raise WrongPets
    if not now < road.latest or not road.earliest < road.latest or road.latest > now + rules.FARTHEST:
        raise NotOffered
    day = timezone.localdate(max(road.earliest, now))
    permits.check(offering, [pet.species for pet in pets], day)


@transaction.atomic
def _ask(
    key: str, offering: Offering, pets: Sequence[Pet], road: Road, by: Any, now: datetime
) -> TransferRequest:
    people.person(by.pk)  # so that two tabs count one after the other
    if known := TransferRequest.objects.filter(key=key, customer=by).first():
        return known
    if TransferRequest.objects.filter(customer=by, status__in=OPEN).count() >= rules.MOST_OPEN:
        raise TooManyRequests
    request = TransferRequest.objects.create(
        key=key,
        customer=by,
        business_id=offering.business_id,
        offering=offering,
        asked_at=now,
        until=min(now + rules.ANSWER_WITHIN, road.latest),
        **asdict(road) | {"wishes": list(road.wishes)},
    )
    RequestPet.objects.bulk_create(
        RequestPet(request=request, pet=pet, name=pet.name, species=pet.species) for pet in pets
    )
    journal.write(events.ASKED, actor=by, subject=request, data={"business": request.business_id})
    return request


@transaction.atomic
def withdraw(*, request: TransferRequest, by: Any, now: datetime) -> None:
    """Its quotes fall with it. Raises MoveRefused when it is over, or accepted."""
    locks.request(request.pk)
    close_quotes(request, Offered.CLOSED, by)
    facts: dict[str, Any] = {"until": None, "ended_at": now}
    REQUESTS.move(request, Asked.WITHDRAWN, event=events.WITHDRAWN, actor=by, **facts)


def close_quotes(request: TransferRequest, status: Offered, by: Any) -> int:
    """The one that holds, if any. The request is locked."""
    held = list(request.quotes.filter(status=Offered.SENT))
    for quote in held:
        QUOTES.move(quote, status, event=events.QUOTE_ENDED, actor=by)
    return len(held)

"""Reads of transfers. They start at the person or the business, so a stranger's is not found."""

from __future__ import annotations

import statistics
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from booking.kinds import Kind, ResourceKind
from booking.models import Booking, Claim, Offering, Resource
from booking.states import Status
from core.days import midnight

from .models import Quote, TrackingEvent, TransferJob, TransferRequest
from .states import OPEN, Asked, Offered, Ride

USUAL_SINCE, USUAL_LEAST = timedelta(days=365), 3  # trips before we say what a road usually costs
LISTED = 50


def _with_all(rows: QuerySet[TransferRequest]) -> QuerySet[TransferRequest]:
    quotes = Quote.objects.select_related("vehicle", "driver__membership__user").order_by("-made_at", "-pk")
    rows = rows.select_related("business", "offering__location__business", "customer")
    return rows.prefetch_related("pets__pet", Prefetch("quotes", quotes))


def requests_of(user: Any) -> QuerySet[TransferRequest]:
    return _with_all(TransferRequest.objects.filter(customer=user))


def requests_with(business: Any) -> QuerySet[TransferRequest]:
    return _with_all(TransferRequest.objects.filter(business=business))


def waiting(rows: QuerySet[TransferRequest]) -> QuerySet[TransferRequest]:
    """Those a carrier has to answer, the one that ends first on top; then those that wait for the owner."""
    return rows.filter(status__in=OPEN).order_by("status", "until", "pk")


def to_answer(business: Any) -> QuerySet[TransferRequest]:
    return TransferRequest.objects.filter(business=business, status=Asked.ASKED)


def live_quote(request: TransferRequest) -> Quote | None:
    """The one that holds, or was accepted. Of the quotes that were read with the request."""
    return next((one for one in request.quotes.all() if one.status in (Offered.SENT, Offered.ACCEPTED)), None)


def jobs() -> QuerySet[TransferJob]:
    """With all a page of a journey reads."""
    claims = Claim.objects.select_related("resource__membership__user").order_by("pk")
    rows = TransferJob.objects.select_related(
        "booking__business", "booking__location", "booking__offering", "booking__customer", "quote__request"
    )
    return rows.prefetch_related("booking__items__pet", Prefetch("booking__claims", claims))


def jobs_of(user: Any) -> QuerySet[TransferJob]:
    return jobs().filter(booking__customer=user)


def jobs_with(business: Any) -> QuerySet[TransferJob]:
    return jobs().filter(booking__business=business)


def jobs_driven_by(membership: Any) -> QuerySet[TransferJob]:
    """Those on which this member stands as the driver."""
    mine = Claim.objects.filter(resource__membership=membership, resource__kind=ResourceKind.PERSON)
    return jobs().filter(booking__in=mine.values("booking"))


def of_day(rows: QuerySet[TransferJob], now: datetime) -> QuerySet[TransferJob]:
    """What begins today, and what began earlier and is not over."""
    end = midnight(timezone.localdate(now) + timedelta(days=1))
    begin = midnight(timezone.localdate(now))
    alive = Q(booking__status__in=[Status.CONFIRMED, Status.IN_SERVICE])
    today = Q(booking__starts_at__gte=begin) & ~Q(booking__status=Status.CANCELLED)
    rows = rows.filter(alive | today, booking__starts_at__lt=end)
    return rows.order_by("booking__starts_at", "pk")[:LISTED]


def ahead(rows: QuerySet[TransferJob], now: datetime) -> QuerySet[TransferJob]:
    end = midnight(timezone.localdate(now) + timedelta(days=1))
    rows = rows.filter(booking__status=Status.CONFIRMED, booking__starts_at__gte=end)
    return rows.order_by("booking__starts_at", "pk")[:LISTED]


def under_way(user: Any) -> QuerySet[TransferJob]:
    """Of a person: what is not over, the next first."""
    rows = jobs_of(user).filter(booking__status__in=[Status.CONFIRMED, Status.IN_SERVICE])
    return rows.order_by("booking__starts_at", "pk")


def past(user: Any) -> QuerySet[TransferJob]:
    rows = jobs_of(user).exclude(booking__status__in=[Status.CONFIRMED, Status.IN_SERVICE])
    return rows.order_by("-booking__starts_at", "-pk")[:LISTED]


def job_of_booking(booking: Booking) -> TransferJob | None:
    return jobs().filter(booking=booking).first()


def events_of(job: TransferJob) -> list[TrackingEvent]:
    """The latest first."""
    return list(job.events.order_by("-at", "-pk"))


def stands(offering: Offering, kind: str) -> QuerySet[Resource]:
    """Vehicles, or drivers, on which this offering rests."""
    rows = Resource.objects.filter(needs__offering=offering, kind=kind, is_active=True).distinct()
    return rows.select_related("membership__user").order_by("position", "pk")


def usual_price(request: TransferRequest, *, now: datetime) -> tuple[int, Decimal] | None:
    """Of this carrier between these provinces: how many journeys, and the price in the middle of them. Too
    few say nothing."""
    done = TransferJob.objects.filter(
        booking__business=request.business_id, status=Ride.DELIVERED, ended_at__gte=now - USUAL_SINCE
    )
    ends = (("from", request.from_province), ("to", request.to_province))
    road = {f"quote__request__{end}_province": province for end, province in ends}
    prices = list(done.filter(**road).values_list("quote__price", flat=True)[:500])
    return (len(prices), statistics.median(prices)) if len(prices) >= USUAL_LEAST else None


def transfer_offerings(business: Any) -> QuerySet[Offering]:
    return Offering.objects.filter(business=business, kind=Kind.TRANSFER)

"""Reads of this room. They start at the person or the business, so a stranger's booking is not found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from core.days import midnight
from pets.models import Grant
from pets.permissions import PATIENTS
from pets.species import Species

from .models import Absence, Booking, BookingItem, Claim, Resource
from .states import BLOCKING, Status

MOST_FOUND, NEXT = 8, 5  # hits of a search; lines of the card of today


def bookings_of(user: Any) -> QuerySet[Booking]:
    rows = Booking.objects.filter(customer=user)
    return rows.select_related("business", "location", "offering").prefetch_related("items__pet")


def bookings_with(business: Any) -> QuerySet[Booking]:
    rows = Booking.objects.filter(business=business)
    return rows.select_related("customer", "location", "offering").prefetch_related("items__pet")


def together(booking: Booking) -> QuerySet[Booking]:
    """Those that are held and paid as one with it, itself among them, in their order."""
    head = booking.head_id or booking.pk
    return Booking.objects.filter(Q(pk=head) | Q(head=head)).order_by("place")


def bookings_on(resource: Any) -> QuerySet[Booking]:
    """What takes its time."""
    rows = Booking.objects.filter(claims__resource=resource, claims__blocking=True).distinct()
    return rows.select_related("business", "location", "offering")


def requests_with(business: Any) -> QuerySet[Booking]:
    """What waits for the answer of this business, the one that ends first on top."""
    return bookings_with(business).filter(status=Status.REQUESTED).order_by("until", "pk")


def with_counts(resources: QuerySet[Resource], *, now: datetime) -> QuerySet[Resource]:
    """With what is booked on each from now on, and the calendars that cannot be read."""
    ahead = Q(claims__blocking=True, claims__during__endswith__gt=now)
    broken = Q(feeds__failed_at__isnull=False)
    return resources.annotate(
        ahead=Count("claims", filter=ahead, distinct=True),
        broken=Count("feeds", filter=broken, distinct=True),
    )


def absences_ahead(resource: Resource, *, now: datetime) -> QuerySet[Absence]:
    """Not over, those from calendars kept elsewhere apart: they are shown there."""
    rows = resource.absences.filter(during__endswith__gt=now).exclude(kind=Absence.Kind.FEED)
    return rows.order_by("during")


def booked_in(absence: Absence) -> QuerySet[Booking]:
    """What still stands on the resource in a time in which it is away."""
    claims = Claim.objects.filter(resource=absence.resource, blocking=True, during__overlap=absence.during)
    rows = bookings_with(absence.resource.business_id).filter(pk__in=claims.values("booking"))
    return rows.filter(status__in=BLOCKING).order_by("starts_at", "pk")


@dataclass(frozen=True)
class Animal:
    """Of a booking; `file` where its keeper has opened it for this business."""

    item: BookingItem
    file: str

    @property
    def kind(self) -> Any:
        return Species(self.item.species).label


def animals_of(booking: Booking, access: Any, *, now: datetime) -> list[Animal]:
    """One query for all of them, and none without the right to read files."""
    items = list(booking.items.all())
    open_files: set[int] = set()
    if access.can(PATIENTS):
        grants = Grant.objects.live(now).to(access.business).filter(pet__in=[one.pet_id for one in items])
        open_files = set(grants.values_list("pet_id", flat=True))
    return [Animal(one, _file(one, access.business) if one.pet_id in open_files else "") for one in items]


def _file(item: BookingItem, business: Any) -> str:
    return reverse("pets:patient", args=[business.slug, item.pet.public_id]) if item.pet else ""


def stands_of(booking: Booking) -> list[Resource]:
    return list(Resource.objects.filter(claims__booking=booking).distinct().order_by("position", "pk"))


def page_of_absence(business: Any, given: Any) -> str:
    """Of the absence that is being cleared, if the address names one (`yok`); else nothing."""
    number = given.get("yok", "")
    rows = Absence.objects.filter(resource__business=business)
    if not (number.isdecimal() and len(number) < 18 and rows.filter(pk=number).exists()):
        return ""
    return reverse("business_absence", args=[business.slug, int(number)])  # ٣ is a number too


def found(rows: QuerySet[Booking], words: str) -> QuerySet[Booking]:
    """By number, or by a name: of the animal, the guest or the customer."""
    wanted = words.strip()
    named = Q(items__name__icontains=wanted) | Q(guest_name__icontains=wanted)
    named |= Q(customer__first_name__icontains=wanted) | Q(customer__last_name__icontains=wanted)
    hits = rows.filter(Q(number__istartswith=wanted) | named).values("pk")
    return rows.filter(pk__in=hits).order_by("-starts_at", "-pk")[:MOST_FOUND]


def still_today(rows: QuerySet[Booking], now: datetime) -> QuerySet[Booking]:
    """What of today is not over, the next first."""
    end = midnight(timezone.localdate(now) + timedelta(days=1))
    ahead = rows.filter(status__in=[Status.CONFIRMED, Status.IN_SERVICE], starts_at__lt=end, ends_at__gt=now)
    return ahead.order_by("starts_at", "pk")[:NEXT]

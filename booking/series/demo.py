"""Demo content: the groomer sells four baths, one every four weeks, as a course."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import translation

from booking import services as bookings
from booking.demo import GROOMER
from booking.kinds import Kind
from booking.models import Resource
from booking.services import Wanted
from teams.models import Business

from . import services
from .models import Course

FACTS = {
    "kind": Kind.GROOMING,
    "name": "Dört haftada bir bakım kürü",
    "text": "Yıkama, kurutma, tarama; her seansta aynı masa, aynı saat.",
    "minutes": 60,
    "step": 30,
    "buffer_after": 10,
    "price": Decimal(700),
    "deposit_percent": 100,
    "is_open": True,
    "position": 10,
}
SESSIONS, WEEKS, PRICE = 4, 4, Decimal(2520)


@transaction.atomic
def load(*, now: datetime | None = None) -> None:
    """Once; later runs change nothing."""
    groomer = Business.objects.filter(name=GROOMER).first()
    if groomer and not Course.objects.exists():
        with translation.override("tr"):
            _sell(groomer)


def _sell(groomer: Business) -> None:
    owner = groomer.memberships.owners().select_related("user").get().user
    tables = list(Resource.objects.filter(business=groomer))
    facts = FACTS | {"location": groomer.locations.get(is_main=True)}
    found = bookings.save_offering(
        business=groomer, offering=None, facts=facts, needs=[Wanted(tables)], by=owner
    )
    services.save_course(offering=found, sessions=SESSIONS, every_weeks=WEEKS, price=PRICE, by=owner)

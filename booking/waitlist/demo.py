"""Demo content: the groomer is away on a Saturday, and Ayşe waits for that day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone, translation

from booking import services as bookings
from booking.demo import GROOMER
from booking.models import Offering, Resource
from core.days import midnight
from core.errors import Refused
from pets.models import Pet

from . import services
from .models import Entry


@transaction.atomic
def load(*, now: datetime | None = None) -> None:
    """Once; later runs change nothing."""
    now = now or timezone.now()
    ayse = get_user_model().objects.filter(email="ayse@ornek.test").first()
    rows = Offering.objects.filter(business__name=GROOMER).select_related("business", "location__business")
    offering = rows.order_by("pk").first()
    if ayse is None or offering is None or Entry.objects.exists():
        return
    with translation.override("tr"):
        _wait(offering, ayse, now)


def _wait(offering: Offering, ayse: object, now: datetime) -> None:
    today = timezone.localdate(now)
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    owner = offering.business.memberships.owners().select_related("user").first()
    for stand in Resource.objects.filter(needs__offering=offering):
        span = {"starts_at": midnight(saturday), "ends_at": midnight(saturday + timedelta(days=1))}
        by = owner and owner.user
        bookings.add_absence(resource=stand, kind="leave", note="Kuaförlük fuarı", by=by, **span)
    pets = list(Pet.objects.kept_by(ayse).living()[:1])
    try:
        facts: dict[str, Any] = {"pets": pets, "first": saturday, "last": saturday, "by": ayse, "now": now}
        services.join(offering=offering, **facts)
    except Refused:
        return

"""A new rate is told to whom it concerns."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy

from core import journal
from core.models import Line
from core.templatetags.amounts import in_hundred
from notifications import kinds, services
from teams import modules
from teams.models import Business, Membership
from teams.states import Status

from . import events, permissions, pricing_notices
from .models import CommissionRate

BATCH = 200


@journal.on(events.RATE_ANNOUNCED)
def tell_of_a_rate(line: Line) -> None:
    """One notice for each person and rate, however many businesses she works for. Safe to repeat."""
    rate = line.subject
    if not isinstance(rate, CommissionRate):
        return
    businesses = Business.objects.filter(status__in=[Status.VERIFIED, Status.SUSPENDED])
    if rate.business_id:
        businesses = businesses.filter(pk=rate.business_id)
    for business in businesses.order_by("pk").iterator(BATCH):
        _tell(rate, business)


def _tell(rate: CommissionRate, business: Business) -> None:
    rows = Membership.objects.filter(business=business, user__is_active=True).select_related("role")
    people = [row.user_id for row in rows if permissions.EARNINGS in row.role.rights]
    services.notify(
        pricing_notices.RATE,
        to=get_user_model().objects.filter(pk__in=people),
        key=f"{rate.pk}",
        data=_said(rate),
        url=reverse("finance:business_prices", args=[business.slug]),
        now=timezone.now(),
    )


def _said(rate: CommissionRate) -> dict[str, Any]:
    label = modules.BY_CODE[rate.module].label
    return {
        "module": kinds.words(label),
        "rate": kinds.words(lazy(in_hundred, str)(rate.percent)),
        "day": kinds.day(rate.valid_from),
    }

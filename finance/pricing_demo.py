"""Rates of the demo: in force for a year and a half, one that ended, one that is announced, one agreement."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from teams.models import Business

from .agreeing import Terms, announce
from .models import CommissionRate

BEGIN = date(2025, 7, 1)
RATES: list[dict[str, Any]] = [
    {"module": "appointment", "percent": Decimal(8)},
    {"module": "consultation", "percent": Decimal(12), "minimum": Decimal(15)},
    {"module": "transfer", "percent": Decimal(10), "minimum": Decimal(40)},
    {"module": "store", "percent": Decimal(9)},
    {"module": "funds", "percent": Decimal(0)},
]
EARLIER = {"module": "store", "percent": Decimal(11), "valid_from": date(2025, 1, 1), "valid_until": BEGIN}
AGREED_WITH = "Ihlamur Veteriner"


@transaction.atomic
def load() -> None:
    """What is charged from the first demo sale on; what comes is announced as staff would announce it."""
    if CommissionRate.objects.exists():
        return
    CommissionRate.objects.create(**EARLIER)
    CommissionRate.objects.bulk_create([CommissionRate(valid_from=BEGIN, **one) for one in RATES])
    clinic = Business.objects.filter(name=AGREED_WITH).first()
    if clinic:
        CommissionRate.objects.create(
            module="appointment", business=clinic, percent=Decimal(7), valid_from=BEGIN, note="Kurucu işletme"
        )
    now = timezone.now()
    begins = _first_of_month(timezone.localdate(now) + timedelta(days=20))
    announce(terms=Terms("store", Decimal("8.5"), begins), by=None, now=now)


def _first_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)

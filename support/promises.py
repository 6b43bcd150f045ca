"""Until when a person answers: by the clock on the wall, so nights, weekends and holidays count."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from .models import SlaTarget
from .models.clock import DAY_IN_MINUTES
from .states import Priority


def on_day(day: date) -> dict[int, int]:
    """Minutes for each priority. What nobody has set is the longest we ever promise."""
    in_force = SlaTarget.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)
    promised = dict(in_force.values_list("priority", "minutes"))
    return {priority.value: promised.get(priority, DAY_IN_MINUTES) for priority in Priority}


def due(priority: int, since: datetime) -> datetime:
    return since + timedelta(minutes=on_day(timezone.localdate(since))[priority])

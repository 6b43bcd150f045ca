"""Who is meant when something is written for clinics or for other businesses."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet

from core.audiences import Audience
from notifications.audiences import members

from .kinds import Kind
from .models import Membership


@members(Audience.CLINIC)
def in_clinics() -> QuerySet[Any]:
    return _working_in(business__kind=Kind.CLINIC)


@members(Audience.PARTNER)
def in_other_businesses() -> QuerySet[Any]:
    others = [kind for kind in Kind if kind != Kind.CLINIC]
    return _working_in(business__kind__in=others)


def _working_in(**which: Any) -> QuerySet[Any]:
    return get_user_model().objects.filter(Exists(Membership.objects.filter(user=OuterRef("pk"), **which)))

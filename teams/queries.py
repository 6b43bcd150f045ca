"""Reads of this room."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from .kinds import MODULES, Kind
from .models import Business, Membership, ModuleSwitch
from .modules import FOR_PEOPLE
from .rights import OWNER


def businesses_of(user: Any) -> QuerySet[Business]:
    """Those this person works for, the one used last first."""
    return Business.objects.of(user).order_by(F("memberships__seen_at").desc(nulls_last=True), "name")


def owned_alone_by(user: Any) -> QuerySet[Business]:
    """Businesses that would be without an owner if this person left."""
    owners = Membership.objects.filter(business=OuterRef("pk"), role__template=OWNER)
    others = owners.exclude(user=user)
    return Business.objects.filter(Exists(owners.filter(user=user)), ~Exists(others)).order_by("name")


def members_of(business: Business) -> QuerySet[Membership]:
    rows = business.memberships.select_related("user", "role").prefetch_related("locations")
    return rows.order_by("user__first_name", "user__last_name", "pk")


def modules_of_person(user: Any) -> frozenset[str]:
    return _switched(FOR_PEOPLE, ModuleSwitch.objects.filter(user=user))


def modules_of_business(business: Business) -> frozenset[str]:
    return _switched(MODULES[Kind(business.kind)], ModuleSwitch.objects.filter(business=business))


def _switched(starts_with: set[str], switches: QuerySet[ModuleSwitch]) -> frozenset[str]:
    rows = dict(switches.values_list("module", "is_on"))
    kept = {code for code in starts_with if rows.get(code, True)}
    return frozenset(kept | {code for code, is_on in rows.items() if is_on})

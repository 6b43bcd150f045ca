"""Reads of this room."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, F, Func, OuterRef, QuerySet, Subquery

from core import text

from .kinds import MODULES, Kind
from .models import Business, Licence, Location, Membership, ModuleSwitch, Topic, Verification
from .modules import FOR_PEOPLE
from .states import LicenceStatus, VerificationStatus


def businesses_of(user: Any) -> QuerySet[Business]:
    """Those this person works for, the one used last first."""
    return Business.objects.of(user).order_by(F("memberships__seen_at").desc(nulls_last=True), "name")


def owned_alone_by(user: Any) -> QuerySet[Business]:
    """Businesses that would be without an owner if this person left."""
    owners = Membership.objects.owners().filter(business=OuterRef("pk"))
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


def open_verifications(business: Business) -> list[Verification]:
    return list(business.verifications.open().order_by("sent_at"))


def returned_changes(business: Business) -> list[Verification]:
    """Changes that came back, until the same subject is sent again."""
    rows = business.verifications.exclude(topic=Topic.ONBOARDING).select_related("licence")
    latest = rows.order_by("topic", "licence_id", "-sent_at", "-pk").distinct("topic", "licence_id")
    return [row for row in latest if row.status == VerificationStatus.RETURNED]


def shown_licences(business: Business) -> list[Licence]:
    """In force, over, or waiting: all that the panel lists."""
    alive = [LicenceStatus.IN_FORCE, LicenceStatus.EXPIRED, LicenceStatus.WAITING]
    rows = business.licences.filter(status__in=alive).select_related("replaces", "location")
    return list(rows.prefetch_related("evidence").order_by("kind", "status", "pk"))


def public_businesses(*, query: str, kind: str, province: str) -> QuerySet[Business]:
    """What the public list shows, the main branch's area with it."""
    rows = Business.objects.listed().annotate(
        folded=Folded("name"),
        province=Subquery(_main().values("province")[:1]),
        district=Subquery(_main().values("district")[:1]),
    )
    for word in text.fold(query).split():
        rows = rows.filter(folded__contains=word)
    rows = rows.filter(kind=kind) if kind else rows
    here = Location.objects.filter(business=OuterRef("pk"), province=province)
    rows = rows.filter(Exists(here)) if province else rows
    return rows.order_by("folded", "pk")


def _main() -> QuerySet[Location]:
    return Location.objects.filter(business=OuterRef("pk"), is_main=True)


class Folded(Func):
    """A name as people without a Turkish keyboard type it; `core.text.fold` does the same in Python."""

    function = "lower"
    template = "translate(lower(translate(%(expressions)s, 'Iİ', 'ıi')), 'çğıöşüâîû', 'cgiosuaiu')"
    output_field = CharField()


def public_locations(business: Business) -> QuerySet[Location]:
    return business.locations.select_related("business")


def public_people(business: Business) -> QuerySet[Membership]:
    """Those who agreed themselves and are not away."""
    rows = business.memberships.present().filter(is_public=True).select_related("user")
    return rows.order_by("user__first_name", "user__last_name", "pk")

"""Verbs of this room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from core import journal, text

from . import events, role_templates, shown
from .models import Business, Location, Membership, ModuleSwitch, Role
from .rights import OWNER


@transaction.atomic
def open_business(*, kind: str, name: str, by: Any, now: datetime) -> Business:
    """A draft with its roles and a main branch; who opens it is its owner."""
    business = Business.objects.create(kind=kind, name=name, slug=_free_slug(name), opened_at=now)
    Role.objects.bulk_create(
        Role(business=business, template=one.key) for one in role_templates.of_kind(kind)
    )
    Location.objects.create(business=business, name=name, is_main=True)
    journal.write(events.OPENED, actor=by, subject=business, data={"business": business.pk})
    owner = business.roles.get(template=OWNER)
    add_member(business=business, user=by, role=owner, by=by, now=now)
    return business


def _free_slug(name: str) -> str:
    """`ihlamur-veteriner`, then `ihlamur-veteriner-2`. Two of one name at once choose after each other."""
    wanted = text.slug(name)[:70] or "isletme"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"business:{wanted}"])
    taken = set(Business.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def add_member(
    *,
    business: Business,
    user: Any,
    role: Role,
    by: Any,
    now: datetime,
    locations: list[Location] | None = None,
) -> Membership:
    membership = Membership.objects.create(business=business, user=user, role=role, joined_at=now)
    membership.locations.set(locations or [])
    data = {"business": business.pk, "user": user.pk, "role": role.word}
    journal.write(events.MEMBER_JOINED, actor=by, subject=membership, data=data)
    return membership


@transaction.atomic
def switch_module(
    *, module: str, is_on: bool, by: Any, user: Any = None, business: Business | None = None
) -> ModuleSwitch:
    """For a person or for a business, exactly one of the two."""
    holder = {"user": user, "business": business}
    switch, _ = ModuleSwitch.objects.update_or_create(**holder, module=module, defaults={"is_on": is_on})
    data: dict[str, Any] = {"module": module, "is_on": is_on}
    if business:
        data["business"] = business.pk
        shown.changed(business)
    journal.write(events.MODULE_SWITCHED, actor=by, subject=business or user, data=data)
    return switch

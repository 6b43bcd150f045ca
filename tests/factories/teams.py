"""Businesses, members and switches."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from teams import services
from teams.models import Business, Membership
from teams.states import Status


def business(owner: Any, name: str = "Ihlamur Veteriner", kind: str = "clinic", **fields: Any) -> Business:
    made = services.open_business(kind=kind, name=name, by=owner, now=timezone.now())
    return _set(made, **fields) if fields else made


def verified(owner: Any, name: str = "Ihlamur Veteriner", kind: str = "clinic", **fields: Any) -> Business:
    facts = {"legal_name": f"{name} Ltd. Şti.", "tax_number": "1234567890", "verified_at": timezone.now()}
    return business(owner, name, kind, status=Status.VERIFIED, **(facts | fields))


def member(business: Business, user: Any, template: str = "reception", **options: Any) -> Membership:
    role = business.roles.get(template=template)
    return services.add_member(
        business=business, user=user, role=role, by=None, now=timezone.now(), **options
    )


def _set(made: Business, **fields: Any) -> Business:
    Business.objects.filter(pk=made.pk).update(**fields)
    made.refresh_from_db()
    return made

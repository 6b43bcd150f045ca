"""Doors that a keeper opens: to a business for a time, to finders while the animal is lost."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from core import journal
from teams.access import is_public
from teams.models import Business

from .. import events
from ..errors import NotVerified
from ..models import Grant, LostPage, Pet, Reading

ONE_VISIT = timedelta(minutes=10)  # the same person at the same part counts once in that time
TOKEN_BYTES = 18


@transaction.atomic
def grant(*, pet: Pet, business: Business, scope: str, until: datetime, by: Any, now: datetime) -> Grant:
    """A new grant replaces the one the business had."""
    if not is_public(business):
        raise NotVerified
    Pet.objects.select_for_update().get(pk=pet.pk)
    pet.grants.filter(business=business, revoked_at=None).update(revoked_at=now)
    made = Grant.objects.create(
        pet=pet, business=business, scope=scope, until=until, granted_by=by, granted_at=now
    )
    data = {"business": business.pk, "scope": scope, "until": until.isoformat(), "pet": pet.name}
    journal.write(events.GRANTED, actor=by, subject=made, data=data)
    return made


@transaction.atomic
def revoke(*, grant: Grant, by: Any, now: datetime) -> None:
    """Counts at the next request of the business."""
    if Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=now):
        journal.write(events.REVOKED, actor=by, subject=grant, data={"business": grant.business_id})


@transaction.atomic
def note_reading(*, grant: Grant, part: Reading.Part, by: Any, now: datetime) -> None:
    """What the keeper sees: who looked at what, and when."""
    same = Reading.objects.filter(grant=grant, part=part, user=by, at__gt=now - ONE_VISIT)
    if part == Reading.Part.WROTE or not same.exists():
        Reading.objects.create(grant=grant, part=part, user=by, at=now)


@transaction.atomic
def open_lost_page(*, pet: Pet, by: Any, now: datetime, **shown: Any) -> LostPage:
    """Change what the open page says, or open one. The link stays while it is open."""
    Pet.objects.select_for_update().get(pk=pet.pk)
    fresh = {"token": secrets.token_urlsafe(TOKEN_BYTES), "opened_at": now, **shown}
    page, _ = LostPage.objects.update_or_create(
        pet=pet, closed_at=None, defaults=shown, create_defaults=fresh
    )
    journal.write(events.PAGE_OPENED, actor=by, subject=pet)
    return page


@transaction.atomic
def close_lost_page(*, pet: Pet, by: Any, now: datetime) -> None:
    if pet.lost_pages.filter(closed_at=None).update(closed_at=now):
        journal.write(events.PAGE_CLOSED, actor=by, subject=pet)

"""Verbs of the profile: names and words that need no review, branches, who is shown."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from core import journal

from . import events, shown
from .errors import BranchInUse, MainBranchStays
from .models import Business, Location, Membership

PROFILE = ["name", "about", "phone", "email"]


@transaction.atomic
def edit_profile(*, business: Business, values: dict[str, Any], by: Any) -> None:
    _write(business, values)
    journal.write(events.PROFILE_EDITED, actor=by, subject=business, data={"fields": sorted(values)})
    shown.changed(business)


@transaction.atomic
def save_location(*, location: Location, by: Any) -> Location:
    """A new or changed branch. Made the main one, it takes that from the one before."""
    Business.objects.select_for_update().get(pk=location.business_id)
    event = events.LOCATION_EDITED if location.pk else events.LOCATION_ADDED
    if location.is_main:
        others = Location.objects.filter(business_id=location.business_id, is_main=True)
        others.exclude(pk=location.pk).update(is_main=False)
    location.save()
    journal.write(event, actor=by, subject=location, data={"business": location.business_id})
    shown.changed(location.business)
    return location


@transaction.atomic
def remove_location(*, location: Location, by: Any) -> None:
    """Raises MainBranchStays, or BranchInUse while something rests on it."""
    Business.objects.select_for_update().get(pk=location.business_id)
    location.refresh_from_db()
    if location.is_main:
        raise MainBranchStays
    told = {"business": location.business_id, "name": location.name}
    journal.write(events.LOCATION_REMOVED, actor=by, subject=location.business, data=told)
    shown.changed(location.business)
    try:
        with transaction.atomic():
            location.delete()
    except (ProtectedError, RestrictedError) as error:
        raise BranchInUse from error


@transaction.atomic
def show_member(*, membership: Membership, is_public: bool, title: str, by: Any) -> None:
    """A person agrees to stand on the public page, or takes that back. Only she herself can."""
    _write(membership, {"is_public": is_public, "public_title": title})
    told = {"business": membership.business_id, "is_public": is_public}
    journal.write(events.MEMBER_SHOWN, actor=by, subject=membership, data=told)
    shown.changed(membership.business)


def _write(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))

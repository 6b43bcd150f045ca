"""Animals with a keeper, and what stands in their files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from pets.models import Grant, Keeper, Pet
from pets.models.people import Part
from pets.services import pets, sharing


def pet(keeper: Any, name: str = "Pamuk", species: str = "cat", **facts: Any) -> Pet:
    return pets.add_pet(by=keeper, name=name, species=species, now=facts.pop("now", timezone.now()), **facts)


def co_keeper(pet: Pet, user: Any) -> Keeper:
    return Keeper.objects.create(pet=pet, user=user, part=Part.CO, since=timezone.now())


def grant(pet: Pet, business: Any, scope: str = "read", days: int = 7, **more: Any) -> Grant:
    now = more.pop("now", timezone.now())
    by = pet.keepers.get(part=Part.PRIMARY).user
    return sharing.grant(
        pet=pet, business=business, scope=scope, until=now + timedelta(days=days), by=by, now=now
    )

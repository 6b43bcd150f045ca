"""The animal itself: added, changed, lost, found, mourned, put away."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import IO, Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import journal, photos, storage

from .. import events
from ..errors import ChipTaken
from ..models import Keeper, Pet
from ..models.people import Part
from ..states import MOVES, Status
from . import duties

SMALL, LARGE = 192, 1200  # pixels; the small one is square
SIZES = ("small", "large")


@contextmanager
def _chip_is_free() -> Iterator[None]:
    """The constraint decides, so two who write the same number at once cannot both win."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "chip_of_a_living_pet_is_its_own" in str(error):
            raise ChipTaken from error
        raise


@transaction.atomic
def add_pet(*, by: Any, name: str, species: str, now: datetime, **facts: Any) -> Pet:
    """A new file; who adds it is the main keeper."""
    today = timezone.localdate(now)
    pet = Pet(name=name, species=species, added_on=today, **facts)
    _date_chip(pet, today)
    with _chip_is_free():
        pet.save()
    Keeper.objects.create(user=by, pet=pet, part=Part.PRIMARY, since=now)
    journal.write(events.ADDED, actor=by, subject=pet, data={"species": species})
    duties.refresh([pet], today=today)
    return pet


@transaction.atomic
def change_pet(*, pet: Pet, facts: dict[str, Any], by: Any, now: datetime) -> None:
    for name, value in facts.items():
        setattr(pet, name, value)
    _date_chip(pet, timezone.localdate(now))
    with _chip_is_free():
        pet.save(update_fields=[*facts, "chipped_on"])
    journal.write(events.CHANGED, actor=by, subject=pet, data={"fields": sorted(facts)})
    duties.refresh([pet], today=timezone.localdate(now))


def _date_chip(pet: Pet, today: date) -> None:
    pet.chipped_on = (pet.chipped_on or today) if pet.chip else None


def set_photo(*, pet: Pet, file: IO[bytes], by: Any) -> None:
    """Drawn anew in two sizes under a new name. Raises ValidationError for what is no picture."""
    large = photos.checked_image(file, longest_edge=LARGE)
    name, before = f"pets/{uuid.uuid4().hex}", pet.photo
    folder = storage.private()
    folder.save(f"{name}-large.jpg", ContentFile(large))
    small = photos.resized(large, edge=SMALL, is_square=True)
    folder.save(f"{name}-small.jpg", ContentFile(small))
    _name_photo(pet, name, by=by)
    _drop_files(before)


def remove_photo(*, pet: Pet, by: Any) -> None:
    before = pet.photo
    _name_photo(pet, "", by=by)
    _drop_files(before)


@transaction.atomic
def _name_photo(pet: Pet, name: str, *, by: Any) -> None:
    pet.photo = name
    pet.save(update_fields=["photo"])
    journal.write(events.PHOTO_CHANGED, actor=by, subject=pet, data={"has_photo": bool(name)})


def _drop_files(name: str) -> None:
    """After the row points elsewhere: a crash in between leaves a file too many, never one too few."""
    for size in SIZES if name else ():
        storage.private().delete(f"{name}-{size}.jpg")


@transaction.atomic
def report_lost(*, pet: Pet, on: date, by: Any, now: datetime) -> None:
    MOVES.move(pet, Status.LOST, event=events.LOST, actor=by, lost_on=on)
    duties.refresh([pet], today=timezone.localdate(now))


@transaction.atomic
def report_found(*, pet: Pet, by: Any, now: datetime) -> None:
    """Home again: the page for finders closes by itself."""
    MOVES.move(pet, Status.AT_HOME, event=events.FOUND, actor=by, lost_on=None)
    _close_pages(pet, now)
    duties.refresh([pet], today=timezone.localdate(now))


@transaction.atomic
def report_death(*, pet: Pet, on: date, by: Any, now: datetime) -> None:
    """From this moment no duty but the report is left, so nothing reminds of the others."""
    MOVES.move(pet, Status.PASSED_AWAY, event=events.PASSED_AWAY, actor=by, died_on=on, lost_on=None)
    _close_pages(pet, now)
    duties.refresh([pet], today=timezone.localdate(now))


@transaction.atomic
def take_back_death(*, pet: Pet, by: Any, now: datetime) -> None:
    with _chip_is_free():
        MOVES.move(pet, Status.AT_HOME, event=events.RETURNED, actor=by, died_on=None)
    duties.refresh([pet], today=timezone.localdate(now))


def _close_pages(pet: Pet, now: datetime) -> None:
    pet.lost_pages.filter(closed_at=None).update(closed_at=now)


@transaction.atomic
def archive(*, pet: Pet, by: Any, now: datetime) -> None:
    """Out of the lists, with everything kept: `restore` brings it back."""
    pet.archived_at = now
    pet.save(update_fields=["archived_at"])
    _close_pages(pet, now)
    journal.write(events.ARCHIVED, actor=by, subject=pet)
    duties.refresh([pet], today=timezone.localdate(now))


@transaction.atomic
def restore(*, pet: Pet, by: Any, now: datetime) -> None:
    pet.archived_at = None
    with _chip_is_free():
        pet.save(update_fields=["archived_at"])
    journal.write(events.RESTORED, actor=by, subject=pet)
    duties.refresh([pet], today=timezone.localdate(now))

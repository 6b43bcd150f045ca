"""Which permits each kind of business needs, and what each permit says."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .kinds import Kind


class LicenceKind(TextChoices):
    PRACTICE = "practice", _("Practice licence")
    WORK_PERMIT = "work_permit", _("Work permit")
    VEHICLE = "vehicle", _("Animal transport vehicle permit")
    DRIVER = "driver", _("Driver’s certificate of competence")
    SHELTER = "shelter", _("Shelter permit")
    WORKPLACE = "workplace", _("Workplace licence")


class Activity(TextChoices):
    BOARDING = "boarding", _("Boarding")
    TRAINING = "training", _("Training")
    BREEDING = "breeding", _("Breeding")
    SALE = "sale", _("Sale")


class Species(TextChoices):
    CAT = "cat", _("Cat")
    DOG = "dog", _("Dog")
    BIRD = "bird", _("Bird")
    RABBIT = "rabbit", _("Rabbit")
    RODENT = "rodent", _("Rodent")
    FISH = "fish", _("Fish")
    REPTILE = "reptile", _("Reptile")
    OTHER = "other", _("Other animals")


# A permit counts for one activity only: a clinic that also boards needs a business and a permit of its own.
NEEDED: dict[str, list[LicenceKind]] = {
    Kind.CLINIC: [LicenceKind.PRACTICE],
    Kind.GROOMER: [LicenceKind.WORKPLACE],
    Kind.HOTEL: [LicenceKind.WORK_PERMIT],
    Kind.TRAINER: [LicenceKind.WORK_PERMIT],
    Kind.CARRIER: [LicenceKind.VEHICLE, LicenceKind.DRIVER],
    Kind.SHOP: [LicenceKind.WORKPLACE],
    Kind.SHELTER: [LicenceKind.SHELTER],
}
ACTIVITY: dict[str, Activity] = {Kind.HOTEL: Activity.BOARDING, Kind.TRAINER: Activity.TRAINING}

_ALWAYS = ["location", "number", "valid_from", "valid_until"]
FIELDS: dict[str, list[str]] = {
    LicenceKind.PRACTICE: [*_ALWAYS, "holder", "diploma_number", "chamber_number"],
    LicenceKind.WORK_PERMIT: [*_ALWAYS, "activity", "species"],
    LicenceKind.VEHICLE: [*_ALWAYS, "plate", "species"],
    LicenceKind.DRIVER: [*_ALWAYS, "holder"],
    LicenceKind.SHELTER: [*_ALWAYS, "species"],
    LicenceKind.WORKPLACE: _ALWAYS,
}
OPEN_ENDED = {LicenceKind.PRACTICE, LicenceKind.WORKPLACE, LicenceKind.SHELTER}
HOLDERS = {LicenceKind.PRACTICE: _("Responsible vet"), LicenceKind.DRIVER: _("Driver")}

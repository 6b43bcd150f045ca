"""The animal."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core import storage

from ..species import REGISTERED, STAMPS, Sex, Species
from ..states import Status


class Precision(models.TextChoices):
    DAY = "day", _("I know the day")
    MONTH = "month", _("I know the month")
    YEAR = "year", _("I know the year")


class PetQuerySet(models.QuerySet["Pet"]):
    def kept_by(self, user: Any) -> PetQuerySet:
        return self.filter(keepers__user=user)

    def current(self) -> PetQuerySet:
        return self.filter(archived_at=None)

    def living(self) -> PetQuerySet:
        return self.current().exclude(status=Status.PASSED_AWAY)


class Pet(models.Model):
    """Always has exactly one main keeper: the database sees to it (migration 0002)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    species = models.CharField(_("animal"), max_length=10, choices=Species.choices)
    breed = models.CharField(_("breed"), max_length=60, blank=True)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices, blank=True, default="")
    born_on = models.DateField(_("born"), null=True, blank=True)
    born_precision = models.CharField(
        _("how exactly you know it"), max_length=5, choices=Precision.choices, blank=True, default=""
    )
    chip = models.CharField(
        _("chip number"),
        max_length=15,
        blank=True,
        validators=[RegexValidator(r"^\d{15}\Z", _("A chip number has 15 digits."))],
    )
    chipped_on = models.DateField(_("chipped on"), null=True, blank=True)
    passport = models.CharField(_("passport number"), max_length=20, blank=True)
    neutered = models.BooleanField(_("neutered"), null=True, blank=True)
    colour = models.CharField(_("colour"), max_length=60, blank=True)
    marks = models.TextField(_("marks"), max_length=500, blank=True)
    photo = models.CharField(max_length=100, blank=True, editable=False)  # name in the private storage
    status = models.CharField(_("state"), max_length=11, choices=Status.choices, default=Status.AT_HOME)
    lost_on = models.DateField(_("lost on"), null=True, blank=True)
    died_on = models.DateField(_("died on"), null=True, blank=True)
    added_on = models.DateField(_("added on"))
    owner_changed_on = models.DateField(_("came to this keeper on"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = PetQuerySet.as_manager()

    class Meta:
        verbose_name = _("pet")
        verbose_name_plural = _("pets")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(chip="") | Q(chip__regex=r"^\d{15}$"), name="chip_has_15_digits"
            ),
            models.CheckConstraint(
                condition=Q(chip="", chipped_on=None) | (~Q(chip="") & Q(chipped_on__isnull=False)),
                name="chip_has_its_day",
            ),
            models.UniqueConstraint(
                fields=["chip"],
                condition=~Q(chip="") & ~Q(status=Status.PASSED_AWAY) & Q(archived_at=None),
                name="chip_of_a_living_pet_is_its_own",
            ),
            models.CheckConstraint(
                condition=Q(born_on=None, born_precision="")
                | Q(born_on__isnull=False, born_precision__in=Precision.values),
                name="birthday_says_how_exact_it_is",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.LOST, lost_on__isnull=False)
                | (~Q(status=Status.LOST) & Q(lost_on=None)),
                name="lost_pet_has_the_day_and_no_other",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.PASSED_AWAY, died_on__isnull=False)
                | (~Q(status=Status.PASSED_AWAY) & Q(died_on=None)),
                name="passed_away_pet_has_the_day_and_no_other",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="pet_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("pets:file", args=[self.public_id])

    @property
    def stamp(self) -> str:
        return STAMPS[Species(self.species)][0]

    @property
    def ground(self) -> str:
        return STAMPS[Species(self.species)][1]

    @property
    def is_alive(self) -> bool:
        return self.status != Status.PASSED_AWAY

    @property
    def is_lost(self) -> bool:
        return self.status == Status.LOST

    @property
    def has_passed_away(self) -> bool:
        return self.status == Status.PASSED_AWAY

    @property
    def is_registered_species(self) -> bool:
        """Must the Ministry know this animal?"""
        return self.species in REGISTERED

    @property
    def age(self) -> str:
        """As exact as the birthday: whole years, or months in the first two years."""
        if self.born_on is None:
            return ""
        months = _months_between(self.born_on, self.died_on or timezone.localdate())
        if self.born_precision == Precision.YEAR or months >= 24:
            years = max(months // 12, 0)
            return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": max(months, 0)}

    @property
    def has_photo(self) -> bool:
        return bool(self.photo)

    def photo_file(self, size: str) -> Any:
        return storage.private().open(f"{self.photo}-{size}.jpg")


def _months_between(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)

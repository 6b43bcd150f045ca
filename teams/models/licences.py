"""Licences and permits of a business, with the files that show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import ChoicesField
from core.storage import private
from core.uploads import StoredUnder

from ..licence_kinds import Activity, LicenceKind, Species
from ..states import LicenceStatus
from .business import Business, Location


class LicenceQuerySet(models.QuerySet["Licence"]):
    def verified(self) -> LicenceQuerySet:
        """Those that a review has found right, also when their time is over."""
        return self.filter(status__in=[LicenceStatus.IN_FORCE, LicenceStatus.EXPIRED])

    def valid_on(self, day: date) -> LicenceQuerySet:
        """Those on which work may rest that day."""
        lasts = Q(valid_until=None) | Q(valid_until__gte=day)
        return self.filter(lasts, status=LicenceStatus.IN_FORCE, valid_from__lte=day)


class Licence(models.Model):
    """Once in force a row does not change: a renewal is a new row that replaces it when approved."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="licences")
    location = models.ForeignKey(
        Location, models.RESTRICT, related_name="licences", verbose_name=_("branch it is valid for")
    )
    address = models.CharField(_("address it is valid for"), max_length=400, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=LicenceKind.choices)
    number = models.CharField(_("number"), max_length=40)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    activity = models.CharField(_("activity"), max_length=10, choices=Activity.choices, blank=True)
    species = ChoicesField(
        models.CharField(max_length=10, choices=Species.choices),
        verbose_name=_("species"),
        default=list,
        blank=True,
    )
    holder = models.CharField(_("person"), max_length=120, blank=True)
    diploma_number = models.CharField(_("diploma number"), max_length=40, blank=True)
    chamber_number = models.CharField(_("chamber registration number"), max_length=40, blank=True)
    plate = models.CharField(_("plate"), max_length=12, blank=True)
    status = models.CharField(
        _("state"), max_length=10, choices=LicenceStatus.choices, default=LicenceStatus.WAITING
    )
    replaces = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )
    reminded_at = models.PositiveSmallIntegerField(null=True)  # days that were left at the last reminder

    objects = LicenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="licence_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(kind=LicenceKind.PRACTICE)
                | (~Q(holder="") & ~Q(diploma_number="") & ~Q(chamber_number="")),
                name="practice_licence_names_its_vet",
            ),
            models.CheckConstraint(
                condition=~Q(kind=LicenceKind.WORK_PERMIT) | (~Q(activity="") & ~Q(species=[])),
                name="work_permit_names_activity_and_species",
            ),
            models.CheckConstraint(
                condition=~Q(kind=LicenceKind.VEHICLE) | ~Q(plate=""), name="vehicle_permit_names_its_plate"
            ),
            models.CheckConstraint(
                condition=~Q(kind=LicenceKind.DRIVER) | ~Q(holder=""), name="driver_permit_names_its_driver"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def is_in_force(self) -> bool:
        return self.status == LicenceStatus.IN_FORCE

    def is_valid_on(self, day: date) -> bool:
        """As `valid_on` of the queryset says it."""
        lasts = self.valid_until is None or day <= self.valid_until
        return self.is_in_force and self.valid_from <= day and lasts

    @property
    def is_waiting(self) -> bool:
        return self.status == LicenceStatus.WAITING

    @property
    def is_for_another_address(self) -> bool:
        """The branch has moved since the permit was sent. A permit is valid for the address on it."""
        return self.address != self.location.address

    @property
    def species_labels(self) -> list[Any]:
        return [Species(code).label for code in self.species]

    @property
    def shown_number(self) -> str:
        """A permit of the place is public by nature; a person's certificate shows only its end."""
        if self.kind != LicenceKind.DRIVER:
            return self.number
        return "•" * max(0, len(self.number) - 3) + self.number[-3:]


class Evidence(models.Model):
    """A file that shows a licence. Given out only by a view that has asked who reads."""

    licence = models.ForeignKey(Licence, models.CASCADE, related_name="evidence")
    file = models.FileField(upload_to=StoredUnder("evidence"), storage=private)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["licence", "digest"], name="licence_has_a_file_once")]

    def __str__(self) -> str:
        return self.name

"""What stands in the file. Rows are taken out and put back, never deleted: a file is a record."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from teams.models import Business

from ..care import UNITS, Measure, Vaccine
from .pet import Pet


class EntryQuerySet(models.QuerySet[Any]):
    def kept(self) -> EntryQuerySet:
        return self.filter(removed_at=None)


class Entry(models.Model):
    """By a keeper, or by a person of a business that was let in."""

    pet = models.ForeignKey(Pet, models.CASCADE, related_name="%(class)ss")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    business = models.ForeignKey(Business, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(_("written"))
    removed_at = models.DateTimeField(_("taken out"), null=True, blank=True)

    objects: Any = EntryQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def source(self) -> str:
        """Who wrote it, as a reader wants to know it."""
        name = self.author.get_full_name() if self.author else ""
        return ", ".join(part for part in (name, self.business.name if self.business else "") if part)


class Vaccination(Entry):
    vaccine = models.CharField(_("what was given"), max_length=12, choices=Vaccine.choices)
    product = models.CharField(_("product"), max_length=80, blank=True)
    batch = models.CharField(_("batch number"), max_length=40, blank=True)
    given_on = models.DateField(_("given on"))
    given_by = models.CharField(_("given by"), max_length=120, blank=True)
    next_due = models.DateField(_("next"), null=True, blank=True)

    class Meta:
        verbose_name = _("vaccination")
        verbose_name_plural = _("vaccinations")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_due=None) | Q(next_due__gt=F("given_on")), name="next_dose_comes_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_vaccine_display()}, {date_format(self.given_on)}"


class Measurement(Entry):
    kind = models.CharField(_("what was measured"), max_length=11, choices=Measure.choices)
    value = models.DecimalField(_("value"), max_digits=7, decimal_places=3)
    measured_on = models.DateField(_("measured on"))

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["-measured_on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(value__gt=0), name="measurement_is_positive")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.shown}"

    @property
    def shown(self) -> str:
        """`4,2 kg`, without needless zeros."""
        value = Decimal(self.value).normalize()
        value = value.quantize(Decimal(1)) if value == value.to_integral() else value
        return f"{number_format(value)} {UNITS[Measure(self.kind)]}".strip()


class Visibility(models.TextChoices):
    KEEPER = "keeper", _("Only for us who keep the pet")
    SHARED = "shared", _("Also for businesses that may read the file")


class Note(Entry):
    text = models.TextField(_("note"), max_length=4000)
    visibility = models.CharField(
        _("who may read it"), max_length=6, choices=Visibility.choices, default=Visibility.KEEPER
    )

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(business=None) | Q(visibility=Visibility.SHARED),
                name="note_of_a_business_is_shared",
            )
        ]

    def __str__(self) -> str:
        return date_format(self.written_at, "DATETIME_FORMAT")  # never its words: this ends up in logs

"""What a business asks for, what was answered, and what its people have seen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import ChoicesField
from pets.care import Vaccine
from pets.species import Species
from teams.models import Business

from ..kinds import Kind
from ..models import Booking, BookingItem
from .kinds import What

OWN = "own-"


class OwnRequirement(models.Model):
    """Of one business. Never changed: what was asked when somebody booked is asked of her, nothing more."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="own_requirements")
    kind = models.CharField(_("for"), max_length=12, choices=Kind.choices)
    what = models.CharField(_("what you ask for"), max_length=8, choices=What.choices)
    vaccine = models.CharField(_("which vaccination"), max_length=12, choices=Vaccine.choices, blank=True)
    words = models.CharField(_("in your words"), max_length=80, blank=True)
    hint = models.CharField(_("what the customer should know"), max_length=200, blank=True)
    species = ChoicesField(
        models.CharField(max_length=10, choices=Species.choices),
        verbose_name=_("of which animals"),
        default=list,
        blank=True,
    )  # empty: all
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("condition of a business")
        verbose_name_plural = _("conditions of businesses")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[Kind.STAY, Kind.TRANSFER]), name="requirement_is_of_a_kind_that_asks"
            ),
            models.CheckConstraint(
                condition=Q(what=What.VACCINE, words="") & ~Q(vaccine="")
                | Q(what=What.OTHER, vaccine="") & ~Q(words="")
                | Q(what__in=[What.CONTACT, What.VET], vaccine="", words=""),
                name="requirement_says_what_it_asks",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="requirement_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["business", "kind", "what", "vaccine", "words"],
                condition=Q(until=None),
                name="business_asks_for_a_thing_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        return f"{OWN}{self.pk}"

    @property
    def title(self) -> str:
        if self.what == What.VACCINE:
            return str(self.get_vaccine_display())
        return self.words or str(self.get_what_display())

    @property
    def species_labels(self) -> list[Any]:
        return [Species(code).label for code in self.species]

    def asked_of(self, species: str) -> bool:
        return not self.species or species in self.species


class Answer(models.Model):
    """What was said about one animal: a number, a vaccination with its days, or that it will be there."""

    item = models.ForeignKey(BookingItem, models.CASCADE, related_name="answers")
    code = models.CharField(max_length=24)
    text = models.CharField(max_length=120, blank=True)
    given_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer before arrival")
        verbose_name_plural = _("answers before arrival")
        constraints = [
            models.UniqueConstraint(fields=["item", "code"], name="animal_has_an_answer_once"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(given_on__isnull=False, valid_until__gt=F("given_on")),
                name="answer_lasts_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Tick(models.Model):
    """A person of the business has seen it, or does without it and says why."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="ticks")
    item = models.ForeignKey(BookingItem, models.CASCADE, null=True, blank=True, related_name="ticks")
    code = models.CharField(max_length=24)
    waived_for = models.CharField(_("why it was waived"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("seen on arrival")
        verbose_name_plural = _("seen on arrival")
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "item", "code"], nulls_distinct=False, name="requirement_is_ticked_once"
            ),
            models.CheckConstraint(
                condition=Q(waived_for="") | Q(code__startswith=OWN), name="law_is_not_waived"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Care(models.Model):
    """Whom to call while the animals are there."""

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="care")
    contact_name = models.CharField(_("Whom we may call in an emergency"), max_length=120, blank=True)
    contact_phone = models.CharField(_("Her phone"), max_length=16, blank=True)
    vet_name = models.CharField(_("Its own vet"), max_length=120, blank=True)
    vet_phone = models.CharField(_("Phone of the vet"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("care of a booking")
        verbose_name_plural = _("care of bookings")

    def __str__(self) -> str:
        return f"#{self.booking_id}"


class Diet(models.Model):
    """How one animal is fed, and what it is given."""

    item: Any = models.OneToOneField(BookingItem, models.CASCADE, related_name="diet")
    feeding = models.CharField(_("Feeding"), max_length=500, blank=True)
    medicine = models.CharField(_("Medicine"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("diet of an animal")
        verbose_name_plural = _("diets of animals")

    def __str__(self) -> str:
        return f"#{self.item_id}"

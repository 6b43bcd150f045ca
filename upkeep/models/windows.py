"""A window of upkeep: when, which parts, what it does to those who come, and what they were told."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..states import AHEAD, PAST, Effect, Kind, Status
from .components import Component
from .words import Bilingual

NOTICE = timedelta(hours=48)  # the promise of the help page
WITHOUT_END = timedelta(minutes=15)  # when to try again while nobody knows the end


class WindowQuerySet(models.QuerySet["MaintenanceWindow"]):
    def public(self) -> WindowQuerySet:
        """What people have heard of."""
        return self.exclude(status=Status.DRAFT)

    def ahead(self) -> WindowQuerySet:
        return self.filter(status__in=AHEAD).order_by("starts_at", "pk")

    def running(self) -> WindowQuerySet:
        return self.filter(status=Status.IN_PROGRESS).order_by("starts_at", "pk")


class MaintenanceWindow(Bilingual, models.Model):
    """`announced_at` is when what holds now was told: a wider period has to be told anew.

    A planned window ends by itself. An unplanned one may have no end yet: then a person ends it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PLANNED)
    effect = models.CharField(_("meanwhile"), max_length=10, choices=Effect.choices)
    components = models.ManyToManyField(Component, related_name="windows", verbose_name=_("parts"))
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    text = models.TextField(_("what we do"), max_length=1000)
    text_en = models.TextField(_("what we do, in English"), max_length=1000, blank=True)
    advice = models.TextField(_("what is good to finish before"), max_length=500, blank=True)
    advice_en = models.TextField(_("what is good to finish before, in English"), max_length=500, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)  # rises with each edit; who decides names what she saw
    announced_at = models.DateTimeField(_("announced"), null=True)
    begun_at = models.DateTimeField(_("begun"), null=True)
    over_at = models.DateTimeField(_("over since"), null=True)  # ended or called off
    changed_at = models.DateTimeField(_("changed"))
    reason = models.TextField(_("why it was called off"), max_length=500, blank=True)
    reason_en = models.TextField(_("why it was called off, in English"), max_length=500, blank=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="continued_by")

    objects = WindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("window of maintenance")
        verbose_name_plural = _("windows of maintenance")
        ordering = ["-starts_at", "-pk"]
        permissions = [
            ("run_upkeep", "Can plan, announce and run maintenance"),
            ("read_receipts", "Can read who was told of maintenance and when"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kind.EMERGENCY)
                | Q(announced_at=None)
                | Q(starts_at__gte=F("announced_at") + NOTICE),
                name="planned_window_is_announced_48_hours_ahead",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=False) | Q(kind=Kind.EMERGENCY), name="planned_window_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="window_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, announced_at=None)
                | (~Q(status=Status.DRAFT) & Q(announced_at__isnull=False)),
                name="window_people_heard_of_says_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.IN_PROGRESS, Status.DONE]) | Q(begun_at__isnull=False),
                name="running_window_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(status__in=PAST, over_at__isnull=False) | (~Q(status__in=PAST) & Q(over_at=None)),
                name="window_that_is_over_says_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CANCELLED) | ~Q(reason=""), name="window_called_off_says_why"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="window_has_a_known_kind"),
            models.CheckConstraint(condition=Q(effect__in=Effect.values), name="window_has_a_known_effect"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="window_has_a_known_state"),
        ]
        indexes = [
            models.Index(fields=["starts_at"], condition=Q(status__in=AHEAD), name="window_ahead"),
            models.Index(
                F("starts_at").desc(), F("id").desc(), condition=Q(status__in=PAST), name="window_past"
            ),
        ]

    def __str__(self) -> str:
        return self.said("title")

    def get_absolute_url(self) -> str:
        return reverse("upkeep:window", args=[self.public_id])

    @property
    def is_planned(self) -> bool:
        return self.kind == Kind.PLANNED

    @property
    def parts(self) -> list[Component]:
        return list(self.components.all())

    @property
    def next(self) -> MaintenanceWindow | None:
        """The unplanned one that goes on from here."""
        return getattr(self, "continued_by", None)

    def ahead_of(self, moment: datetime) -> timedelta:
        """How long before its beginning this was."""
        return self.starts_at - moment


class Update(Bilingual, models.Model):
    """How it goes, in words, for the status page."""

    window = models.ForeignKey(MaintenanceWindow, models.CASCADE, related_name="updates")
    at = models.DateTimeField(_("when"))
    text = models.TextField(_("how it goes"), max_length=1000)
    text_en = models.TextField(_("how it goes, in English"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y %H:%M}"

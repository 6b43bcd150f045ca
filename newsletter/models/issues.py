"""The issue of a month, what stands in it, and its way to each reader."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.audiences import Audience
from core.fields import ChoicesField

from ..states import DeliveryStatus, IssueStatus, Why
from .subscriptions import Subscription

ONE_LINE = RegexValidator(r"^[^\x00-\x1f\x7f\u2028\u2029]*$", _("Write it in one line."))
SHOWN = "newsletter"  # the tag of kept answers that show sent issues


class IssueQuerySet(models.QuerySet["Issue"]):
    def public(self) -> IssueQuerySet:
        """What readers may see: issues that were sent, also where a few mails are sent once more."""
        return self.exclude(finished_at=None).order_by("-month")


class Issue(models.Model):
    month = models.DateField(_("month"), unique=True)
    status = models.CharField(
        _("status"), max_length=10, choices=IssueStatus.choices, default=IssueStatus.DRAFT
    )
    subject_tr = models.CharField(_("subject in Turkish"), max_length=120, blank=True, validators=[ONE_LINE])
    subject_en = models.CharField(_("subject in English"), max_length=120, blank=True, validators=[ONE_LINE])
    intro_tr = models.TextField(_("introduction in Turkish"), blank=True, max_length=3000)
    intro_en = models.TextField(_("introduction in English"), blank=True, max_length=3000)
    version = models.PositiveSmallIntegerField(default=0)
    assembled_at = models.DateTimeField(_("assembled"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("released by")
    )
    released_at = models.DateTimeField(_("released"), null=True)
    finished_at = models.DateTimeField(_("sent"), null=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")
        ordering = ["-month"]
        permissions = [
            ("assemble_issue", _("Can prepare newsletters")),
            ("release_issue", _("Can release newsletters")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="issue_is_of_a_whole_month"),
            models.CheckConstraint(
                condition=Q(status__in=IssueStatus.values), name="issue_has_a_known_status"
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | Q(submitted_by=None) | ~Q(released_by=F("submitted_by")),
                name="issue_is_released_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "skipped"], released_at=None)
                | Q(status__in=["sending", "paused", "sent"], released_at__isnull=False),
                name="issue_leaves_after_its_release",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["submitted", "sending", "paused", "sent"])
                | (~Q(subject_tr="") & ~Q(subject_en="")),
                name="issue_with_readers_has_its_subjects",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("newsletter:issue", args=[self.key])

    @property
    def title(self) -> str:
        return date_format(self.month, "F Y")

    @property
    def key(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def is_open(self) -> bool:
        return self.status == IssueStatus.DRAFT

    def subject(self, locale: str) -> str:
        return str(getattr(self, f"subject_{locale}"))

    def intro(self, locale: str) -> str:
        return str(getattr(self, f"intro_{locale}"))


class IssueItem(models.Model):
    """One post. Its words are those that were submitted; before that they are read from the post."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items")
    key = models.UUIDField()  # the post in all its languages
    position = models.PositiveSmallIntegerField(_("place"))
    is_dropped = models.BooleanField(_("left out"), default=False)
    audiences = ChoicesField(
        models.CharField(max_length=10, choices=Audience.choices), default=list, blank=True
    )
    words = models.JSONField(default=dict)  # language → title, summary, url

    class Meta:
        verbose_name = _("part of an issue")
        verbose_name_plural = _("parts of an issue")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "key"], name="post_stands_in_an_issue_once")]

    def __str__(self) -> str:
        return str(self.words.get("tr", {}).get("title", self.key))


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> DeliveryQuerySet:
        return self.filter(status=DeliveryStatus.WAITING, due_at__lte=now, issue__status=IssueStatus.SENDING)

    def open(self) -> DeliveryQuerySet:
        return self.filter(status__in=[DeliveryStatus.WAITING, DeliveryStatus.CLAIMED])


class Delivery(models.Model):
    """One issue on its way to one reader: the row is the proof that it went once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="deliveries", verbose_name=_("issue"))
    subscription = models.ForeignKey(
        Subscription, models.SET_NULL, null=True, related_name="deliveries", verbose_name=_("subscription")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=DeliveryStatus.choices, default=DeliveryStatus.WAITING
    )
    due_at = models.DateTimeField(_("not before"))
    claimed_at = models.DateTimeField(null=True)
    at = models.DateTimeField(_("when"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.CharField(_("reason"), max_length=500, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of an issue")
        verbose_name_plural = _("deliveries of issues")
        constraints = [
            models.UniqueConstraint(fields=["issue", "subscription"], name="issue_goes_to_a_reader_once"),
            models.CheckConstraint(
                condition=Q(status__in=DeliveryStatus.values), name="issue_delivery_has_a_known_status"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting") | Q(status="withheld") | Q(claimed_at__isnull=False),
                name="issue_was_claimed_before_it_left",
            ),
        ]
        indexes = [
            models.Index(
                fields=["issue", "due_at", "id"], condition=Q(status="waiting"), name="issue_waiting"
            ),
            models.Index(fields=["claimed_at"], condition=Q(status="claimed"), name="issue_claimed"),
            models.Index(fields=["issue", "status"], name="issue_progress"),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} → {self.subscription_id}"

    @property
    def reason(self) -> str:
        """In words where it is one of ours, else as the mail server said it."""
        return str(Why(self.error).label) if self.error in Why.values else self.error

    @property
    def message_id(self) -> str:
        """The same at each try, so that a mailbox which got it twice can tell."""
        return f"<bulten.{self.public_id.hex}@diji.vet>"

"""What a person asks about her data (KVKK, article 11), with the clock that runs."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.storage import private

from ..states import RequestStatus

ANSWER_WITHIN = timedelta(days=30)
ASK_AFTER = (timedelta(days=20), timedelta(days=27))


class RequestKind(models.TextChoices):
    ACCESS = "access", _("What do you know about me?")
    EXPORT = "export", _("A copy of my data")
    CORRECT = "correct", _("Something is wrong")
    OBJECT = "object", _("I object")
    ERASE = "erase", _("Close my account and erase it")


class DataRequest(models.Model):
    number = models.CharField(_("number"), max_length=20, unique=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="data_requests", verbose_name=_("who")
    )
    kind = models.CharField(_("asks"), max_length=10, choices=RequestKind.choices)
    text = models.TextField(_("in her words"), blank=True, max_length=2000)
    status = models.CharField(
        _("status"), max_length=10, choices=RequestStatus.choices, default=RequestStatus.OPEN
    )
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("answer due"))
    answer = models.TextField(_("answer"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RequestKind.values), name="data_request_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=RequestStatus.values), name="data_request_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status=RequestStatus.OPEN, closed_at=None)
                | (~Q(status=RequestStatus.OPEN) & Q(closed_at__isnull=False)),
                name="a_closed_data_request_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(due_at__lte=F("asked_at") + ANSWER_WITHIN),
                name="data_requests_are_answered_in_30_days",
            ),
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=Q(status=RequestStatus.OPEN),
                name="one_open_data_request_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.status == RequestStatus.OPEN

    def days_running(self, now: datetime) -> int:
        return (now - self.asked_at).days


class Export(models.Model):
    """The files of an answer. They are private and end after a week."""

    request = models.OneToOneField(DataRequest, models.CASCADE, related_name="export")
    json = models.FileField(storage=private, upload_to="exports/")
    pdf = models.FileField(storage=private, upload_to="exports/")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"export #{self.pk}"

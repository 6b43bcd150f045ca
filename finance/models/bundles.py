"""Documents on their way to people: by mail, one for each; as one file of many."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from core.storage import private

from .documents import Document

ONE_OWNER = Q(user=None, business__isnull=False) | Q(user__isnull=False, business=None)


class DocumentMails(models.Model):
    """The switch: documents issued from `since` on go by mail. No row: off."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="document_mails"
    )
    business = models.OneToOneField(
        "teams.Business", models.CASCADE, null=True, related_name="document_mails"
    )
    since = models.DateTimeField()
    locale = models.CharField(max_length=5, default=settings.LANGUAGE_CODE)

    class Meta:
        verbose_name = _("mails of documents")
        verbose_name_plural = _("mails of documents")
        constraints = [models.CheckConstraint(condition=ONE_OWNER, name="document_mails_have_one_owner")]

    def __str__(self) -> str:
        return f"{self.user_id or self.business_id}"


class DocumentMailed(models.Model):
    """This document went to this owner by mail. Unique, so there is one mail."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="mailed")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    business = models.ForeignKey("teams.Business", models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("mailed document")
        verbose_name_plural = _("mailed documents")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "user", "business"],
                nulls_distinct=False,
                name="document_is_mailed_once_to_an_owner",
            ),
            models.CheckConstraint(condition=ONE_OWNER, name="mailed_document_has_one_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}"


class BundleForm(TextChoices):
    ZIP = "zip", _("ZIP")
    PDF = "pdf", _("One PDF")


class BundleStatus(TextChoices):
    WAITING = "waiting", _("Waiting")
    WORKING = "working", _("In preparation")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


OPEN = [BundleStatus.WAITING, BundleStatus.WORKING]


class BundleQuerySet(models.QuerySet["Bundle"]):
    def of(self, user: Any, business: Any = None) -> BundleQuerySet:
        """Those she asked for herself, in her own panel or in that of this business."""
        return self.filter(asked_by=user, business=business)


class Bundle(models.Model):
    """Many documents as one file, made in the background. `documents` are fixed when it is asked for."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="document_bundles")
    business = models.ForeignKey("teams.Business", models.CASCADE, null=True, related_name="document_bundles")
    form = models.CharField(max_length=3, choices=BundleForm.choices)
    name = models.CharField(max_length=80)
    documents = ArrayField(models.BigIntegerField())
    done = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=BundleStatus.choices, default=BundleStatus.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    file = models.FileField(storage=private, upload_to="bundles/", blank=True)
    size = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("bundle of documents")
        verbose_name_plural = _("bundles of documents")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=BundleStatus.values), name="bundle_status_is_known"
            ),
            models.CheckConstraint(condition=Q(form__in=BundleForm.values), name="bundle_form_is_known"),
            models.CheckConstraint(
                condition=~Q(status=BundleStatus.READY) | (~Q(file="") & Q(ready_at__isnull=False)),
                name="ready_bundle_has_its_file",
            ),
        ]
        indexes = [
            models.Index(F("asked_at"), condition=Q(status__in=OPEN), name="bundle_open"),
            models.Index(fields=["asked_by", "-asked_at"], name="bundle_of_person"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def total(self) -> int:
        return len(self.documents)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def file_name(self) -> str:
        return f"{self.name}.{self.form}"

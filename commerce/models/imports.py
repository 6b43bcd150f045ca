"""Many products from one file: what was read, what it would do, what it did, how to take it back."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commerce.states import IMPORT_WORKING, ImportStatus, RowStatus
from core.storage import private


class Import(models.Model):
    """A row that the worker carries on with. `position` is the last row that is done with in this step."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey("partner.Partner", models.CASCADE, related_name="imports")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("file"), max_length=120)
    file = models.FileField(storage=private, upload_to="imports/", max_length=200)
    form = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "XLSX")])
    locale = models.CharField(max_length=8, default=settings.LANGUAGE_CODE)
    status = models.CharField(
        _("state"), max_length=10, choices=ImportStatus.choices, default=ImportStatus.READING
    )
    # why the file as a whole cannot be used, or what of it is left out
    trouble = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ImportStatus.values), name="import_has_a_known_state"
            ),
            models.UniqueConstraint(
                fields=["partner"],
                condition=Q(status__in=IMPORT_WORKING),
                name="seller_imports_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(F("asked_at"), condition=Q(status__in=IMPORT_WORKING), name="import_open"),
            models.Index(fields=["partner", "-asked_at", "-id"], name="import_of_seller"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        return self.status in IMPORT_WORKING


class ImportRow(models.Model):
    """One line of the file. `before` is what the offer and the product were, so that it can be taken back."""

    run = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the reader's program counts lines
    sku = models.CharField(max_length=128, blank=True)
    status = models.CharField(max_length=10, choices=RowStatus.choices)
    data = models.JSONField(default=dict)
    errors = models.JSONField(default=list)  # [{"column": ..., "text": ...}]
    changes = models.JSONField(default=list)  # names of fields that change
    before = models.JSONField(default=dict)
    product = models.ForeignKey(
        "catalogue.Product", models.SET_NULL, null=True, db_index=True, related_name="+"
    )
    record = models.ForeignKey("partner.StockRecord", models.SET_NULL, null=True, related_name="+")
    is_done = models.BooleanField(default=False)
    is_undone = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="row_of_an_import_is_read_once"),
            models.CheckConstraint(condition=Q(status__in=RowStatus.values), name="row_has_a_known_state"),
        ]
        indexes = [models.Index(fields=["run", "status", "number"], name="row_of_import")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"

"""What the buyer was told by one seller, and what she agreed to, as it stood on that day."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.storage import private


class PdfState(models.TextChoices):
    WAITING = "waiting", _("Being made")
    MADE = "made", _("Made")


class Contract(models.Model):
    """Pre-information and distance sales contract of one parcel, each confirmed apart.

    A parcel cannot exist without one. `facts` is all that its PDF says; the database lets nobody change or
    delete a row, only its file is filled in once.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    business = models.ForeignKey("teams.Business", models.PROTECT, related_name="sales_contracts")
    information = models.ForeignKey("legal.Version", models.PROTECT, related_name="+")
    terms = models.ForeignKey("legal.Version", models.PROTECT, related_name="+")
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)  # of the facts, as the buyer's page carried it
    informed_at = models.DateTimeField(_("pre-information confirmed"))
    agreed_at = models.DateTimeField(_("contract confirmed"))
    ip = models.GenericIPAddressField(_("address"), null=True)
    locale = models.CharField(_("language"), max_length=8)
    pdf_state = models.CharField(max_length=10, choices=PdfState.choices, default=PdfState.WAITING)
    file = models.FileField(storage=private, upload_to="contracts/", blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("distance sales contract")
        verbose_name_plural = _("distance sales contracts")
        constraints = [
            models.CheckConstraint(
                condition=Q(informed_at__lte=F("agreed_at")), name="buyer_is_informed_before_she_agrees"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$") & ~Q(facts={}), name="contract_says_something"
            ),
            models.CheckConstraint(
                condition=Q(pdf_state=PdfState.WAITING, file="", file_sha256="")
                | (Q(pdf_state=PdfState.MADE, file_sha256__regex=r"^[0-9a-f]{64}$") & ~Q(file="")),
                name="made_contract_has_its_fingerprint",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(pdf_state=PdfState.WAITING), name="contract_without_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}"

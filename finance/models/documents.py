"""Documents of what was paid: numbered by the database, never changed (migration 0005).

What stands on a document is frozen in `facts`. Later only the file and what the tax office's side says of it
are added. Amounts include VAT and are positive on every kind; a credit note gives back, so sums take it off.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.storage import private

from .lines import CommissionLine


class DocumentKind(TextChoices):
    INVOICE = "invoice", _("Invoice")
    RECEIPT = "receipt", _("Receipt")
    CREDIT_NOTE = "credit_note", _("Credit note")
    COMMISSION_INVOICE = "commission_invoice", _("Commission invoice")
    STATEMENT = "statement", _("Account statement")


# What the tax office is told of, in one series of its issuer without a gap.
TAXED = [DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.COMMISSION_INVOICE]
OF_BUSINESS = [DocumentKind.COMMISSION_INVOICE, DocumentKind.STATEMENT]  # from us, to a business


class FileState(TextChoices):
    WAITING = "waiting", _("In preparation")
    MADE = "made", _("Ready")


class EState(TextChoices):
    """How far the electronic original is."""

    NOT_NEEDED = "not_needed", _("Not needed")
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    UNKNOWN = "unknown", _("No answer yet")


class DocumentCounter(models.Model):
    """The last number of a series. The database counts, in the transaction that issues."""

    issuer = models.ForeignKey("teams.Business", models.PROTECT, null=True, related_name="+")
    series = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("counter of documents")
        verbose_name_plural = _("counters of documents")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "series", "year"], nulls_distinct=False, name="series_is_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def of_person(self, user: Any) -> DocumentQuerySet:
        return self.filter(user=user)

    def of_business(self, business: Any) -> DocumentQuerySet:
        """What it issued, and what we issued to it."""
        return self.filter(in_books_of=business.pk)


class Document(models.Model):
    """`issuer` empty: Diji.vet itself. `user` or `business` is who it is for; neither: a guest."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    series = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField(editable=False, default=0)  # these three: by the database
    sequence = models.PositiveIntegerField(editable=False, default=0)
    number = models.CharField(_("number"), max_length=16, editable=False, default="")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ettn = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuer = models.ForeignKey(
        "teams.Business", models.PROTECT, null=True, related_name="issued_documents", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="documents", db_index=False
    )
    business = models.ForeignKey(
        "teams.Business", models.PROTECT, null=True, related_name="documents", db_index=False
    )
    in_books_of = models.GeneratedField(
        expression=Coalesce(F("issuer"), F("business")),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    of = models.ForeignKey("self", models.PROTECT, null=True, related_name="credit_notes")
    line = models.ForeignKey(CommissionLine, models.PROTECT, null=True, related_name="documents")
    subject = models.CharField(_("subject"), max_length=200)
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    facts = models.JSONField(default=dict)
    gross = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    vat = models.DecimalField(_("VAT"), max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="TRY")
    issued_at = models.DateTimeField(_("issued"))
    issued_on = models.DateField(_("day"))

    pdf_state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.WAITING)
    file = models.FileField(storage=private, upload_to="documents/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    e_state = models.CharField(_("state"), max_length=12, choices=EState.choices)
    e_channel = models.CharField(max_length=20, blank=True)  # who carried it; `yerel` is nobody
    e_reference = models.CharField(max_length=80, blank=True)
    e_note = models.CharField(max_length=500, blank=True)
    e_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "series", "year", "sequence"],
                nulls_distinct=False,
                name="number_is_given_once",
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[A-Z0-9]{3}20\d{2}\d{9}$"), name="number_has_its_form"
            ),
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=DocumentKind.CREDIT_NOTE, of__isnull=False)
                | (~Q(kind=DocumentKind.CREDIT_NOTE) & Q(of=None)),
                name="credit_note_names_its_document",
            ),
            models.CheckConstraint(
                condition=Q(kind=DocumentKind.STATEMENT) | Q(gross__gt=0, vat__gte=0, vat__lt=F("gross")),
                name="document_is_about_money",
            ),
            models.CheckConstraint(
                condition=Q(user=None) | Q(business=None), name="document_has_one_recipient"
            ),
            models.CheckConstraint(
                condition=Q(issuer=None) | Q(business=None), name="business_gets_documents_from_us"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=OF_BUSINESS) | Q(issuer=None, business__isnull=False),
                name="what_we_charge_goes_to_a_business",
            ),
            models.CheckConstraint(
                condition=Q(pdf_state=FileState.WAITING, file="", sha256="")
                | (Q(pdf_state=FileState.MADE, sha256__regex=r"^[0-9a-f]{64}$") & ~Q(file="")),
                name="made_file_has_its_fingerprint",
            ),
            models.CheckConstraint(condition=Q(e_state__in=EState.values), name="e_state_is_known"),
            models.CheckConstraint(
                condition=Q(e_state__in=[EState.NOT_NEEDED, EState.WAITING]) | ~Q(e_channel=""),
                name="sent_document_names_its_carrier",
            ),
        ]
        indexes = [
            models.Index("user", F("issued_on").desc(), F("id").desc(), name="document_of_person"),
            models.Index("in_books_of", F("issued_on").desc(), F("id").desc(), name="document_of_business"),
            models.Index(
                fields=["id"], condition=Q(pdf_state=FileState.WAITING), name="document_without_file"
            ),
            models.Index(
                fields=["e_at", "id"],
                condition=Q(e_state__in=[EState.WAITING, EState.SENT, EState.UNKNOWN]),
                name="document_on_its_way",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def net(self) -> Any:
        return self.gross - self.vat

    @property
    def signed(self) -> Any:
        """As it counts in a sum: a credit note gives back."""
        return -self.gross if self.kind == DocumentKind.CREDIT_NOTE else self.gross

    @property
    def file_name(self) -> str:
        return f"{self.number}.pdf"

    @property
    def path_in_zip(self) -> str:
        """Numbers repeat with another issuer, so the day stands before them and the issuer behind."""
        issuer = f"-{self.issuer_id}" if self.issuer_id else ""
        return f"{self.issued_on:%Y-%m}/{self.number}{issuer}.pdf"

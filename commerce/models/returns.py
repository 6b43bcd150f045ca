"""Goods that come back: what a buyer announced, how it travelled, what the seller found, what we decided."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import storage, uploads

from ..return_states import Decision, Ground, NotTaken, ReturnStatus

MONEY_KNOWN = [ReturnStatus.ACCEPTED, ReturnStatus.REFUNDED]


class ReturnQuerySet(models.QuerySet["ReturnRequest"]):
    def of_buyer(self, user: Any) -> ReturnQuerySet:
        return self.filter(parcel__order__user=user)

    def of_business(self, business: Any) -> ReturnQuerySet:
        return self.filter(business=business)


class ReturnRequest(models.Model):
    """One announcement for pieces of one parcel. Its notice counts as withdrawal from `asked_at` on."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True, editable=False)  # of the form: pressed twice, once
    parcel = models.ForeignKey("order.SellerOrder", models.PROTECT, related_name="returns")
    business = models.ForeignKey("teams.Business", models.PROTECT, related_name="returns")
    code = models.CharField(_("return code"), max_length=8)
    status = models.CharField(
        _("state"), max_length=10, choices=ReturnStatus.choices, default=ReturnStatus.ASKED
    )
    ground = models.CharField(_("why"), max_length=16, choices=Ground.choices, default=Ground.WITHDRAWAL)
    words = models.TextField(_("in your words"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(_("announced"))
    send_by = models.DateField(_("to be sent by"))
    refund_by = models.DateField(_("money back by law until"))
    carrier = models.CharField(_("carrier"), max_length=40, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=40, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    act_at = models.DateTimeField(_("next step"), null=True, blank=True)  # none: nothing left for a machine
    reminded_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(  # nobody: the seller let the time pass
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    delivery = models.DecimalField(_("delivery"), max_digits=12, decimal_places=2, default=0)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    refund = models.OneToOneField(
        "payments.Refund", models.PROTECT, null=True, blank=True, related_name="returned"
    )
    is_restocked = models.BooleanField(_("back on the shelf"), null=True, blank=True)
    refusal = models.CharField(_("refused because"), max_length=12, choices=NotTaken.choices, blank=True)
    refusal_words = models.TextField(_("what the seller found"), max_length=1000, blank=True)
    disputed_at = models.DateTimeField(_("disputed"), null=True, blank=True)
    dispute = models.TextField(_("what the buyer says to it"), max_length=1000, blank=True)
    decision = models.CharField(_("our decision"), max_length=6, choices=Decision.choices, blank=True)
    decision_words = models.TextField(_("why"), max_length=1000, blank=True)
    decision_at = models.DateTimeField(null=True, blank=True)
    decision_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        ordering = ["-asked_at", "-pk"]
        permissions = [("decide_returns", _("May decide about returns that buyer and seller dispute"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ReturnStatus.values), name="return_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["arrived", "refused"]) | Q(arrived_at__isnull=False),
                name="arrived_return_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sent"]) | Q(sent_at__isnull=False), name="sent_return_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | (~Q(refusal="") & ~Q(refusal_words="")),
                name="return_is_refused_for_a_named_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=MONEY_KNOWN)
                | Q(amount__isnull=False, decided_at__isnull=False)
                & (Q(amount=0) | Q(amount__gt=0, refund__isnull=False)),
                name="accepted_return_gives_money_back",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | (Q(decision_at__isnull=False) & ~Q(decision_words="")),
                name="decision_says_when_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["business", "status", "-asked_at", "-id"], name="return_of_business"),
            models.Index(fields=["business", "code"], name="return_by_code"),
            models.Index(fields=["act_at"], name="return_to_act_on", condition=Q(act_at__isnull=False)),
            models.Index(
                fields=["disputed_at"],
                name="return_in_dispute",
                condition=Q(disputed_at__isnull=False, decision=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("my_return", args=[self.public_id])

    @property
    def is_disputed(self) -> bool:
        return self.disputed_at is not None and not self.decision


class ReturnLine(models.Model):
    """`amount` is what these pieces cost; it is fixed when they are accepted."""

    request = models.ForeignKey(ReturnRequest, models.CASCADE, related_name="lines")
    line = models.ForeignKey("order.Line", models.PROTECT, related_name="return_lines")
    pieces = models.PositiveIntegerField(_("pieces"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(pieces__gt=0), name="return_line_has_pieces"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="return_line_costs_nothing_less"),
            models.UniqueConstraint(fields=["request", "line"], name="return_has_a_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pieces} × {self.line_id}"


class ReturnPhoto(models.Model):
    """Evidence of one side. It opens where the return opens."""

    request = models.ForeignKey(ReturnRequest, models.CASCADE, related_name="photos")
    is_of_seller = models.BooleanField()
    file = models.FileField(storage=storage.private, upload_to=uploads.StoredUnder("returns"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.pk}"

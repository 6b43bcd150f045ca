"""What has to be paid, and each try to bring the money here."""

from __future__ import annotations

import secrets
import string
import uuid
from typing import cast

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from teams import modules

from ..contracts import Payable
from ..providers.base import Method
from ..states import AttemptStatus, PaymentStatus

REFERENCE_SIGNS = string.ascii_uppercase + string.digits
REFERENCE_LENGTH = 20


def new_reference() -> str:
    """Legal for every gateway: 20 characters of A–Z and 0–9, random."""
    return "".join(secrets.choice(REFERENCE_SIGNS) for _ in range(REFERENCE_LENGTH))


class Payment(models.Model):
    """One basket of things to pay, by one payer, once. `key` is the caller's: asked again, it is the same."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=120, unique=True)
    payer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="payments"
    )
    email = models.EmailField(_("e-mail"), blank=True)  # of a guest
    name = models.CharField(_("name"), max_length=120, blank=True)  # of a guest, for the document
    locale = models.CharField(max_length=8, default="tr")  # in which we write to a guest
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="TRY")
    status = models.CharField(
        _("state"), max_length=10, choices=PaymentStatus.choices, default=PaymentStatus.OPEN
    )
    wallet_amount = models.DecimalField(  # set aside of the wallet for this payment
        _("from the wallet"), max_digits=12, decimal_places=2, default=0
    )
    created_at = models.DateTimeField(_("begun"))
    expires_at = models.DateTimeField(_("open until"))
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_of_something"),
            models.CheckConstraint(
                condition=Q(wallet_amount__gte=0, wallet_amount__lte=F("amount")),
                name="wallet_pays_a_part_of_the_payment",
            ),
            models.CheckConstraint(
                condition=Q(wallet_amount=0) | Q(payer__isnull=False), name="guest_has_no_wallet"
            ),
            models.CheckConstraint(
                condition=Q(status=PaymentStatus.PAID, paid_at__isnull=False)
                | (~Q(status=PaymentStatus.PAID) & Q(paid_at=None)),
                name="paid_payment_says_when",
            ),
            models.CheckConstraint(
                condition=Q(status__in=PaymentStatus.values), name="payment_has_a_known_state"
            ),
        ]
        indexes = [
            models.Index(fields=["payer", "-created_at", "-id"], name="payment_of_payer"),
            models.Index(fields=["expires_at"], name="payment_open", condition=Q(status=PaymentStatus.OPEN)),
        ]
        permissions = [
            ("read_payments", _("May search payments and read their time line")),
            ("refund_payments", _("May give money back")),
            ("reconcile_payments", _("May settle differences with banks and providers")),
            ("approve_payouts", _("May approve what leaves our account")),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.amount}"


class PaymentItem(models.Model):
    """One thing that is paid. What it is stands frozen here; `payable` reacts to the money."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="items")
    payable_type = models.ForeignKey("contenttypes.ContentType", models.PROTECT, related_name="+")
    payable_id = models.BigIntegerField()
    payable = GenericForeignKey("payable_type", "payable_id")
    payee = models.ForeignKey(
        "teams.Business", models.PROTECT, null=True, blank=True, related_name="payment_items"
    )
    module = models.CharField(
        max_length=20, blank=True, choices=[(one.code, one.label) for one in modules.ALL]
    )
    category = models.CharField(max_length=40, blank=True)
    text = models.CharField(_("what for"), max_length=200)
    sold = models.JSONField(default=list)  # lines of `finance.sold.Sold`
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    refunded = models.DecimalField(_("given back"), max_digits=12, decimal_places=2, default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    line = models.OneToOneField(
        "finance.CommissionLine", models.PROTECT, null=True, blank=True, related_name="payment_item"
    )

    class Meta:
        verbose_name = _("item of a payment")
        verbose_name_plural = _("items of payments")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="item_is_of_something"),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("amount")), name="item_gives_back_what_it_took"
            ),
            models.UniqueConstraint(
                fields=["payment", "payable_type", "payable_id"], name="payment_has_a_thing_once"
            ),
            models.UniqueConstraint(  # two payments of one thing: the second is not settled but given back
                fields=["payable_type", "payable_id"],
                condition=Q(settled_at__isnull=False),
                name="thing_is_settled_once",
            ),
        ]
        indexes = [models.Index(fields=["payable_type", "payable_id"], name="item_of_payable")]

    def __str__(self) -> str:
        return f"{self.text} {self.amount}"

    @property
    def thing(self) -> Payable:
        """What is paid; its room keeps it as long as its payment."""
        return cast("Payable", self.payable)


class Attempt(models.Model):
    """One try through one provider. Committed before the provider hears of it."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="attempts")
    provider = models.CharField(_("provider"), max_length=20)
    method = models.CharField(_("method"), max_length=10, choices=Method.choices)
    reference = models.CharField(
        _("reference"), max_length=REFERENCE_LENGTH, unique=True, default=new_reference, editable=False
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="TRY")
    status = models.CharField(
        _("state"), max_length=20, choices=AttemptStatus.choices, default=AttemptStatus.CREATED
    )
    remote = models.JSONField(default=dict)  # ids and tokens of the provider
    step = models.JSONField(default=dict)  # what the customer does now, so that she can come back to it
    captured = models.DecimalField(  # what is here of it
        max_digits=12, decimal_places=2, default=0
    )
    told = models.DecimalField(  # what the provider spoke of, where it is not what we asked for
        max_digits=12, decimal_places=2, null=True, blank=True
    )
    paid_amount = models.DecimalField(  # what the customer was charged; more than `amount` with instalments
        max_digits=12, decimal_places=2, null=True, blank=True
    )
    fee = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    installments = models.PositiveSmallIntegerField(default=1)
    refunded = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    code = models.CharField(max_length=60, blank=True)  # the provider's word for a refusal
    reason = models.CharField(max_length=20, blank=True)  # ours
    created_at = models.DateTimeField(_("begun"))
    captured_at = models.DateTimeField(_("captured"), null=True, blank=True)
    expires_at = models.DateTimeField(_("open until"))
    look_at = models.DateTimeField(_("asked next"), null=True, blank=True)  # none: nothing left to ask
    looks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="attempt_is_of_something"),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[A-Z0-9]{20}$"), name="reference_is_legal_for_all_gateways"
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("captured")),
                name="attempt_gives_back_what_it_took",
            ),
            models.CheckConstraint(
                condition=Q(captured=0, captured_at=None) | Q(captured__gt=0, captured_at__isnull=False),
                name="captured_money_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=AttemptStatus.values), name="attempt_has_a_known_state"
            ),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="attempt_has_a_known_method"),
        ]
        indexes = [
            models.Index(fields=["look_at"], name="attempt_to_ask", condition=Q(look_at__isnull=False)),
            models.Index(fields=["provider", "captured_at"], name="attempt_captured"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.reference}"


class GatewayEvent(models.Model):
    """A message of a provider as it came, once for each `dedupe_key`; never changed, only marked as done."""

    provider = models.CharField(max_length=20)
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=200)
    is_verified = models.BooleanField()
    raw = models.TextField()  # secrets and card digits masked
    outcome = models.CharField(max_length=40, blank=True)  # what we did about it
    repeats = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("message of a provider")
        verbose_name_plural = _("messages of providers")
        ordering = ["received_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["provider", "dedupe_key"], name="message_counts_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.kind}"


class OpenMethod(models.Model):
    """Which provider may be used for which method: one table for checkout, help page and back office."""

    provider = models.CharField(_("provider"), max_length=20)
    method = models.CharField(_("method"), max_length=10, choices=Method.choices)
    is_open = models.BooleanField(_("open"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("way to pay")
        verbose_name_plural = _("ways to pay")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "method"], name="provider_has_a_method_once"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="way_has_a_known_method"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.method}"

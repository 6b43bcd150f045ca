"""Oscar's order and its lines, and what each seller sends of it.

An `Order` is what a buyer placed; a `SellerOrder` ("parcel") is the share of one seller: what is paid
(`payments.contracts.Payable`), prepared, sent, returned and earned. Lines belong to both.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from commerce.states import OrderStatus, Withdrawal

from .parcels import SellerOrder


class Order(AbstractOrder):
    status = models.CharField(
        _("state"), max_length=100, choices=OrderStatus.choices, default=OrderStatus.PENDING
    )
    key = models.CharField(
        max_length=64, unique=True, null=True, editable=False
    )  # pressed twice, placed once
    locale = models.CharField(max_length=8, default="tr")
    pay_until = models.DateTimeField(_("kept until"), null=True, blank=True)  # then its stock is free again
    guest_name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    invoice_to = models.JSONField(default=dict, blank=True)  # of `finance.documents.parties.Party`

    class Meta(AbstractOrder.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=OrderStatus.values), name="order_has_a_known_state"
            ),
        ]
        indexes = [
            models.Index(fields=["pay_until"], name="order_unpaid", condition=Q(status=OrderStatus.PENDING)),
            models.Index(fields=["user", "-date_placed", "-id"], name="order_of_user"),
        ]

    @property
    def email(self) -> str:
        """Of whoever bought, with an account or without."""
        return self.user.email if self.user else self.guest_email

    @property
    def buyer_name(self) -> str:
        return self.guest_name or (self.user.get_full_name() if self.user else "")

    @property
    def is_unpaid(self) -> bool:
        return self.status == OrderStatus.PENDING


class Line(AbstractLine):
    """Frozen when the order is placed: title, prices, VAT and the right to send it back.

    `returned` and `cancelled` count pieces; what is left may still be sent back.
    """

    parcel = models.ForeignKey(SellerOrder, models.PROTECT, related_name="lines")
    vat_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    withdrawal = models.CharField(max_length=16, choices=Withdrawal.choices, default=Withdrawal.ALLOWED)
    cancelled = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    is_picked = models.BooleanField(default=False)  # lies in the box already

    class Meta(AbstractLine.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=F("returned") + F("cancelled")),
                name="line_gives_back_what_it_had",
            ),
        ]

    @property
    def kept(self) -> int:
        """Pieces that go, or went, into the box."""
        return int(self.quantity - self.cancelled)


from oscar.apps.order.models import *  # noqa: E402, F403  (Oscar fills in what is not declared above)

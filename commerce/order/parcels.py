"""What one seller sends of one order, and how it is paid."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce import carriers, events, order_links, rules
from commerce.states import BEFORE_SHIPPING, PARCELS, CancelReason, OrderStatus, ParcelStatus, Word
from core import business_days, journal
from finance.documents.parties import Party
from finance.sold import Sold
from payments.errors import NotPayable
from teams import modules


class SellerOrder(models.Model):
    """`total` = `goods` + `delivery`, all with VAT, after discounts; its lines sum to `goods`."""

    module: ClassVar[str] = modules.STORE
    category: ClassVar[str] = ""
    waits_for_transfer: ClassVar[bool] = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey("order.Order", models.PROTECT, related_name="parcels")
    business = models.ForeignKey("teams.Business", models.PROTECT, related_name="seller_orders")
    contract = models.OneToOneField("commerce.Contract", models.PROTECT, related_name="parcel")
    position = models.PositiveSmallIntegerField()  # 1 of 3 in its order
    status = models.CharField(
        gettext_lazy("state"), max_length=10, choices=ParcelStatus.choices, default=ParcelStatus.UNPAID
    )
    goods = models.DecimalField(gettext_lazy("goods"), max_digits=12, decimal_places=2)
    delivery = models.DecimalField(gettext_lazy("delivery"), max_digits=12, decimal_places=2, default=0)
    delivery_vat_percent = models.DecimalField(max_digits=5, decimal_places=2, default=20)
    total = models.DecimalField(gettext_lazy("total"), max_digits=12, decimal_places=2)
    refunded = models.DecimalField(gettext_lazy("given back"), max_digits=12, decimal_places=2, default=0)
    delivery_name = models.CharField(gettext_lazy("way of delivery"), max_length=80, blank=True)
    carrier = models.CharField(gettext_lazy("carrier"), max_length=20, blank=True)
    tracking = models.CharField(gettext_lazy("tracking number"), max_length=40, blank=True)
    ship_by = models.DateTimeField(gettext_lazy("leaves by"), null=True, blank=True)
    promised_on = models.DateField(gettext_lazy("arrives by"), null=True, blank=True)
    placed_at = models.DateTimeField(gettext_lazy("ordered"))
    paid_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    prepared_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    delivered_by = models.CharField(  # whose word it is
        max_length=6, choices=Word.choices, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = gettext_lazy("parcel")
        verbose_name_plural = gettext_lazy("parcels")
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="parcel_has_its_place"),
            models.UniqueConstraint(fields=["order", "business"], name="seller_sends_one_parcel_of_an_order"),
            models.CheckConstraint(
                condition=Q(total=F("goods") + F("delivery"), goods__gte=0, delivery__gte=0),
                name="parcel_sums_up",
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("total")), name="parcel_gives_back_what_it_took"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ParcelStatus.values), name="parcel_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[ParcelStatus.UNPAID, ParcelStatus.CANCELLED])
                | Q(paid_at__isnull=False),
                name="parcel_moves_once_paid",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["shipped", "delivered", "closed", "returned"])
                | (Q(shipped_at__isnull=False) & ~Q(carrier="")),
                name="sent_parcel_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["delivered", "closed"]) | Q(delivered_at__isnull=False),
                name="delivered_parcel_says_when",
            ),
            models.CheckConstraint(
                condition=Q(delivered_by__in=["", *Word.values]), name="parcel_arrived_by_a_known_word"
            ),
        ]
        indexes = [
            models.Index(fields=["business", "status", "-placed_at", "-id"], name="parcel_of_business"),
            models.Index(fields=["business", "paid_at"], name="parcel_paid_to_business"),
            models.Index(
                fields=["ship_by"], name="parcel_to_leave", condition=Q(status__in=sorted(BEFORE_SHIPPING))
            ),
            models.Index(fields=["shipped_at"], name="parcel_on_its_way", condition=Q(status="shipped")),
            models.Index(fields=["delivered_at"], name="parcel_to_close", condition=Q(status="delivered")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As people say it: the order's number and its place in it."""
        return f"{self.order.number}-{self.position}"

    @property
    def payee(self) -> Any:
        return self.business

    @property
    def payer(self) -> Any:
        return self.order.user

    def amount_due(self) -> Decimal:
        return self.total

    def describe(self) -> str:
        return _("Order %(number)s, %(seller)s") % {"number": self.number, "seller": self.business.name}

    def sold(self) -> list[Sold]:
        """A document is about money: what a voucher made free stands in the order alone."""
        lines = [
            Sold(
                text=line.title,
                amount=line.line_price_incl_tax,
                vat_percent=line.vat_percent,
                quantity=Decimal(line.quantity),
                discount=line.line_price_before_discounts_incl_tax - line.line_price_incl_tax,
            )
            for line in sorted(self.lines.all(), key=lambda one: one.pk)
            if line.line_price_incl_tax
        ]
        if self.delivery:
            lines.append(Sold(_("Delivery"), self.delivery, self.delivery_vat_percent))
        return lines

    def url(self) -> str:
        return order_links.path(self.order)

    def held_until(self) -> datetime | None:
        return self.order.pay_until if self.status == ParcelStatus.UNPAID else None

    def invoice_to(self) -> Party | None:
        return Party(**self.order.invoice_to) if self.order.invoice_to else None

    def lock(self) -> None:
        self.lock_all([self.pk])

    @classmethod
    def lock_all(cls, pks: Sequence[int]) -> None:
        """Orders before their parcels, as everywhere; each by number."""
        orders = cls._meta.get_field("order").related_model
        of = cls.objects.filter(pk__in=pks)
        for rows in (orders.objects.filter(pk__in=of.values("order")), of):
            list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))

    def check_payable(self, *, now: datetime) -> None:
        self.check_all_payable([self.pk], now=now)

    @classmethod
    def check_all_payable(cls, pks: Sequence[int], *, now: datetime) -> None:
        """As the database knows them."""
        for status, until in cls.objects.filter(pk__in=pks).values_list("status", "order__pay_until"):
            if status != ParcelStatus.UNPAID or (until and until <= now):
                raise NotPayable(_("This order is not kept any more. Your basket still holds the goods."))

    def on_settled(self, item: Any, *, now: datetime) -> bool:
        """False: released before the money came. The order is paid when its last parcel is."""
        self.refresh_from_db()
        if self.status != ParcelStatus.UNPAID:
            return False
        PARCELS.move(self, ParcelStatus.NEW, event=events.PARCEL_PAID, **self.from_payment(now))
        self._settle_order(now)
        return True

    def _settle_order(self, now: datetime) -> None:
        """The order is paid with its last parcel; what a voucher made free goes with the others."""
        waiting = self.order.parcels.filter(status=ParcelStatus.UNPAID)
        if waiting.filter(total__gt=0).exists():
            return
        for free in waiting:
            PARCELS.move(free, ParcelStatus.NEW, event=events.PARCEL_PAID, **free.from_payment(now))
        type(self.order).objects.filter(pk=self.order_id).update(status=OrderStatus.PAID, pay_until=None)
        told = {"number": self.order.number}
        journal.write(events.ORDER_PAID, actor=self.order.user, subject=self.order, data=told)

    def from_payment(self, now: datetime) -> dict[str, Any]:
        """It leaves so long after the money, as its seller works; it arrives as the contract says."""
        from commerce import deadlines  # its models stand on these

        leaves = deadlines.leaves_by(self.business, now)
        return {"paid_at": now, "ship_by": leaves, "promised_on": self._promised(now)}

    def _promised(self, now: datetime) -> date | None:
        """The day of the contract; only money that was more than a day under way moves it."""
        if self.promised_on is None or now - self.placed_at <= rules.PAID_AT_ONCE:
            return self.promised_on
        waited = business_days.between(timezone.localdate(self.placed_at), timezone.localdate(now))
        return business_days.after(self.promised_on, waited)

    def on_refunded(self, refund: Any, *, now: datetime) -> None:
        SellerOrder.objects.filter(pk=self.pk).update(refunded=F("refunded") + refund.amount)

    def is_late(self, now: datetime) -> bool:
        """It should have left, or have arrived."""
        if self.status in BEFORE_SHIPPING:
            return self.ship_by is not None and self.ship_by <= now
        if self.status != ParcelStatus.SHIPPED or self.promised_on is None:
            return False
        return bool(self.promised_on < timezone.localdate(now))

    @property
    def cancel_reason_label(self) -> Any:
        known = self.cancel_reason in CancelReason.values
        return CancelReason(self.cancel_reason).label if known else self.cancel_reason

    @property
    def tracking_url(self) -> str:
        return carriers.get(self.carrier).link(self.tracking)

    @property
    def carrier_label(self) -> Any:
        return carriers.get(self.carrier).label

    @property
    def may_be_cancelled(self) -> bool:
        return self.status in BEFORE_SHIPPING

"""Money a person puts on her own wallet: the smallest thing that can be paid."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.sold import Sold

from ..errors import NotPayable


class TopUp(models.Model):
    """Ours: no seller, no commission. The money goes to the payer's wallet when it is here."""

    module: ClassVar[str] = ""
    category: ClassVar[str] = ""
    payee: ClassVar[Any] = None
    waits_for_transfer: ClassVar[bool] = False

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="top_ups")
    amount = models.DecimalField(gettext_lazy("amount"), max_digits=12, decimal_places=2)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("top-up")
        verbose_name_plural = gettext_lazy("top-ups")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="top_up_is_of_something")]

    def __str__(self) -> str:
        return f"{self.public_id} {self.amount}"

    @property
    def payer(self) -> Any:
        return self.user

    def amount_due(self) -> Decimal:
        return self.amount

    def describe(self) -> str:
        return _("Money for your wallet")

    def sold(self) -> list[Sold]:
        """Money for money: no VAT in it."""
        return [Sold(text=self.describe(), amount=self.amount, vat_percent=Decimal(0))]

    def url(self) -> str:
        return reverse("payments:wallet")

    def invoice_to(self) -> None:
        """As her account says."""

    def held_until(self) -> datetime | None:
        return None

    def lock(self) -> None:
        TopUp.objects.select_for_update().get(pk=self.pk)

    def check_payable(self, *, now: datetime) -> None:
        if self.settled_at:
            raise NotPayable

    def on_settled(self, item: Any, *, now: datetime) -> bool:
        TopUp.objects.filter(pk=self.pk).update(settled_at=now)
        return True

    def on_refunded(self, refund: Any, *, now: datetime) -> None:
        """The wallet gave it back; nothing else hangs on it."""

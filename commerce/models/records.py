"""Each price and each count of stock, written by the database itself (`0003_prices_are_kept`).

No path to `partner_stockrecord` goes round it, and the rows are never changed or removed. They outlive their
price tag, so the key is not enforced.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StockReason(TextChoices):
    """Why a number in stock changed. Orders and the rest of the house give none."""

    ARRIVED = "arrived", _("Goods arrived")
    COUNTED = "counted", _("Counted anew")
    DAMAGED = "damaged", _("Damaged or past its date")
    RETURNED = "returned", _("Came back, in order")
    OTHER = "other", _("Other")
    IMPORT = "import", _("Import")


TYPED = [reason for reason in StockReason if reason != StockReason.IMPORT]


class Kept(models.Model):
    """Of one price tag, at one moment, by somebody or by the system."""

    record = models.ForeignKey(
        "partner.StockRecord", models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.record_id} {self.at:%Y-%m-%d %H:%M}"


class PriceChange(Kept):
    """From `at` on it costs this much. None: it has no price any more."""

    price = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["record", "at", "id"], name="price_of_record")]


class OnSale(models.Model):
    """A price tag that buyers see, and since when without a gap: offered and priced, on public goods, by a
    seller that sells. The database keeps it (`0007_prices_count_while_on_sale`); discounts count from there.
    """

    record = models.OneToOneField(
        "partner.StockRecord", models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.record_id} {self.since:%Y-%m-%d %H:%M}"


class StockChange(Kept):
    """`after` is the number on the shelf, `delta` how it came to that."""

    delta = models.IntegerField(null=True)
    after = models.IntegerField(null=True)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["record", "-at", "-id"], name="stock_of_record")]

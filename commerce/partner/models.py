"""Oscar's partners: sellers, their price tags and their stock."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord


class Partner(AbstractPartner):
    """The seller as the store knows it; who it is by law stands with its business."""

    business = models.OneToOneField(
        "teams.Business",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partner",
        verbose_name=_("business"),
    )
    is_selling = models.BooleanField(_("sells now"), default=True)  # follows its business: verified, store on


class StockRecord(AbstractStockRecord):
    """A seller's offer. `price_since` and `struck_price` are the database's own, whatever is typed here."""

    is_counted = True  # read by `commerce.stock` under its lock: False for what is made to order
    is_offered = models.BooleanField(_("offered"), default=True)  # the seller's own switch
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    price_since = models.DateTimeField(null=True, editable=False)
    struck_price = models.DecimalField(max_digits=12, decimal_places=2, null=True, editable=False)

    class Meta(AbstractStockRecord.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(num_in_stock=None)
                | Q(num_allocated=None)
                | Q(num_allocated__lte=F("num_in_stock")),
                name="stock_holds_what_was_allocated",
            ),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gt=0), name="price_is_above_zero"),
            models.CheckConstraint(
                condition=Q(archived_at=None) | Q(is_offered=False), name="archived_offer_is_not_offered"
            ),
        ]


from oscar.apps.partner.models import *  # noqa: E402, F403  (Oscar fills in what is not declared above)

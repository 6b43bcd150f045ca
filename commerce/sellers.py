"""A business as a seller: made when its store panel is first opened, selling while it may."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from oscar.core.loading import get_model

from commerce import events
from core import journal
from teams import modules, queries, trader
from teams.models import Business
from teams.states import Status

Partner = get_model("partner", "Partner")


def may_sell(business: Business) -> bool:
    """Verified, named as the law wants sellers named, with the store switched on."""
    is_known = business.status == Status.VERIFIED and trader.is_named(business)
    return is_known and modules.STORE in queries.modules_of_business(business)


@transaction.atomic
def open_seller(*, business: Business, by: Any) -> Any:
    """The seller of this business, made at the first call; its name is that of the business."""
    partner, is_new = Partner.objects.get_or_create(
        business=business,
        defaults={"name": business.name, "code": _free_code(business), "is_selling": may_sell(business)},
    )
    if is_new:
        journal.write(events.SELLER_OPENED, actor=by, subject=partner, data={"business": business.pk})
    return partner


def _free_code(business: Business) -> str:
    taken = Partner.objects.filter(code=business.slug).exists()
    return f"{business.slug}-{business.pk}" if taken else business.slug


@transaction.atomic
def follow(business: Business) -> bool:
    """Bring the seller into line with its business; True when that changed anything."""
    partner = Partner.objects.select_for_update().filter(business=business).first()
    if partner is None:
        return False
    sells, name = may_sell(business), business.name
    if (partner.is_selling, partner.name) == (sells, name):
        return False
    Partner.objects.filter(pk=partner.pk).update(is_selling=sells, name=name)
    journal.write(events.SELLING_SWITCHED, subject=partner, data={"is_selling": sells})
    return True


def offers_of(partner: Any) -> QuerySet:
    return get_model("partner", "StockRecord").objects.filter(partner=partner)

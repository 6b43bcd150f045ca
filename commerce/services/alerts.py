"""Told when it is back: one mail for each wish, in the order of asking, as many as there are pieces."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from oscar.core.loading import get_model

from commerce import events, stock
from commerce.after_errors import IsThere
from core import journal

Product = get_model("catalogue", "Product")
ProductAlert = get_model("customer", "ProductAlert")
StockRecord = get_model("partner", "StockRecord")

HEAD_START = timedelta(hours=24)  # whoever was told has this long before the next in the queue hears of it
CONFIRM_WITHIN = timedelta(days=2)
PLENTY = 10**6


@transaction.atomic
def ask(*, product: Any, now: datetime, user: Any = None, email: str = "", locale: str = "tr") -> Any:
    """A place in the queue; asked twice, it is the same. A guest's begins when she confirms her address.

    Raises IsThere.
    """
    if pieces(product):
        raise IsThere
    who = {"user": user} if user else {"user": None, "email": email}
    facts = {**who, "product": product}
    known = ProductAlert.objects.filter(**facts, status__in=_OPEN).first()
    if known:
        if known.status == ProductAlert.UNCONFIRMED:
            journal.write(events.ALERT_ASKED, subject=known)
        return known
    made = ProductAlert(**facts, locale=locale)
    made.key = made.get_random_key()
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # pressed twice at the same moment
        return ProductAlert.objects.get(**facts, status__in=_OPEN)
    journal.write(events.ALERT_ASKED, actor=user, subject=made)
    return made


_OPEN = [ProductAlert.UNCONFIRMED, ProductAlert.ACTIVE]


@transaction.atomic
def confirm(*, alert: Any, now: datetime) -> bool:
    """The address is hers. False where the link is old or was used."""
    row = ProductAlert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
    if row.status != row.UNCONFIRMED or row.date_created < now - CONFIRM_WITHIN:
        return row.status == row.ACTIVE
    row.confirm()
    return True


@transaction.atomic
def stop(*, alert: Any) -> None:
    row = ProductAlert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
    if row.can_be_cancelled:
        row.cancel()


def pieces(product: Any) -> int:
    """How many can be bought of it, in whatever variant, from whoever sells now."""
    of_it = Q(product=product) | Q(product__parent=product, product__is_public=True)
    tags = StockRecord.objects.filter(of_it, partner__is_selling=True, price__isnull=False)
    if tags.alias(is_counted=stock.COUNTED).filter(is_counted=False).exists():
        return PLENTY
    free = F("num_in_stock") - Coalesce(F("num_allocated"), 0)
    return tags.filter(num_in_stock__gt=0).aggregate(sum=Sum(free))["sum"] or 0


def tell_due(*, now: datetime, limit: int = 500) -> int:
    """Tell as many as there are pieces, less those who were told today and may still come."""
    waiting = ProductAlert.objects.filter(status=ProductAlert.ACTIVE, product__is_public=True)
    products = Product.objects.filter(pk__in=waiting.values("product")).order_by("pk")
    return sum(_tell(product, now, limit) for product in products)


@transaction.atomic
def _tell(product: Any, now: datetime, limit: int) -> int:
    """The product is locked, so that two sweepers do not both tell as many as there are pieces."""
    Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    there = pieces(product)
    if not there:
        return 0
    own = ProductAlert.objects.filter(product=product)
    hurrying = own.filter(status=ProductAlert.CLOSED, date_closed__gt=now - HEAD_START).count()
    number = max(0, min(there - hurrying, limit))
    queue = own.filter(status=ProductAlert.ACTIVE).select_for_update(of=("self",))
    told = list(queue.order_by("date_created", "pk")[:number])
    for alert in told:
        alert.status, alert.date_closed = alert.CLOSED, now
        alert.save(update_fields=["status", "date_closed"])
        journal.write(
            events.ALERT_TOLD, subject=alert, data={"is_scarce": there < PLENTY and there <= number}
        )
    return len(told)


def forget_unconfirmed(*, now: datetime) -> int:
    """Addresses that nobody confirmed are not kept."""
    old = ProductAlert.objects.filter(
        status=ProductAlert.UNCONFIRMED, date_created__lt=now - CONFIRM_WITHIN * 2
    )
    return old.delete()[0]

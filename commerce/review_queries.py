"""Reads of reviews. Their number of queries does not depend on how many there are."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from commerce.models import ReviewReport
from commerce.services.reviews import HAD_IT
from commerce.states import ParcelStatus

Line = get_model("order", "Line")
Product = get_model("catalogue", "Product")
ProductReview = get_model("reviews", "ProductReview")

# Name, label, what it goes by (F-03), order.
SORTS = [
    ("yeni", _("Newest first"), _("By the day on which they were written."), ("-written_at", "-pk")),
    (
        "iyi",
        _("Best first"),
        _("By stars; among equal ones the newest first."),
        ("-score", "-written_at", "-pk"),
    ),
    (
        "kotu",
        _("Worst first"),
        _("By stars; among equal ones the newest first."),
        ("score", "-written_at", "-pk"),
    ),
]


def shown(product: Any, sort: str = "") -> QuerySet:
    """Without stars stand last where stars decide."""
    rows = ProductReview.objects.filter(product=product, status=ProductReview.APPROVED)
    order = next((order for name, _l, _w, order in SORTS if name == sort), SORTS[0][3])
    if sort in ("iyi", "kotu"):
        order = ("is_limited", *order)
    return rows.select_related("user", "line__parcel__business").order_by(*order)


def spread(product: Any) -> list[dict[str, Any]]:
    """How many of each number of stars, five first."""
    rows = ProductReview.objects.filter(product=product, status=ProductReview.APPROVED, is_limited=False)
    counted = dict(rows.order_by().values_list("score").annotate(number=Count("pk")))
    most = max(counted.values(), default=1)
    return [{"stars": stars, "number": counted.get(stars, 0), "of": most} for stars in range(5, 0, -1)]


def written_by(user: Any) -> QuerySet:
    return ProductReview.objects.filter(user=user).select_related("product").order_by("-written_at", "-pk")


def to_write(user: Any, most: int = 50) -> list[dict[str, Any]]:
    """Goods she bought and has not written about, each product once."""
    rows = Line.objects.filter(order__user=user, parcel__paid_at__isnull=False, product__isnull=False)
    had = Q(parcel__status__in=[*HAD_IT, ParcelStatus.CANCELLED])
    written = set(ProductReview.objects.filter(user=user).values_list("product_id", flat=True))
    found: dict[int, dict[str, Any]] = {}
    lines = rows.filter(had).select_related("product__parent", "parcel__order").order_by("-pk")[: most * 4]
    for line in lines:
        product = line.product.parent or line.product
        if product.pk not in written and product.is_public:
            is_limited = line.parcel.status == ParcelStatus.CANCELLED
            known = found.setdefault(product.pk, {"product": product, "line": line, "is_limited": is_limited})
            known["is_limited"] = known["is_limited"] and is_limited
    return list(found.values())[:most]


def of_business(business: Any) -> QuerySet:
    """What buyers wrote about what this business sold them."""
    rows = ProductReview.objects.filter(line__parcel__business=business, status=ProductReview.APPROVED)
    return rows.select_related("user", "product", "line").order_by("-written_at", "-pk")


def to_check() -> QuerySet:
    """What a machine stopped, the oldest first: 24 hours are promised."""
    rows = ProductReview.objects.filter(status=ProductReview.FOR_MODERATION)
    return rows.select_related("user", "product").order_by("written_at", "pk")


def reported() -> QuerySet:
    rows = ReviewReport.objects.filter(outcome="").select_related("by", "review__product", "review__user")
    return rows.order_by("at", "pk")

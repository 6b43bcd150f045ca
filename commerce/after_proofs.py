"""What the store can prove about money that goes back, and about its stars."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from commerce.models import ReturnRequest
from commerce.return_states import ReturnStatus
from core import proofs
from core.proofs import Result, State

Line = get_model("order", "Line")
Product = get_model("catalogue", "Product")
SWEPT_WITHIN = timedelta(minutes=15)


@proofs.proof("commerce.returns_do_not_wait", title=gettext_lazy("Money for returns waits for no seller"))
def returns_do_not_wait() -> Result:
    """Nothing that was sent or has arrived is past its moment, and nothing of it past the day of the law."""
    now = timezone.now()
    under_way = ReturnRequest.objects.filter(status__in=[ReturnStatus.SENT, ReturnStatus.ARRIVED])
    late = Q(act_at__lt=now - SWEPT_WITHIN) | Q(act_at=None) | Q(refund_by__lt=timezone.localdate(now))
    codes = list(under_way.filter(late).values_list("code", flat=True)[:20])
    if codes:
        return Result(State.FAILED, _("Money for some returns is late."), ", ".join(codes))
    return Result(State.OK, _("No return waits for its money."), f"{under_way.count()} under way")


@proofs.proof("commerce.pieces_add_up", title=gettext_lazy("Pieces that came back and their lines agree"))
def pieces_add_up() -> Result:
    """What lines count as returned is what accepted returns hold."""
    paid = Q(return_lines__request__status__in=[ReturnStatus.ACCEPTED, ReturnStatus.REFUNDED])
    held = Coalesce(Sum("return_lines__pieces", filter=paid), 0)
    rows = Line.objects.annotate(held=held).exclude(returned=F("held"))
    wrong = list(rows.values_list("pk", flat=True)[:20])
    if wrong:
        return Result(State.FAILED, _("Some lines and returns disagree."), str(wrong))
    return Result(
        State.OK, _("Lines and returns agree."), f"{Line.objects.filter(returned__gt=0).count()} lines"
    )


@proofs.proof(
    "commerce.stars_are_counted", title=gettext_lazy("Stars on products are those of their reviews")
)
def stars_are_counted() -> Result:
    shown = Q(reviews__status=1, reviews__is_limited=False)
    rows = Product.objects.annotate(
        number=Count("reviews", filter=shown), sum=Coalesce(Sum("reviews__score", filter=shown), 0)
    )
    found = rows.filter(Q(number__gt=0) | Q(reviews_count__gt=0)).values_list(
        "pk", "number", "sum", "reviews_count", "rating"
    )
    wrong = [pk for pk, number, total, count, rating in found if not _fits(number, total, count, rating)]
    if wrong:
        return Result(State.FAILED, _("Some stars are counted wrongly."), str(wrong[:20]))
    return Result(State.OK, _("Every star is counted."), f"{len(found)} products")


def _fits(number: int, total: int, count: int, rating: float | None) -> bool:
    if number != count:
        return False
    mean = Decimal(total) / number if number else None
    return (mean is None) == (rating is None) and (mean is None or abs(float(mean) - (rating or 0)) < 0.001)

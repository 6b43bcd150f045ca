"""Reviews: by whoever bought, shown at once where nothing speaks against it, else looked at within a day.

Only the named reasons of `review_rules` keep a review from being shown. Stars and tone are not asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from commerce import events, review_rules
from commerce.after_errors import AlreadyReviewed, MayNotReview, NotYourReview, OwnBusiness
from commerce.models import ReviewAsk, ReviewReport
from commerce.models.reviews import ReportOutcome
from commerce.states import ParcelStatus
from core import journal
from teams.models import Membership

Line = get_model("order", "Line")
ProductReview = get_model("reviews", "ProductReview")
SellerOrder = get_model("order", "SellerOrder")
StockRecord = get_model("partner", "StockRecord")

CHECK_WITHIN = timedelta(hours=24)
ASK_AFTER = timedelta(days=5)  # since the delivery
HAD_IT = (ParcelStatus.DELIVERED, ParcelStatus.CLOSED, ParcelStatus.RETURNED)

NOT_BOUGHT = _("Only people who bought it here write about it.")
NOT_YET = _("You can write about it once it has arrived.")
OF_THE_SELLER = _("Whoever works for a seller of this product does not review it.")


@dataclass(frozen=True)
class Ground:
    """What proves the purchase; limited to the order where the goods never came."""

    line: Any
    is_limited: bool


def ground(*, user: Any, product: Any) -> Ground:
    """Raises MayNotReview with the reason."""
    if _sells(user, product):
        raise MayNotReview(OF_THE_SELLER)
    lines = list(_bought(user, product))
    had = next(
        (line for line in lines if line.parcel.status in HAD_IT and line.cancelled < line.quantity), None
    )
    if had:
        return Ground(had, is_limited=False)
    gone = next((line for line in lines if _is_called_off(line)), None)
    if gone:
        return Ground(gone, is_limited=True)
    raise MayNotReview(NOT_YET if lines else NOT_BOUGHT)


def _bought(user: Any, product: Any) -> Any:
    own = Q(product=product) | Q(product__parent=product)
    rows = Line.objects.filter(own, order__user=user, parcel__paid_at__isnull=False)
    return rows.select_related("parcel__order").order_by("-order__date_placed", "-pk")


def _is_called_off(line: Any) -> bool:
    return line.parcel.status == ParcelStatus.CANCELLED or line.cancelled >= line.quantity


def _sells(user: Any, product: Any) -> bool:
    tags = StockRecord.objects.filter(Q(product=product) | Q(product__parent=product))
    sellers = tags.filter(partner__business__isnull=False).values("partner__business")
    return Membership.objects.filter(user=user, business__in=sellers).exists()


@transaction.atomic
def write(*, user: Any, product: Any, score: int, title: str, body: str, now: datetime) -> Any:
    """Raises MayNotReview, AlreadyReviewed. A limited review has no stars, whatever was sent."""
    found = ground(user=user, product=product)
    row = ProductReview(
        product=product,
        user=user,
        line=found.line,
        is_limited=found.is_limited,
        score=0 if found.is_limited else score,
        title=title,
        body=body,
        written_at=now,
    )
    _judge(row, now)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise AlreadyReviewed from error
    journal.write(events.REVIEW_WRITTEN, actor=user, subject=row, data=_data(row))
    return row


@transaction.atomic
def change(*, review: Any, score: int, title: str, body: str, now: datetime) -> Any:
    """Its writer says it anew; what a person had refused is looked at again."""
    row = _locked(review)
    row.title, row.body, row.edited_at = title, body, now
    row.score = 0 if row.is_limited else score
    _judge(row, now, again=bool(row.refusal))
    row.save()
    journal.write(events.REVIEW_WRITTEN, actor=row.user, subject=row, data=_data(row))
    return row


def _judge(row: Any, now: datetime, *, again: bool = False) -> None:
    """Clean: shown at once. Suspicious, or refused before: a person looks first."""
    row.found, row.refusal = review_rules.suspicion(row.title, row.body), ""
    if row.found or again:
        row.status, row.published_at, row.written_at = (
            row.FOR_MODERATION,
            None,
            row.edited_at or row.written_at,
        )
    else:
        row.status, row.published_at = row.APPROVED, row.published_at or now


@transaction.atomic
def remove(*, review: Any, by: Any) -> None:
    """Its writer takes it away."""
    journal.write(events.REVIEW_REMOVED, actor=by, data={"product": review.product_id})
    _locked(review).delete()


@transaction.atomic
def check(*, review: Any, refusal: str, by: Any, now: datetime) -> Any:
    """Our people show it, or refuse it for a named reason. Raises OwnBusiness."""
    row = _locked(review)
    if _sells(by, row.product):
        raise OwnBusiness
    row.refusal, row.checked_at, row.checked_by, row.found = refusal, now, by, ""
    row.status = row.REJECTED if refusal else row.APPROVED
    row.published_at = row.published_at if refusal else row.published_at or now
    row.save()
    _decide_reports(row, by, now)
    journal.write(events.REVIEW_CHECKED, actor=by, subject=row, data=_data(row) | {"refusal": refusal})
    return row


def _decide_reports(row: Any, by: Any, now: datetime) -> None:
    outcome = ReportOutcome.TAKEN_DOWN if row.refusal else ReportOutcome.STAYS
    for report in row.reports.filter(outcome=""):
        report.outcome, report.decided_at, report.decided_by = outcome, now, by
        report.save(update_fields=["outcome", "decided_at", "decided_by"])
        journal.write(events.REVIEW_REPORT_DECIDED, actor=by, subject=report)


@transaction.atomic
def answer(*, review: Any, text: str, by: Any, now: datetime) -> Any:
    """The seller's word under it; an empty one takes it away."""
    row = _locked(review)
    row.answer, row.answered_at, row.answered_by = text, now if text else None, by if text else None
    row.save()
    if text:
        journal.write(events.REVIEW_ANSWERED, actor=by, subject=row, data=_data(row))
    return row


@transaction.atomic
def report(*, review: Any, reason: str, words: str, by: Any, now: datetime) -> ReviewReport:
    """It stays where it is until a person has looked. Reported twice, it is the same report."""
    if review.user_id == by.pk:
        raise NotYourReview
    row, is_new = ReviewReport.objects.get_or_create(
        review=review, by=by, defaults={"reason": reason, "words": words, "at": now}
    )
    if is_new:
        journal.write(events.REVIEW_REPORTED, actor=by, subject=row)
    return row


@transaction.atomic
def ask_due(*, now: datetime, limit: int = 200) -> int:
    """Some days after a delivery its buyer is asked, once; who does not want such mails is left out there."""
    rows = SellerOrder.objects.filter(
        status__in=[ParcelStatus.DELIVERED, ParcelStatus.CLOSED],
        delivered_at__lte=now - ASK_AFTER,
        delivered_at__gt=now - ASK_AFTER * 6,
        order__user__isnull=False,
        review_ask=None,
        lines__cancelled__lt=F("lines__quantity"),
    )
    found = list(rows.distinct().order_by("pk")[:limit])
    made = [ReviewAsk(parcel=parcel, at=now) for parcel in found]
    for ask in ReviewAsk.objects.bulk_create(made):
        journal.write(events.REVIEW_ASKED, subject=ask)
    return len(made)


def seller_of(review: Any) -> Any:
    """The business that may answer: who sold it to her."""
    return review.line.parcel.business if review.line_id else None


def _locked(review: Any) -> Any:
    return ProductReview.objects.select_for_update(of=("self",)).get(pk=review.pk)


def _data(row: Any) -> dict[str, Any]:
    return {"product": row.product_id, "shown": row.status == row.APPROVED}

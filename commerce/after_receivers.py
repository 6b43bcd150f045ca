"""What lines about cancelling, returns, reviews and stock become for people."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import after_letters, after_links, events, notices, permissions, return_rules
from commerce.models import Cancellation, ReturnRequest, ReviewAsk
from commerce.review_rules import Refusal
from commerce.services import returning, reviews, sweeping
from core import journal, money
from core.models import Line
from notifications import kinds
from notifications import services as notifications
from payments.events import REFUND_SENT
from payments.models import Refund
from teams.models import Membership

ProductAlert = get_model("customer", "ProductAlert")
ProductReview = get_model("reviews", "ProductReview")

sweeping.keeps_open(return_rules.without_open)  # a parcel of which something comes back is not closed


@journal.on(events.CANCELLED_BY_BUYER)
def tell_of_cancellation(line: Line) -> None:
    row = line.subject
    if isinstance(row, Cancellation):
        after_letters.cancelled(row)
        facts = {"number": row.parcel.number, "what": _titles(row)}
        _tell(notices.CANCELLED, people_of(row.parcel.business, permissions.RETURNS), row, facts, "")


@journal.on(events.RETURN_ASKED)
def tell_of_return(line: Line) -> None:
    row = line.subject
    if isinstance(row, ReturnRequest):
        after_letters.return_asked(row)
        _tell_seller(notices.RETURN_ASKED, row)


@journal.on(events.RETURN_SENT)
def tell_it_is_coming(line: Line) -> None:
    if isinstance(row := line.subject, ReturnRequest):
        _tell_seller(notices.RETURN_SENT, row)


@journal.on(events.RETURN_ACCEPTED)
def tell_accepted(line: Line) -> None:
    if isinstance(row := line.subject, ReturnRequest):
        _tell_buyer(notices.RETURN_ACCEPTED, row, amount=money.display(row.amount or 0))


@journal.on(events.RETURN_REFUSED)
def tell_refused(line: Line) -> None:
    if isinstance(row := line.subject, ReturnRequest):
        after_letters.return_refused(row)
        _tell_buyer(notices.RETURN_REFUSED, row)


@journal.on(events.RETURN_REMINDED)
def remind(line: Line) -> None:
    if isinstance(row := line.subject, ReturnRequest):
        after_letters.return_remind(row)


@journal.on(events.RETURN_DISPUTED)
def call_our_people(line: Line) -> None:
    if isinstance(row := line.subject, ReturnRequest):
        url = reverse("commerce_return", args=[row.pk])
        _tell(notices.RETURN_DISPUTED, staff_with(permissions.DECIDE_RETURNS), row, _facts(row), url)


@journal.on(events.RETURN_DECIDED)
def tell_decision(line: Line) -> None:
    if isinstance(row := line.subject, ReturnRequest):
        after_letters.return_decided(row)
        _tell_buyer(notices.RETURN_DECIDED, row)
        _tell_seller(notices.RETURN_DECIDED, row)


@journal.on(REFUND_SENT)
def end_return(line: Line) -> None:
    if isinstance(refund := line.subject, Refund):
        returning.money_went(refund=refund, now=timezone.now())


@journal.on(events.REVIEW_ASKED)
def ask_for_review(line: Line) -> None:
    ask = line.subject
    if isinstance(ask, ReviewAsk) and ask.parcel.order.user:
        facts = {"what": ", ".join(ask.parcel.lines.values_list("title", flat=True))[:200]}
        _tell(notices.REVIEW_ASKED, ask.parcel.order.user, ask, facts, reverse("my_reviews"))


@journal.on(events.REVIEW_WRITTEN)
def tell_of_review(line: Line) -> None:
    row = line.subject
    if not isinstance(row, ProductReview):
        return
    if row.status == row.FOR_MODERATION:
        facts = _of_review(row) | {"why": _words(row.found)}
        to = staff_with(permissions.CHECK_REVIEWS)
        _tell(notices.REVIEW_TO_CHECK, to, row, facts, reverse("commerce_reviews"), line.pk)
    elif row.edited_at is None:
        _tell_sellers(row)


@journal.on(events.REVIEW_CHECKED)
def tell_what_became_of_it(line: Line) -> None:
    row = line.subject
    if not isinstance(row, ProductReview) or row.user is None:
        return
    kind = notices.REVIEW_REFUSED if row.refusal else notices.REVIEW_SHOWN
    facts = _of_review(row) | {"why": _words(row.refusal)}
    _tell(kind, row.user, row, facts, reverse("my_reviews"), line.pk)
    if not row.refusal and not row.answer:
        _tell_sellers(row)


@journal.on(events.REVIEW_ANSWERED)
def tell_answer(line: Line) -> None:
    row = line.subject
    if isinstance(row, ProductReview) and row.user:
        url = reverse("product_reviews", args=[row.product.slug, row.product_id])
        _tell(notices.REVIEW_ANSWERED, row.user, row, _of_review(row), url)


@journal.on(events.ALERT_ASKED)
def confirm_alert(line: Line) -> None:
    alert = line.subject
    if isinstance(alert, ProductAlert) and alert.status == alert.UNCONFIRMED:
        after_letters.confirm_alert(alert)


@journal.on(events.ALERT_TOLD)
def tell_in_stock(line: Line) -> None:
    alert = line.subject
    if isinstance(alert, ProductAlert):
        after_letters.in_stock(alert, is_scarce=line.data.get("is_scarce", False))
        if alert.user:
            facts = {"what": alert.product.get_title()}
            _tell(notices.IN_STOCK, alert.user, alert, facts, alert.product.get_absolute_url())


def people_of(business: Any, right: str) -> list[Any]:
    """Who works there and holds this right now."""
    rows = Membership.objects.filter(business=business).select_related("role", "user")
    return [row.user for row in rows if right in row.role.rights]


def staff_with(right: str) -> QuerySet[Any]:
    """People of the platform who hold this right."""
    room, codename = right.split(".")
    held = Permission.objects.filter(content_type__app_label=room, codename=codename)
    people = get_user_model().objects.filter(Q(groups__permissions__in=held) | Q(user_permissions__in=held))
    return people.filter(is_active=True).distinct()


def _tell_sellers(row: Any) -> None:
    business = reviews.seller_of(row)
    if business:
        url = reverse("seller_reviews", args=[business.slug])
        _tell(notices.REVIEW_WRITTEN, people_of(business, permissions.REVIEWS), row, _of_review(row), url)


def _tell_seller(kind: str, row: ReturnRequest) -> None:
    url = reverse("seller_return", args=[row.business.slug, row.public_id])
    _tell(kind, people_of(row.business, permissions.RETURNS), row, _facts(row), url)


def _tell_buyer(kind: str, row: ReturnRequest, **facts: Any) -> None:
    if row.parcel.order.user:
        _tell(kind, row.parcel.order.user, row, _facts(row) | facts, after_links.returned(row))


def _tell(kind: str, to: Any, row: Any, facts: dict[str, Any], url: str, again: Any = "") -> None:
    key = f"{row._meta.model_name} {row.pk} {again}".strip()
    notifications.notify(kind, to=to, key=key, data=facts, url=url, now=timezone.now())


def _facts(row: ReturnRequest) -> dict[str, Any]:
    return {"number": row.parcel.number, "code": row.code, "what": _titles(row)}


def _titles(row: Any) -> str:
    return ", ".join(f"{one.pieces} × {one.line.title}" for one in row.lines.select_related("line"))[:200]


def _of_review(row: Any) -> dict[str, Any]:
    return {"what": row.product.get_title()}


def _words(reason: str) -> dict[str, str] | str:
    return kinds.words(Refusal(reason).label) if reason else ""

"""Reads of this room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q, QuerySet

from finance.models import Account, AccountKind, Document, Entry

from .contracts import Payable
from .models import Attempt, GatewayEvent, Payment, PaymentItem, Refund, RefundPart
from .services.papers import documents_of
from .services.submitting import OPEN as OPEN_PARTS
from .states import LIVE, AttemptStatus, PaymentStatus

PER_PAGE = 20
REFUND = "payments.refund_payments"


@dataclass(frozen=True)
class Slice:
    """One page of a long list; `older` is where the next one begins. Nothing is counted."""

    rows: list[Any]
    older: int | None


def slice_of(rows: QuerySet[Any], before: str | None, size: int = PER_PAGE) -> Slice:
    """The newest rows, or those before this number."""
    if before and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: size + 1])
    return Slice(found[:size], found[size - 1].pk if len(found) > size else None)


def payments_of(user: Any) -> QuerySet[Payment]:
    parts = RefundPart.objects.select_related("attempt")
    refunds = Prefetch("refunds", Refund.objects.prefetch_related(Prefetch("parts", parts)))
    return Payment.objects.filter(payer=user).prefetch_related("items", "attempts", refunds)


def refunds_under_way(user: Any, most: int = 3) -> list[Refund]:
    """Those on the first page: not yet accepted, the newest first."""
    parts = Prefetch("parts", RefundPart.objects.select_related("attempt", "refund"))
    rows = Refund.objects.filter(payment__payer=user, parts__status__in=OPEN_PARTS)
    return list(rows.distinct().select_related("item").prefetch_related(parts).order_by("-pk")[:most])


def balance(user: Any) -> Decimal:
    """In the wallet now. Reading opens no account."""
    return _balance(AccountKind.WALLET, user)


def set_aside(user: Any) -> Decimal:
    return _balance(AccountKind.WALLET_HOLD, user)


def _balance(kind: AccountKind, user: Any) -> Decimal:
    found = Account.objects.filter(kind=kind, user=user, currency="TRY").values_list("balance", flat=True)
    return found.first() or Decimal(0)


def movements(user: Any) -> QuerySet[Entry]:
    wallet = Q(account__kind=AccountKind.WALLET, account__user=user)
    return Entry.objects.filter(wallet).select_related("txn")


def payments_for(payables: Sequence[Payable]) -> QuerySet[Payment]:
    """All that were begun for these things (of one kind), the newest first."""
    kind = ContentType.objects.get_for_model(type(payables[0]))  # type: ignore[arg-type]
    items = PaymentItem.objects.filter(payable_type=kind, payable_id__in=[one.pk for one in payables])
    return Payment.objects.filter(pk__in=items.values("payment")).order_by("-pk")


def unpaid_of(payables: Sequence[Payable]) -> list[Payment]:
    """Those by which money for these things may still come."""
    return list(payments_for(payables).exclude(status=PaymentStatus.PAID)) if payables else []


def documents_for(payables: Sequence[Payable]) -> list[Document]:
    """What was issued for these things (of one kind): invoices, and credit notes of what went back."""
    items = PaymentItem.objects.filter(payment__in=payments_for(payables)) if payables else []
    sales = documents_of(items)
    notes = Document.objects.filter(of__in=sales)
    return sorted([*sales, *notes], key=lambda one: (one.issued_at, one.pk))


def live_attempts(payment: Payment) -> list[Attempt]:
    return list(payment.attempts.filter(status__in=LIVE).order_by("-pk"))


def money_people() -> Iterable[Any]:
    """Whoever may give money back hears of what does not go by itself."""
    user: Any = get_user_model()
    permission = user._meta.get_field("user_permissions").related_model
    room, code = REFUND.split(".")
    right = permission.objects.filter(content_type__app_label=room, codename=code)
    people = user.objects.filter(Q(groups__permissions__in=right) | Q(user_permissions__in=right))
    return people.filter(is_active=True).distinct().order_by("pk")


# --- What waits for a person ---------------------------------------------------------------


def needing_attention() -> QuerySet[Attempt]:
    silent = Q(status=AttemptStatus.UNKNOWN, look_at=None)
    rows = Attempt.objects.filter(Q(status=AttemptStatus.ATTENTION) | silent)
    return rows.select_related("payment__payer").order_by("created_at")


def parts_with_people() -> QuerySet[RefundPart]:
    rows = RefundPart.objects.filter(status__in=OPEN_PARTS, with_person_at__isnull=False)
    return rows.select_related("refund__payment__payer", "attempt", "settled_by").order_by("with_person_at")


def strange_events() -> QuerySet[GatewayEvent]:
    """Messages about no payment of ours: nothing is dropped silently."""
    return GatewayEvent.objects.filter(attempt=None).order_by("-received_at")

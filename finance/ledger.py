"""The one way into the books.

    ledger.post(
        key="payment 12 settled", kind="sale", source="payments.payment:12", now=now,
        legs=[(clearing, -amount), (reserve, net), (commission, fee)],
    )

A leg is an account and what it receives (minus: gives). One statement; with the same key it posts once and
says so (`is_new`). Who gives more than a guarded account has gets NotEnough, and nothing is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils import timezone
from psycopg.types.json import Jsonb

from core import money

from .errors import AlreadyReversed, DayClosed, KeyUsed, NotEnough, Unbalanced
from .models import SHARED, Account, AccountKind, ClosedDay, Txn

Leg = tuple[Account, Decimal]
POST = "SELECT txn_id, is_new FROM finance_post(%s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s::numeric[])"
REFUSALS: dict[str, Callable[[], Exception]] = {
    "guarded_account_is_never_negative": NotEnough,
    "finance_txn_reverses_id_key": AlreadyReversed,
    "key_names_one_posting": KeyUsed,
    "closed_day_stays_closed": DayClosed,
}


@dataclass(frozen=True)
class Posted:
    txn_id: int
    is_new: bool


def account(
    kind: AccountKind, *, user: Any = None, business: Any = None, name: str = "", currency: str = "TRY"
) -> Account:
    """The account of this owner, opened when it is first asked for."""
    begin = None if kind in SHARED else Decimal(0)
    who = {"user": user, "business": business, "name": name, "currency": currency}
    return Account.objects.get_or_create(kind=kind, **who, defaults={"balance": begin})[0]


def post(
    *,
    key: str,
    kind: str,
    legs: Sequence[Leg],
    now: datetime,
    source: str = "",
    data: dict[str, Any] | None = None,
    reverses: Txn | None = None,
) -> Posted:
    """Write one posting; legs of zero are left out.

    Raises NotEnough, AlreadyReversed, DayClosed, KeyUsed; Unbalanced for legs that do not sum to zero.
    """
    moving = [(row.pk, money.lira(amount)) for row, amount in legs if amount]
    _check_balanced(legs)
    given: list[Any] = [
        key,
        kind,
        source,
        reverses and reverses.pk,
        now,
        timezone.localdate(now),
        Jsonb(data or {}),
    ]
    with _in_words(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(POST, [*given, [pk for pk, _ in moving], [amount for _, amount in moving]])
        return Posted(*cursor.fetchone())


def reverse(*, txn: Txn, key: str, now: datetime, data: dict[str, Any] | None = None) -> Posted:
    """Post the opposite, once. Raises AlreadyReversed, NotEnough, DayClosed."""
    legs = [(entry.account, -entry.amount) for entry in txn.entries.select_related("account").order_by("pk")]
    return post(
        key=key, kind=f"{txn.kind}_reversed", legs=legs, source=txn.source, data=data, reverses=txn, now=now
    )


def balance(of: Account) -> Decimal:
    """What stands on the account now: in its row, or for shared ones a checkpoint and what came after it."""
    if of.kind not in SHARED:
        return Account.objects.values_list("balance", flat=True).get(pk=of.pk) or Decimal(0)
    last = of.checkpoints.order_by("-entry_id").first()
    later = of.entries.filter(pk__gt=last.entry_id) if last else of.entries.all()
    return (last.balance if last else Decimal(0)) + _sum(later)


@transaction.atomic
def add_up(*, now: datetime) -> int:
    """Put a checkpoint on every shared account that moved. Returns how many.

    Waits for postings on their way (numbers of entries may arrive out of order) and holds up new ones for
    as long as it takes to add up what came since the last time.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE finance_entry IN SHARE ROW EXCLUSIVE MODE")
    made = [_checkpoint(of, now) for of in Account.objects.filter(kind__in=SHARED).order_by("pk")]
    return sum(made)


def _checkpoint(of: Account, now: datetime) -> bool:
    newest = of.entries.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None or of.checkpoints.filter(entry_id=newest).exists():
        return False
    of.checkpoints.create(entry_id=newest, balance=balance(of), at=now)
    return True


@transaction.atomic
def close_day(*, day: date, now: datetime) -> None:
    """Nothing is booked on this day or before it from now on. Waits for postings on their way."""
    if day >= timezone.localdate(now):
        raise ValueError("only a day that is over can be closed")
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE finance_txn IN SHARE MODE")
    ClosedDay.objects.get_or_create(day=day, defaults={"at": now})


def _sum(entries: Any) -> Decimal:
    return entries.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def _check_balanced(legs: Sequence[Leg]) -> None:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row, amount in legs:
        sums[row.currency] += money.lira(amount)
    if any(sums.values()) or not any(amount for _row, amount in legs):
        raise Unbalanced(dict(sums))


@contextmanager
def _in_words() -> Iterator[None]:
    """The database's refusals as ours. What is checked at commit only cannot come from `post`."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        if name in REFUSALS:
            raise REFUSALS[name]() from error
        raise

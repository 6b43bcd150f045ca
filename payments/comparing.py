"""A pure comparison of two lists of movements: the provider's and ours. Nothing is written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from core.days import midnight

from .models import Attempt, DifferenceKind, Payout, RefundPart, Step
from .providers.base import ReportLine
from .states import PayoutStatus, RefundStatus

_K = DifferenceKind
EDGE = timedelta(hours=2)  # so far apart clocks and bookings of both sides may be
WAITING = [RefundStatus.REQUESTED, RefundStatus.SUBMITTED, RefundStatus.UNKNOWN, RefundStatus.FAILED]
PAYMENT, REFUND, PAYOUT = "payment", "refund", "payout"
SAME = {"payment": PAYMENT, "refund": REFUND, "void": REFUND, "chargeback": REFUND, "payout": PAYOUT}
FACTS = (
    "kind",
    "movement",
    "reference",
    "amount",
    "there",
    "here",
    "attempt",
    "part",
    "payout",
    "suggestion",
)


@dataclass(frozen=True)
class Ours:
    """One movement as we know it. `done`: here it counts as happened."""

    movement: str
    references: tuple[str, ...]
    amount: Decimal
    currency: str
    at: datetime | None
    state: str
    done: bool
    row: Any


@dataclass(frozen=True)
class Found:
    key: str
    kind: str
    movement: str
    reference: str
    amount: Decimal
    suggestion: str
    there: dict[str, Any] = field(default_factory=dict)
    here: dict[str, Any] = field(default_factory=dict)
    attempt: Attempt | None = None
    part: RefundPart | None = None
    payout: Payout | None = None


@dataclass(frozen=True)
class Result:
    found: list[Found]
    matched: int
    here: int
    sum_there: Decimal
    sum_here: Decimal
    pairs: list[tuple[ReportLine, Ours]] = field(default_factory=list)  # what agrees


def compare(*, provider: str, day: date, there: list[ReportLine], near: Iterable[ReportLine] = ()) -> Result:
    of_day = ours_of(provider, day)
    known = {id(one): one for one in of_day}
    by_reference = _by_reference([*of_day, *_ours_named(provider, there, of_day)])
    found: list[Found] = []
    used: set[int] = set()
    pairs = []
    for line in sorted(there, key=lambda line: not _is_named(line, by_reference)):
        ours = _match(line, by_reference, used)
        if ours is not None and id(ours) not in used:
            used.add(id(ours))
            difference = _compare(line, ours)
        else:
            difference = _alone(line, ours)
        found += [difference] if difference else []
        pairs += [(line, ours)] if ours and not difference else []
    beside = _by_line(near)
    missing = [one for one in known.values() if one.done and id(one) not in used]
    found += [_missing_there(one) for one in missing if not _is_beside(one, beside)]
    sums = (_total(there), sum((_signed(one) for one in of_day if one.done), Decimal(0)))
    return Result(_numbered(found), len(pairs), sum(one.done for one in of_day), *sums, pairs)


# --- Ours ---------------------------------------------------------------------------------


def ours_of(provider: str, day: date) -> list[Ours]:
    """All that counts as happened on this local day."""
    begin = midnight(day)
    span = (begin, begin + timedelta(days=1) - timedelta(microseconds=1))
    attempts = Attempt.objects.filter(provider=provider, captured_at__range=span)
    parts = RefundPart.objects.filter(
        attempt__provider=provider, status=RefundStatus.SUCCEEDED, settled_at__range=span, is_by_hand=False
    )
    payouts = Payout.objects.filter(provider=provider, status=PayoutStatus.PAID, ended_at__range=span)
    return [
        *map(_of_attempt, attempts),
        *map(_of_part, parts.select_related("attempt")),
        *map(_of_payout, payouts),
    ]


def _ours_named(provider: str, there: list[ReportLine], known: list[Ours]) -> list[Ours]:
    """What the report names and we have in another state or on another day."""
    names = {name for line in there for name in (line.reference, line.remote_id) if name}
    rows = {(type(one.row), one.row.pk) for one in known}
    attempts = Attempt.objects.filter(provider=provider, reference__in=names)
    parts = RefundPart.objects.filter(attempt__provider=provider, reference__in=names)
    of_attempts = RefundPart.objects.filter(attempt__in=attempts)
    payouts = Payout.objects.filter(provider=provider, reference__in=names)
    waiting = RefundPart.objects.filter(attempt__provider=provider, status__in=WAITING)  # told by remote ids
    both = (parts | of_attempts | waiting).distinct().select_related("attempt")
    found = [*map(_of_attempt, attempts), *map(_of_part, both), *map(_of_payout, payouts)]
    return [one for one in found if (type(one.row), one.row.pk) not in rows]


def _of_attempt(row: Attempt) -> Ours:
    amount = row.paid_amount or row.amount
    done = row.captured_at is not None
    return Ours(PAYMENT, (row.reference,), amount, row.currency, row.captured_at, row.status, done, row)


def _of_part(row: RefundPart) -> Ours:
    """Some providers name the refund, some the payment it is of."""
    assert row.attempt is not None  # noqa: S101  (only parts of attempts are read)
    remote = [str(value) for value in row.attempt.remote.values() if isinstance(value, str | int)]
    names, done = (row.reference, row.attempt.reference, *remote), row.status == RefundStatus.SUCCEEDED
    return Ours(REFUND, names, row.amount, row.attempt.currency, row.settled_at, row.status, done, row)


def _of_payout(row: Payout) -> Ours:
    done = row.status == PayoutStatus.PAID
    return Ours(PAYOUT, (row.reference,), row.amount, row.currency, row.ended_at, row.status, done, row)


def days_beside(provider: str, day: date, there: list[ReportLine]) -> list[date]:
    """The day before or after, where something of ours stands at its edge and is not in this report."""
    names = {(SAME.get(line.kind, line.kind), line.reference or line.remote_id) for line in there}
    begin = midnight(day)
    end = begin + timedelta(days=1)
    lonely = [
        one.at
        for one in ours_of(provider, day)
        if one.at and not {(one.movement, name) for name in one.references} & names
    ]
    before = any(at - begin < EDGE for at in lonely)
    after = any(end - at < EDGE for at in lonely)
    return [day + timedelta(days=step) for step, is_near in ((-1, before), (1, after)) if is_near]


# --- Matching -----------------------------------------------------------------------------


def _by_reference(rows: list[Ours]) -> dict[tuple[str, str], list[Ours]]:
    found: dict[tuple[str, str], list[Ours]] = defaultdict(list)
    for one in rows:
        for name in one.references:
            found[(one.movement, name)].append(one)
    return found


def _match(line: ReportLine, known: dict[tuple[str, str], list[Ours]], used: set[int]) -> Ours | None:
    """Ours of this name: unused before used, the equal amount before others.

    Some reports name a refund only by the provider's number of its payment.
    """
    rows = known.get((SAME.get(line.kind, line.kind), line.reference or line.remote_id), [])
    ranked = sorted(rows, key=lambda one: (id(one) in used, one.amount != line.amount, not one.done))
    return ranked[0] if ranked else None


def _is_named(line: ReportLine, known: dict[tuple[str, str], list[Ours]]) -> bool:
    """By its own reference: such lines choose first."""
    rows = known.get((SAME.get(line.kind, line.kind), line.reference), []) if line.reference else []
    return any(one.references[0] == line.reference for one in rows)


def _by_line(lines: Iterable[ReportLine]) -> set[tuple[str, str, Decimal]]:
    return {(SAME.get(line.kind, line.kind), line.reference or line.remote_id, line.amount) for line in lines}


def _is_beside(one: Ours, beside: set[tuple[str, str, Decimal]]) -> bool:
    return any((one.movement, name, one.amount) in beside for name in one.references)


# --- What differs -------------------------------------------------------------------------


def _compare(line: ReportLine, ours: Ours) -> Found | None:
    if line.currency != ours.currency:
        return _found(_K.CURRENCY, line, ours, line.amount, Step.EXPLAIN)
    if not ours.done:
        return _found(_K.STATE, line, ours, line.amount, Step.ASK)
    if line.amount != ours.amount:
        return _found(_K.AMOUNT, line, ours, line.amount - ours.amount, Step.ASK)
    return None


def _alone(line: ReportLine, ours: Ours | None) -> Found:
    """Theirs without one of ours: never heard of, or told a second time."""
    if ours is not None:
        return _found(_K.DUPLICATE, line, ours, line.amount, Step.EXPLAIN)  # at the provider's own desk
    return _found(_K.MISSING_HERE, line, None, line.amount, Step.EXPLAIN)


def _missing_there(ours: Ours) -> Found:
    return _found(_K.MISSING_THERE, None, ours, -ours.amount, Step.ASK)


def _found(kind: str, line: ReportLine | None, ours: Ours | None, amount: Decimal, step: str) -> Found:
    movement = line.kind if line else ours.movement if ours else ""
    name = (
        (line.reference if line else "")
        or (ours.references[0] if ours else "")
        or (line.remote_id if line else "")
    )
    there = line and {
        "remote_id": line.remote_id,
        "amount": str(line.amount),
        "currency": line.currency,
        "at": line.at.isoformat(),
        "reference": line.reference,
    }
    here = ours and {
        "reference": ours.references[0],
        "amount": str(ours.amount),
        "currency": ours.currency,
        "at": ours.at.isoformat() if ours.at else "",
        "state": ours.state,
    }
    row = ours.row if ours else None
    place = {Attempt: "attempt", RefundPart: "part", Payout: "payout"}
    rows = {place[type(row)]: row} if row else {}
    key = f"{kind} {movement} {line.remote_id if line else ''} {name}"[:150]
    return Found(key, kind, movement, name, amount, step, there or {}, here or {}, **rows)


def _numbered(found: list[Found]) -> list[Found]:
    """The same line told three times is two differences."""
    seen: dict[str, int] = defaultdict(int)
    rows = []
    for one in found:
        seen[one.key] += 1
        number = seen[one.key]
        rows.append(one if number == 1 else Found(**{**vars(one), "key": f"{one.key} #{number}"}))
    return rows


def _total(lines: Iterable[ReportLine]) -> Decimal:
    return sum((line.amount if line.kind == PAYMENT else -line.amount for line in lines), Decimal(0))


def _signed(one: Ours) -> Decimal:
    return one.amount if one.movement == PAYMENT else -one.amount

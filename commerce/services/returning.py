"""Goods come back: announced by the buyer, sent, taken in by the seller, paid back.

Our promise is stricter than the law: the money goes back on the day the goods arrive, or when they were
sent and nobody answers. A seller who is silent holds nothing back, and nobody asks what is on its account.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import events, locks, money_back, return_codes, return_days, return_rules, stock
from commerce.after_errors import (
    AlreadyDisputed,
    AmountChanged,
    NeedsEvidence,
    NothingChosen,
    NotReturnable,
    OwnBusiness,
    TooLate,
    TooMany,
)
from commerce.models import ReturnRequest
from commerce.money_back import Plan
from commerce.return_states import RETURNS, Decision, Ground, ReturnStatus
from commerce.states import PARCELS, ParcelStatus
from core import days, journal
from core.states import MoveRefused
from payments import services as payments
from payments.models import Reason, Refund

Line = get_model("order", "Line")

SILENCE = timedelta(days=5)  # after a proof of sending the money goes back by itself
EVENING = time(21)  # of the day of arrival: then it goes back without the seller
REMIND_AFTER = timedelta(days=7)
LAPSES_AFTER = timedelta(days=20)  # beyond the ten days: what was never sent is closed
REFUNDS = {Ground.WITHDRAWAL: Reason.WITHDRAWN}


@transaction.atomic
def announce(
    *,
    parcel: Any,
    pieces: Mapping[int, int],
    ground: str,
    key: str,
    by: Any,
    now: datetime,
    words: str = "",
    photos: Iterable[Any] = (),
) -> ReturnRequest:
    """The notice of withdrawal, or that something arrived wrong. It counts from now on.

    Raises TooLate, NothingChosen, TooMany, NotReturnable. With the same key it is the same return.
    """
    parcel = locks.parcel(parcel.pk)
    if known := ReturnRequest.objects.filter(key=key, parcel=parcel).first():
        return known
    if not return_rules.is_open(parcel, now):
        raise TooLate
    wanted = _checked(parcel, pieces, ground)
    made = _announced(parcel, ground, words, key, now)
    for option, number in wanted:
        amount = money_back.plan(parcel, [option.line], {option.line.pk: number}).shares[0].amount
        made.lines.create(line=option.line, pieces=number, amount=amount)
    _keep(made, photos, by, now, is_of_seller=False)
    journal.write(events.RETURN_ASKED, actor=by, subject=made, data={"business": parcel.business_id})
    return made


def _checked(parcel: Any, pieces: Mapping[int, int], ground: str) -> list[tuple[Any, int]]:
    found = {option.line.pk: option for option in return_rules.options(parcel)}
    wanted = {pk: number for pk, number in pieces.items() if number}
    if not wanted:
        raise NothingChosen
    if not wanted.keys() <= found.keys():
        raise TooMany
    for pk, number in wanted.items():
        if not 0 < number <= found[pk].pieces:
            raise TooMany
        if not found[pk].may(ground):
            raise NotReturnable(found[pk].why_not)
    return [(found[pk], number) for pk, number in sorted(wanted.items())]


def _announced(parcel: Any, ground: str, words: str, key: str, now: datetime) -> ReturnRequest:
    today = timezone.localdate(now)
    return ReturnRequest.objects.create(
        key=key,
        parcel=parcel,
        business_id=parcel.business_id,
        code=return_codes.of(parcel),
        ground=ground,
        words=words,
        asked_at=now,
        send_by=return_days.send_by(today),
        refund_by=return_days.refund_by(today),
        act_at=now + REMIND_AFTER,
    )


@transaction.atomic
def send(*, row: ReturnRequest, carrier: str, tracking: str, by: Any, now: datetime) -> None:
    """The buyer handed it over; the number is the proof. Raises MoveRefused."""
    act_at = min(now + SILENCE, _evening(row.refund_by))
    facts = {"carrier": carrier, "tracking": tracking, "sent_at": now, "act_at": max(act_at, now)}
    _move(row, ReturnStatus.SENT, events.RETURN_SENT, by, **facts)


@transaction.atomic
def take_back(*, row: ReturnRequest, by: Any, now: datetime) -> None:
    """She keeps it after all. Only what was not sent yet; raises MoveRefused."""
    _move(row, ReturnStatus.TAKEN_BACK, events.RETURN_KEPT, by, act_at=None, decided_at=now)


@transaction.atomic
def arrive(*, row: ReturnRequest, by: Any, now: datetime) -> None:
    """The seller holds it in hands. From here on the day runs; raises MoveRefused."""
    evening = _evening(timezone.localdate(now))
    facts = {"arrived_at": now, "act_at": evening if evening > now else now + timedelta(minutes=30)}
    _move(row, ReturnStatus.ARRIVED, events.RETURN_ARRIVED, by, **facts)


def plan_of(row: ReturnRequest) -> Plan:
    """What goes back if it is accepted now."""
    pieces = {one.line_id: one.pieces for one in row.lines.all()}
    return money_back.plan(row.parcel, row.parcel.lines.order_by("pk"), pieces)


@transaction.atomic
def accept(
    *,
    row: ReturnRequest,
    by: Any,
    now: datetime,
    restock: bool | None = None,
    decision: str = "",
    words: str = "",
    expected: Decimal | None = None,
) -> ReturnRequest:
    """The money goes back now. `by` nobody: the seller let the time pass. Raises MoveRefused."""
    parcel = locks.parcel(row.parcel_id, with_stock=bool(restock))
    row = _locked(row)
    row.parcel = parcel
    if not RETURNS.allows(row.status, ReturnStatus.ACCEPTED):
        raise MoveRefused
    plan = plan_of(row)
    if expected is not None and expected != plan.amount:
        raise AmountChanged
    item = money_back.item_of(row.parcel)
    amount = money_back.possible(item, plan.amount)
    facts: dict[str, Any] = {"decided_at": now, "decided_by": by, "act_at": None, "is_restocked": restock}
    facts |= _decision(decision, words, by, now) | {"delivery": plan.delivery, "amount": amount}
    if amount:
        facts["refund"] = _refund(row, item, amount, by, now)
    _move(row, ReturnStatus.ACCEPTED, events.RETURN_ACCEPTED, by, **facts)
    _count(row, plan, is_restocked=bool(restock))
    if plan.is_whole:
        _end(row.parcel, by, now)
    if not amount:
        _move(row, ReturnStatus.REFUNDED, events.RETURN_REFUNDED, by)
    return row


def _refund(row: ReturnRequest, item: Any, amount: Decimal, by: Any, now: datetime) -> Refund:
    reason = REFUNDS.get(Ground(row.ground), Reason.RETURNED)
    facts: dict[str, Any] = {
        "reason": reason,
        "by": by,
        "now": now,
        "note": f"{row.parcel.number} {row.code}",
    }
    return payments.refund_item(key=f"return {row.public_id}", item=item, amount=amount, **facts)


def _count(row: ReturnRequest, plan: Plan, *, is_restocked: bool) -> None:
    back: dict[int, int] = {}
    for share in plan.shares:
        Line.objects.filter(pk=share.line.pk).update(returned=F("returned") + share.pieces)
        row.lines.filter(line=share.line).update(amount=share.amount)
        if share.line.stockrecord_id:
            tag = share.line.stockrecord_id
            back[tag] = back.get(tag, 0) + share.pieces
    if is_restocked:
        stock.put_back(back)


def _end(parcel: Any, by: Any, now: datetime) -> None:
    """All of it is back. What nobody saw arrive at the buyer was with her nevertheless."""
    facts = {} if parcel.delivered_at else {"delivered_at": now}
    data = {"business": parcel.business_id}
    PARCELS.move(parcel, ParcelStatus.RETURNED, event=events.PARCEL_RETURNED, actor=by, data=data, **facts)


@transaction.atomic
def refuse(
    *, row: ReturnRequest, reason: str, words: str, photos: Iterable[Any], by: Any, now: datetime
) -> None:
    """Only what came back damaged or is not what was announced, with words and pictures.

    Raises NeedsEvidence, MoveRefused.
    """
    photos = list(photos)
    if not words.strip() or not photos:
        raise NeedsEvidence
    facts = {"refusal": reason, "refusal_words": words, "decided_at": now, "decided_by": by, "act_at": None}
    _move(row, ReturnStatus.REFUSED, events.RETURN_REFUSED, by, **facts)
    _keep(row, photos, by, now, is_of_seller=True)


@transaction.atomic
def dispute(*, row: ReturnRequest, words: str, by: Any, now: datetime) -> None:
    """The buyer asks our people to decide. Raises MoveRefused, AlreadyDisputed."""
    row = _locked(row)
    if row.status != ReturnStatus.REFUSED or row.disputed_at:
        raise AlreadyDisputed
    row.disputed_at, row.dispute = now, words
    row.save(update_fields=["disputed_at", "dispute"])
    journal.write(events.RETURN_DISPUTED, actor=by, subject=row, data={"business": row.business_id})


@transaction.atomic
def decide(*, row: ReturnRequest, decision: str, words: str, by: Any, now: datetime) -> None:
    """Our people end a dispute, with a reason both sides read. Raises OwnBusiness, AlreadyDisputed."""
    if row.business.memberships.filter(user=by).exists() or row.parcel.order.user_id == by.pk:
        raise OwnBusiness
    locks.parcel(row.parcel_id)
    row = _locked(row)
    if not row.is_disputed or row.status != ReturnStatus.REFUSED:
        raise AlreadyDisputed
    if decision == Decision.BUYER:
        accept(row=row, by=by, now=now, decision=decision, words=words)
    else:
        facts = _decision(decision, words, by, now)
        for name, value in facts.items():
            setattr(row, name, value)
        row.save(update_fields=list(facts))
    journal.write(
        events.RETURN_DECIDED, actor=by, subject=row, data={"business": row.business_id, "for": decision}
    )


@transaction.atomic
def money_went(*, refund: Refund, now: datetime) -> None:
    """The provider has taken the last part of it: the return is over."""
    row = ReturnRequest.objects.filter(refund=refund, status=ReturnStatus.ACCEPTED).first()
    if row:
        _move(row, ReturnStatus.REFUNDED, events.RETURN_REFUNDED, None)


def sweep(*, now: datetime, limit: int = 200) -> int:
    """What waits for nobody any more: silent sellers, buyers to remind, what was never sent."""
    due = ReturnRequest.objects.filter(act_at__lte=now).order_by("act_at").values_list("pk", flat=True)
    return sum(act(pk, now=now) for pk in list(due[:limit]))


@transaction.atomic
def act(pk: int, *, now: datetime) -> bool:
    """The next step of one return, if it is still due when its turn comes."""
    row = ReturnRequest.objects.select_related("parcel").get(pk=pk)
    locks.parcel(row.parcel_id)
    row = _locked(row)
    if row.act_at is None or row.act_at > now:
        return False
    if row.status in (ReturnStatus.SENT, ReturnStatus.ARRIVED):
        accept(row=row, by=None, now=now)
    elif row.status == ReturnStatus.ASKED and row.reminded_at is None:
        _remind(row, now)
    elif row.status == ReturnStatus.ASKED:
        _move(row, ReturnStatus.LAPSED, events.RETURN_LAPSED, None, act_at=None, decided_at=now)
    return True


def _remind(row: ReturnRequest, now: datetime) -> None:
    row.reminded_at, row.act_at = now, _evening(row.send_by) + LAPSES_AFTER
    row.save(update_fields=["reminded_at", "act_at"])
    journal.write(events.RETURN_REMINDED, subject=row)


def _move(row: ReturnRequest, to: str, event: str, by: Any, **facts: Any) -> None:
    RETURNS.move(row, to, event=event, actor=by, data={"business": row.business_id}, **facts)


def _locked(row: ReturnRequest) -> ReturnRequest:
    return (
        ReturnRequest.objects.select_for_update(of=("self",)).select_related("parcel__order").get(pk=row.pk)
    )


def _keep(row: ReturnRequest, photos: Iterable[Any], by: Any, now: datetime, *, is_of_seller: bool) -> None:
    for photo in photos:
        made = row.photos.model(request=row, is_of_seller=is_of_seller, by=by, at=now)
        made.file.save("photo.jpg", photo, save=False)
        made.save()


def _decision(decision: str, words: str, by: Any, now: datetime) -> dict[str, Any]:
    if not decision:
        return {}
    return {"decision": decision, "decision_words": words, "decision_at": now, "decision_by": by}


def _evening(day: Any) -> datetime:
    return days.midnight(day).replace(hour=EVENING.hour)

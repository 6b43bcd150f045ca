"""A part of a refund goes to its provider: claim (commit), speak, write down. Nothing is sent twice:
before a repeat the provider is asked what became of the first one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import journal
from finance import ledger

from .. import crash, events, locks, rules
from ..models import RefundPart
from ..orders import refund_order
from ..providers import registry
from ..providers.base import Outcome, Provider, State
from ..states import REFUNDS, RefundStatus
from . import accounts, returning, wallets

_R = RefundStatus
OPEN = [_R.REQUESTED, _R.SUBMITTED, _R.UNKNOWN, _R.FAILED, _R.MANUAL]  # money somebody still waits for


def send(*, part_id: int, now: datetime) -> None:
    """The next step of one part, if it is due and in nobody else's hands."""
    claimed = _claim(part_id, now)
    if claimed is None:
        return
    part, is_repeat = claimed
    crash.point("after_refund_claim")
    provider = _provider(part)
    outcome = provider.find_refund(refund_order(part)) if is_repeat else _ask(provider, part)
    crash.point("after_refund_call")
    write_down(part=part, outcome=outcome, was_asked_only=is_repeat, now=now)
    crash.point("after_refund")


def send_due(*, now: datetime, limit: int = 50) -> int:
    due = RefundPart.objects.filter(act_at__lte=now).order_by("act_at").values_list("pk", flat=True)[:limit]
    for pk in due:
        send(part_id=pk, now=now)
    return len(due)


def _claim(part_id: int, now: datetime) -> tuple[RefundPart, bool] | None:
    """Is it a repeat? Then only the question whether it happened may follow."""
    with transaction.atomic():
        rows = RefundPart.objects.select_for_update(of=("self",), skip_locked=True)
        part = rows.select_related("refund__payment", "attempt").filter(pk=part_id, act_at__lte=now).first()
        if part is None:
            return None
        is_repeat = part.status != _R.REQUESTED
        facts: dict[str, Any] = {"act_at": now + rules.LEASE, "tries": part.tries + 1}
        if is_repeat:
            RefundPart.objects.filter(pk=part.pk).update(**facts)
        else:
            first: dict[str, Any] = {"submitted_at": part.submitted_at or now, "is_void": _is_void(part, now)}
            REFUNDS.move(part, _R.SUBMITTED, event=events.REFUND_PART, **facts, **first)
        part.act_at, part.tries = facts["act_at"], facts["tries"]
        return part, is_repeat


def _is_void(part: RefundPart, now: datetime) -> bool:
    """All of it on its own day leaves no trace on the card, where the provider can do that."""
    attempt = part.attempt
    assert attempt is not None  # noqa: S101  (the wallet's part asks nobody)
    assert attempt.captured_at is not None  # noqa: S101
    whole = part.amount == attempt.captured
    today = timezone.localdate(attempt.captured_at) == timezone.localdate(now)
    return whole and today and _provider(part).abilities.void and part.code != VOID_REFUSED


VOID_REFUSED = "void refused"


def _ask(provider: Provider, part: RefundPart) -> Outcome:
    order = refund_order(part)
    return provider.void(order) if part.is_void else provider.refund(order)


def _provider(part: RefundPart) -> Provider:
    provider = registry.find(part.attempt.provider) if part.attempt else None
    assert provider is not None  # noqa: S101  (returning._can_send)
    return provider


@transaction.atomic
def write_down(*, part: RefundPart, outcome: Outcome, was_asked_only: bool, now: datetime) -> None:
    """What the provider said of it, once: a word that comes late finds the part where it stands."""
    part = locks.part(part.pk)
    if part.status not in (_R.SUBMITTED, _R.UNKNOWN):
        return
    if outcome.state == State.SETTLED:
        _accepted(part, now)
    elif outcome.state == State.REFUSED and was_asked_only:  # certainly not there: it may be sent again
        REFUNDS.move(part, _R.REQUESTED, event=events.REFUND_PART, act_at=now)
    elif outcome.state == State.REFUSED and part.is_void:  # the day was closed over there: an ordinary one
        facts: dict[str, Any] = {"act_at": now, "code": VOID_REFUSED, "is_void": False}
        REFUNDS.move(part, _R.REQUESTED, event=events.REFUND_PART, **facts)
    elif outcome.state == State.REFUSED and outcome.reason == "too_early":  # not yet settled over there
        REFUNDS.move(part, _R.REQUESTED, event=events.REFUND_PART, act_at=now + rules.ASK_EVERY)
    elif outcome.state == State.REFUSED:
        _refused(part, outcome, now)
    else:
        _wait(part, outcome, now)
    crash.point("before_refund_commit")


def _accepted(part: RefundPart, now: datetime) -> None:
    attempt = part.attempt
    assert attempt is not None  # noqa: S101
    legs = [(accounts.transit(attempt.currency), -part.amount), (accounts.of_attempt(attempt), part.amount)]
    key, source = f"refund accepted {part.reference}", wallets.source(part.refund.payment)
    ledger.post(key=key, kind="refund_accepted", legs=legs, now=now, source=source)
    REFUNDS.move(part, _R.SUCCEEDED, event=events.REFUND_PART, settled_at=now, act_at=None, reason="")
    returning.announce_if_done(part.refund)


def _refused(part: RefundPart, outcome: Outcome, now: datetime) -> None:
    why = {"code": outcome.code[:60], "reason": outcome.reason[:20]}
    REFUNDS.move(part, _R.FAILED, event=events.REFUND_PART, act_at=None, data=why, **why)
    give_to_person(part=part, why="refused", now=now)


def _wait(part: RefundPart, outcome: Outcome, now: datetime) -> None:
    """Taken on, or silence: ask again later, and let a person know in time."""
    act_at = rules.next_try(tries=part.tries, now=now)
    if outcome.state == State.UNKNOWN and part.status == _R.SUBMITTED:
        REFUNDS.move(part, _R.UNKNOWN, event=events.REFUND_PART, act_at=act_at)
    else:
        RefundPart.objects.filter(pk=part.pk).update(act_at=act_at)
    if rules.is_late_today(since=part.refund.requested_at, now=now):
        give_to_person(part=part, why="silent", now=now)


@transaction.atomic
def give_to_person(*, part: RefundPart, why: str, now: datetime) -> bool:
    """Once for each part: the money people get a mail and a line in the back office."""
    changed = RefundPart.objects.filter(pk=part.pk, with_person_at=None, status__in=OPEN)
    if not changed.update(with_person_at=now):
        return False
    journal.write(events.REFUND_WITH_PERSON, subject=part, data={"why": why})
    return True


def watch(*, now: datetime) -> int:
    """Whatever is under way for two hours, or at 23:30: a person sees it the same day."""
    rows = RefundPart.objects.filter(status__in=OPEN, with_person_at=None).select_related("refund")
    late = [one for one in rows if rules.is_late_today(since=one.refund.requested_at, now=now)]
    return sum(give_to_person(part=one, why="silent", now=now) for one in late)

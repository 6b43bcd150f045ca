"""Approved payouts go to the provider: intent committed, provider asked without a lock, outcome written.

Only what the provider itself says ends a payout. Silence is asked again; "never seen" is told again under
the same reference, which every provider takes as the same payout.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from .. import crash, rules
from .. import payout_events as events
from .. import payout_locks as locks
from ..models import Payout
from ..models.payouts import BY_BANK
from ..providers import registry
from ..providers.base import Outcome, PayoutOrder, State
from ..states import PAYOUTS, PayoutStatus
from . import payouts

FIRST_LOOK = timedelta(minutes=2)
NEVER_SEEN = "not_found"
UNDER_WAY = [PayoutStatus.APPROVED, PayoutStatus.SENT]  # nothing else is ever told to a provider


def send_due(*, now: datetime, limit: int = 50) -> int:
    """Send what is approved, ask about what was sent. Each is claimed, so two workers never share one."""
    due = Payout.objects.filter(look_at__lte=now, status__in=UNDER_WAY).exclude(provider=BY_BANK)
    return sum(
        send(payout_id=pk, now=now) for pk in due.order_by("look_at").values_list("pk", flat=True)[:limit]
    )


def send(*, payout_id: int, now: datetime) -> bool:
    """One step of one payout. False when it is in other hands, or nothing is due."""
    row, was = _claim(payout_id, now)
    if row is None:
        return False
    crash.point("payout_claimed")
    outcome = _speak(row, is_new=was == PayoutStatus.APPROVED)
    crash.point("payout_answered")
    write_down(payout=row, outcome=outcome, now=now)
    return True


@transaction.atomic
def _claim(pk: int, now: datetime) -> tuple[Payout | None, str]:
    """The intent: it counts as sent before the provider hears of it."""
    rows = Payout.objects.select_for_update(of=("self",), skip_locked=True).select_related("business")
    row = rows.filter(pk=pk, look_at__lte=now, status__in=UNDER_WAY).first()
    if row is None:
        return None, ""
    was, next_look = row.status, _next(row, now)
    if was == PayoutStatus.APPROVED:
        facts = {"sent_at": now, "look_at": next_look}
        PAYOUTS.move(row, PayoutStatus.SENT, event=events.SENT, data={"business": row.business_id}, **facts)
    else:
        row.look_at, row.looks = next_look, row.looks + 1
        row.save(update_fields=["look_at", "looks"])
    crash.point("before_payout_claimed")
    return row, was


def _next(row: Payout, now: datetime) -> datetime:
    """A payout is asked about until it ends: money never stands on its way for good."""
    if row.sent_at is None:
        return now + FIRST_LOOK
    return rules.next_look(looks=row.looks, begun=row.sent_at, now=now) or now + rules.ASK_TRANSFER_EVERY


def _speak(row: Payout, *, is_new: bool) -> Outcome:
    provider, order = registry.find(row.provider), order_of(row)
    if provider is None:
        return Outcome(State.UNKNOWN)
    outcome = Outcome(State.REFUSED, code=NEVER_SEEN) if is_new else provider.look_up_payout(order)
    if outcome.state == State.REFUSED and outcome.code == NEVER_SEEN:
        crash.point("before_pay_out")
        outcome = provider.pay_out(order)
        crash.point("after_pay_out")
    return outcome


def order_of(row: Payout) -> PayoutOrder:
    text = _("Diji.vet payout %(reference)s") % {"reference": row.reference}
    return PayoutOrder(row.reference, row.amount, row.iban, row.holder, text)


@transaction.atomic
def write_down(*, payout: Payout, outcome: Outcome, now: datetime) -> bool:
    """The provider's word. True when it ended the payout; figures that are not ours end nothing."""
    row = locks.payout(payout.pk)
    if row.status != PayoutStatus.SENT:
        return False
    if wrong := _difference(row, outcome):
        row.code = f"differs: {wrong}"
        row.save(update_fields=["code"])
        return False
    if outcome.state == State.SETTLED:
        payouts.paid(row, now=now, remote=outcome.remote)
    elif outcome.state == State.REFUSED:
        payouts.failed(row, now=now, code=outcome.code)
    crash.point("before_payout_commit")
    return row.status != PayoutStatus.SENT


def _difference(row: Payout, outcome: Outcome) -> str:
    if outcome.state != State.SETTLED:
        return ""
    checks = {
        "signed": outcome.is_signed,
        "reference": outcome.reference in ("", row.reference),
        "amount": outcome.amount in (None, row.amount),
        "currency": outcome.currency in ("", row.currency),
    }
    return next((name for name, holds in checks.items() if not holds), "")

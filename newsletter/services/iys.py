"""İYS is told each decision within three business days, and asked for those made there."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import business_days, journal

from .. import events, register, rules
from ..models import EvidenceKind, IysChange, IysReport, IysSync, Subscription
from ..models.iys import IysState
from ..states import PushStatus, SubscriptionStatus

log = logging.getLogger(__name__)

BATCH = 100
AT_ONCE = timedelta(minutes=2)  # nobody else takes a change that is being told
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
MOST_DIFFERENCES = 200  # in a report; the number counts all


def note(subscription: Subscription, state: str, now: datetime) -> IysChange:
    """Remember to tell it. Belongs to the transaction of the decision."""
    due_on = business_days.after(timezone.localdate(now), rules.IYS_BUSINESS_DAYS)
    return IysChange.objects.create(
        subscription=subscription, state=state, at=now, due_on=due_on, next_at=now
    )


def push_due(*, now: datetime) -> int:
    """Tell what is due, each decision by itself. Returns how many the register has taken."""
    if not register.is_there():
        return 0
    told = 0
    for change in _take(now):
        try:
            register.push(change, evidence=_evidence_of(change))
        except register.RefusedByRegister as refusal:
            _refused(change, str(refusal))
        except register.NotNow as error:
            _later(change, str(error), now)
            if change.tries == 1:
                log.warning("İYS does not answer", extra={"error": str(error)})
        else:
            _told(change, now)
            told += 1
    return told


@transaction.atomic
def _take(now: datetime) -> list[IysChange]:
    """Lease them: the call itself holds no lock, and a worker that dies leaves them due again."""
    due = IysChange.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    rows = list(due.select_related("subscription").order_by("pk")[:BATCH])
    for row in rows:
        row.tries, row.next_at = row.tries + 1, now + AT_ONCE
        row.save(update_fields=["tries", "next_at"])
    return rows


def _evidence_of(change: IysChange) -> dict[str, Any]:
    """Time, source and version of the words: what İYS may ask to see."""
    kinds = [EvidenceKind.CONFIRMED, EvidenceKind.RETURNED, EvidenceKind.STOPPED]
    rows = change.subscription.evidence.filter(kind__in=kinds, at__lte=change.at).select_related("text")
    last = rows.order_by("at", "pk").last()
    if last is None:
        return {}
    return {"source": last.source, "text": last.text.sha256 if last.text else "", "locale": last.locale}


@transaction.atomic
def _told(change: IysChange, now: datetime) -> None:
    """An approval that İYS has opens the address for sending, unless its owner has left meanwhile."""
    row = Subscription.objects.select_for_update().get(pk=change.subscription_id)
    change.status, change.pushed_at, change.error = PushStatus.PUSHED, now, ""
    change.save(update_fields=["status", "pushed_at", "error"])
    is_newest = not row.iys_changes.filter(pk__gt=change.pk).exists()
    if change.state == IysState.APPROVED and row.is_active and is_newest:
        row.iys_at = now
        row.save(update_fields=["iys_at"])


@transaction.atomic
def _refused(change: IysChange, said: str) -> None:
    change.status, change.error = PushStatus.FAILED, said[:500]
    change.save(update_fields=["status", "error"])
    journal.write(events.IYS_FAILED, subject=change, data={"said": said[:200]})


def _later(change: IysChange, error: str, now: datetime) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(change.tries - 1, 10), LONGEST_PAUSE)
    change.next_at, change.error = now + pause, error[:500]
    change.save(update_fields=["next_at", "error"])


def try_again(*, change: IysChange, by: Any, now: datetime) -> None:
    """A person has mended what İYS disliked."""
    change.status, change.next_at, change.tries, change.error = PushStatus.PENDING, now, 0, ""
    change.save(update_fields=["status", "next_at", "tries", "error"])
    journal.write(events.IYS_FAILED, actor=by, subject=change, data={"again": True})


def pull(*, now: datetime) -> int:
    """Take over refusals made at İYS. Returns how many subscriptions ended by them. Raises NotNow."""
    if not register.is_there():
        return 0
    sync = IysSync.objects.get_or_create(pk=1)[0]
    decisions, cursor = register.decided_there(sync.cursor)
    ended = sum(_obey(decision, now) for decision in decisions)
    IysSync.objects.filter(pk=1).update(cursor=cursor, pulled_at=now)
    return ended


def _obey(decision: register.Decision, now: datetime) -> bool:
    """Approvals made there are not ours to use: nobody has read our words with them."""
    from . import subscribing

    if decision.state != IysState.REFUSED:
        return False
    row = Subscription.objects.filter(email=decision.recipient).first()
    if row is None:
        return False
    where = subscribing.Where(source=subscribing.BY_IYS, locale=row.locale)
    return subscribing.stop(subscription=row, where=where, now=now)


def compare(*, now: datetime) -> IysReport:
    """The nightly report: who is approved here and not there, or there and not here. Raises NotNow.

    What is still on its way to İYS and not late is no difference.
    """
    theirs = {decision.recipient for decision in register.approvals()}
    active = Subscription.objects.filter(status=SubscriptionStatus.ACTIVE)
    ours = dict(active.values_list("email", "public_id"))
    on_its_way = set(
        IysChange.objects.filter(status=PushStatus.PENDING).values_list("subscription__email", flat=True)
    )
    missing = sorted(set(ours) - theirs - on_its_way)
    surplus = sorted(theirs - set(ours) - on_its_way)
    found = [{"id": str(ours[email]), "what": "missing"} for email in missing]
    found += [{"id": _id_of(email), "what": "surplus"} for email in surplus]
    return _report(len(ours), len(theirs), found, now)


def _id_of(email: str) -> str:
    """Reports name rows, not addresses; an address we never had is told by its domain only."""
    row = Subscription.objects.filter(email=email).first()
    return str(row.public_id) if row else f"*@{email.rpartition('@')[2]}"


@transaction.atomic
def _report(ours: int, theirs: int, found: list[dict[str, str]], now: datetime) -> IysReport:
    facts = {"at": now, "ours": ours, "theirs": theirs, "differences": found[:MOST_DIFFERENCES]}
    report, _ = IysReport.objects.update_or_create(day=timezone.localdate(now), defaults=facts)
    journal.write(events.IYS_COMPARED, subject=report, data={"differences": len(found)})
    return report

"""Verbs of the review: what is sent, and what our staff decide. The old value stays in force until then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from core import journal

from . import events, facts, licences, shown
from .errors import NoReason, NothingChanged, OwnBusiness, SameReviewer, StaleReview
from .models import Business, Licence, Topic, Verification
from .models.verification import NEEDS_TWO
from .states import MOVES, VERIFICATION_MOVES, Status, VerificationStatus

IBAN_HOLD = timedelta(hours=24)


@transaction.atomic
def request_change(
    *, business: Business, topic: str, values: dict[str, Any], by: Any, now: datetime
) -> Verification:
    """Ask for another legal name, tax number or bank account. A request that waits already is edited.

    Raises NothingChanged.
    """
    _lock(business)
    before = facts.of_fields(business, topic)
    if before | values == before:
        raise NothingChanged
    return _send(business, topic, before, before | values, by=by, now=now)


@transaction.atomic
def request_licence(*, licence: Licence, by: Any, now: datetime) -> Verification:
    """Ask to put a new or renewed licence in force. Sent again after an edit, the reviewers begin anew."""
    _lock(licence.business)
    before = facts.of_licence(licence.replaces) if licence.replaces else {}
    after = facts.of_licence(licence)
    return _send(licence.business, Topic.LICENCE, before, after, by=by, now=now, licence=licence)


@transaction.atomic
def send_onboarding(*, business: Business, by: Any, now: datetime) -> Verification:
    return _send(business, Topic.ONBOARDING, {}, facts.sent(business), by=by, now=now)


@transaction.atomic
def withdraw(*, verification: Verification, by: Any, now: datetime) -> None:
    """The business takes its request back; what is in force stays."""
    _close(verification, VerificationStatus.WITHDRAWN, events.CHANGE_WITHDRAWN, by, decided_at=now)
    if verification.licence:
        licences.withdraw(licence=verification.licence, by=by)


@transaction.atomic
def approve(*, verification: Verification, version: int, by: Any, now: datetime) -> bool:
    """True when the facts are in force now, False when a second person has to look first.

    Raises StaleReview, SameReviewer, OwnBusiness, MoveRefused.
    """
    row = _for_review(verification, version, by)
    if row.needs_two and row.first_reviewer_id is None:
        row.first_reviewer, row.first_reviewed_at = by, now
        row.save(update_fields=["first_reviewer", "first_reviewed_at"])
        journal.write(events.CHANGE_SEEN_ONCE, actor=by, subject=row, data=_told(row))
        return False
    if row.first_reviewer_id == by.pk:
        raise SameReviewer
    _put_in_force(row, by, now)
    who = {"second_reviewer": by} if row.needs_two else {"first_reviewer": by, "first_reviewed_at": now}
    in_force = facts.in_force(Business.objects.get(pk=row.business_id))
    _close(
        row,
        VerificationStatus.APPROVED,
        events.CHANGE_APPROVED,
        by,
        facts=in_force,
        decided_at=now,
        **who,
    )
    return True


@transaction.atomic
def send_back(
    *, verification: Verification, version: int, reasons: dict[str, str], by: Any, now: datetime
) -> None:
    """Return it with a reason for each field that has to be mended. Raises NoReason and as `approve`."""
    given = {key: reason.strip() for key, reason in reasons.items() if reason.strip()}
    if not given:
        raise NoReason
    row = _for_review(verification, version, by)
    _close(row, VerificationStatus.RETURNED, events.CHANGE_RETURNED, by, reasons=given, decided_at=now)
    if row.topic == Topic.ONBOARDING:
        MOVES.move(row.business, Status.REJECTED, event=events.REJECTED, actor=by)


def _send(
    business: Business,
    topic: str,
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    by: Any,
    now: datetime,
    licence: Licence | None = None,
) -> Verification:
    sent = {"before": before, "after": after, "sent_by": by, "sent_at": now}
    waiting = business.verifications.open().filter(topic=topic, licence=licence).first()
    if waiting is None:
        fixed = {"topic": topic, "licence": licence, "needs_two": topic in NEEDS_TWO}
        row = Verification.objects.create(business=business, **fixed, **sent)
        journal.write(events.CHANGE_REQUESTED, actor=by, subject=row, data=_told(row))
        return row
    anew = sent | {"version": waiting.version + 1, "first_reviewer": None, "first_reviewed_at": None}
    for name, value in anew.items():
        setattr(waiting, name, value)
    waiting.save(update_fields=list(anew))
    journal.write(events.CHANGE_EDITED, actor=by, subject=waiting, data=_told(waiting))
    return waiting


def _for_review(verification: Verification, version: int, by: Any) -> Verification:
    """The row as it is now, locked; refused unless it is what this reviewer has read."""
    _lock(verification.business)
    row = Verification.objects.select_related("business", "licence__replaces").get(pk=verification.pk)
    if row.business.memberships.filter(user=by).exists():
        raise OwnBusiness
    if not row.is_open or row.version != version or _as_now(row) != (row.before, row.after):
        raise StaleReview
    return row


def _as_now(row: Verification) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the request says today: the facts beside it may have changed under it."""
    if row.topic == Topic.ONBOARDING:
        return {}, facts.sent(row.business)
    if row.licence is None:
        return facts.of_fields(row.business, row.topic), row.after
    old = row.licence.replaces
    return (facts.of_licence(old) if old else {}), facts.of_licence(row.licence)


def _put_in_force(row: Verification, by: Any, now: datetime) -> None:
    if row.topic == Topic.ONBOARDING:
        MOVES.move(row.business, Status.VERIFIED, event=events.VERIFIED, actor=by, verified_at=now)
        waiting = list(row.business.licences.filter(status="waiting"))
    else:
        waiting = [row.licence] if row.licence else []
        _write_fields(row, now)
    for licence in waiting:
        licences.put_in_force(licence=licence, by=by)
    shown.changed(row.business)


def _write_fields(row: Verification, now: datetime) -> None:
    """A new bank account is paid only a day later, so that its owners can object."""
    changes = dict(row.after) if row.licence is None else {}
    if row.topic == Topic.BANK:
        changes["iban_held_until"] = now + IBAN_HOLD
    if changes:
        Business.objects.filter(pk=row.business_id).update(**changes)


def _close(row: Verification, status: str, event: str, by: Any, **changes: Any) -> None:
    """The line of the journal carries what a notice needs."""
    VERIFICATION_MOVES.move(row, status, event=event, actor=by, data=_told(row), **changes)


def _lock(business: Business) -> None:
    Business.objects.select_for_update().get(pk=business.pk)


def _told(row: Verification) -> dict[str, Any]:
    return {"business": row.business_id, "topic": row.topic, "version": row.version}

"""The refund clock: where money that goes back is, with the times that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import business_days

from . import rules, words
from .models import Refund, RefundPart
from .services.accounts import OWN_BANK
from .states import RefundStatus

DONE, NOW, LATER = "done", "now", "later"


@dataclass(frozen=True)
class Step:
    text: str
    state: str
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Clock:
    """Of one part: to one source."""

    amount: Decimal
    to: str
    steps: list[Step]
    is_over: bool  # nothing left for us to do
    seen_by: date | None = None  # when the bank shows it, at the latest


def of(refund: Refund) -> list[Clock]:
    return [_of_part(refund, part) for part in refund.parts.all()]


def _of_part(refund: Refund, part: RefundPart) -> Clock:
    decided = Step(_("Decided"), DONE, refund.requested_at)
    if part.attempt is None:
        steps = [decided, Step(_("In your wallet"), DONE, part.settled_at, _("at once"))]
        return Clock(part.amount, _("Your wallet"), steps, is_over=True)
    is_bank = part.attempt.provider == OWN_BANK or part.is_by_hand
    to = _("Your bank account") if is_bank else _("Your card")
    steps = [decided, _sent(part), _accepted(part), *_at_bank(part)]
    is_over = part.status == RefundStatus.SUCCEEDED
    return Clock(part.amount, to, steps, is_over=is_over, seen_by=seen_by(part))


def _sent(part: RefundPart) -> Step:
    who = _name(part)
    text = _("Sent by transfer") if part.is_by_hand else _("Sent to %(who)s") % {"who": who}
    if part.submitted_at:
        return Step(text, DONE, part.submitted_at, _later(part.refund.requested_at, part.submitted_at))
    note = (
        _("A person makes the transfer; a second one checks it.") if part.is_by_hand else _("any moment now")
    )
    return Step(text, NOW, None, note)


def _accepted(part: RefundPart) -> Step:
    text = _("Confirmed") if part.is_by_hand else _("Accepted by %(who)s") % {"who": _name(part)}
    if part.settled_at:
        return Step(text, DONE, part.settled_at)
    if part.submitted_at is None:
        return Step(text, LATER)
    if part.is_by_hand:
        return Step(text, NOW, None, _("A second person checks it."))
    note = _("It takes longer than usual; a person looks at it today.") if part.with_person_at else ""
    return Step(text, NOW, None, note)


def _at_bank(part: RefundPart) -> list[Step]:
    """Only a bank knows when it shows it; we say until when, and count in its business days."""
    day = seen_by(part)
    if day is None:
        return [Step(_("Expected at your bank"), LATER)]
    note = _("by %(day)s at the latest; from here on it is up to your bank") % {"day": _day(day)}
    state = DONE if timezone.localdate() > day else NOW
    return [Step(_("Expected at your bank"), state, None, note)]


def seen_by(part: RefundPart) -> date | None:
    if part.settled_at is None or part.attempt is None:
        return None
    return business_days.after(timezone.localdate(part.settled_at), rules.BANK_DAYS)


def _name(part: RefundPart) -> Any:
    return words.label(part.attempt.provider) if part.attempt else ""


def _day(day: date) -> str:
    return date_format(day, "j F l")


def _later(begun: datetime, at: datetime) -> str:
    """“12 seconds later”: the promise in figures."""
    passed = max(at - begun, timedelta())
    seconds = int(passed.total_seconds())
    if seconds < 1:
        return _("in the same second")
    if seconds < 60:
        return _("%(number)s seconds later") % {"number": seconds}
    if seconds < 3600:
        return _("%(number)s minutes later") % {"number": seconds // 60}
    return _("%(number)s hours later") % {"number": seconds // 3600}

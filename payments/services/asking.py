"""Ask providers about attempts that nobody told us the end of: minutes first, then hours, for a day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from .. import rules
from ..models import Attempt
from ..orders import look_up_order
from ..providers import registry
from ..providers.base import Method, Outcome, State
from ..states import AttemptStatus
from .settling import settle


def look_up_attempt(*, attempt: Attempt, now: datetime) -> Outcome:
    """Ask, then write the answer down. No row is locked while the bank thinks."""
    provider = registry.find(attempt.provider)
    outcome = provider.look_up(look_up_order(attempt)) if provider else Outcome(State.UNKNOWN)
    settle(attempt=attempt, outcome=outcome, now=now)
    attempt.refresh_from_db()
    return outcome


def ask_due(*, now: datetime, limit: int = 50) -> int:
    """Those whose time has come; each is claimed, so two workers do not ask about the same one."""
    due = Attempt.objects.filter(look_at__lte=now).order_by("look_at").values_list("pk", flat=True)[:limit]
    return sum(_ask(pk, now) for pk in due)


def _ask(pk: int, now: datetime) -> bool:
    attempt = _claim(pk, now)
    if attempt is None:
        return False
    look_up_attempt(attempt=attempt, now=now)
    return True


@transaction.atomic
def _claim(pk: int, now: datetime) -> Attempt | None:
    """The next time is written before the question, so a crash in between only costs that wait."""
    rows = Attempt.objects.select_for_update(of=("self",), skip_locked=True)
    attempt = rows.select_related("payment").filter(pk=pk, look_at__lte=now).first()
    if attempt is None:
        return None
    attempt.look_at = _next(attempt, now)
    attempt.looks += 1
    attempt.save(update_fields=["look_at", "looks"])
    return attempt


def _next(attempt: Attempt, now: datetime) -> datetime | None:
    if attempt.status == AttemptStatus.FAILED and now >= attempt.expires_at:
        return None
    if attempt.method == Method.TRANSFER and attempt.status != AttemptStatus.CREATED:
        return rules.next_transfer_look(begun=attempt.created_at, now=now)
    return rules.next_look(looks=attempt.looks, begun=attempt.created_at, now=now)

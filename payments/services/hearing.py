"""What providers tell us, and what browsers bring back from them."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F

from core import limits

from .. import crash, masking
from ..models import Attempt, GatewayEvent
from ..providers import registry
from ..providers.base import Callback, Forged, Message, Provider, Reply
from .asking import look_up_attempt
from .settling import settle

log = logging.getLogger("payments.security")


def take_callback(*, provider: str, callback: Callback, now: datetime) -> Reply | None:
    """A message of a provider's server. It counts once, whoever repeats it; None for no such provider.

    Answered after the commit. A message that is not the provider's leaves one line in the security log.
    """
    sender = registry.find(provider)
    if sender is None:
        return None
    try:
        message = sender.read_callback(callback)
    except (Forged, NotImplementedError) as error:
        _log_forged(provider, callback, error)
        return sender.reply(is_taken=False)
    event, is_new = _keep(provider, message, callback, now)
    crash.point("after_event")
    if is_new or event.handled_at is None:
        _act(sender, event, message, now)
    crash.point("after_settle")
    return sender.reply(is_taken=True)


def take_return(*, attempt: Attempt, now: datetime) -> None:
    """A browser came back: that proves nothing, but it is a good moment to ask."""
    if attempt.captured_at is None and limits.is_first("payments.return", attempt.reference, seconds=2):
        look_up_attempt(attempt=attempt, now=now)


def _log_forged(provider: str, callback: Callback, error: Exception) -> None:
    facts = {"provider": provider, "why": type(error).__name__, "size": len(callback.body), "ip": callback.ip}
    log.warning("forged message of a payment provider", extra=facts)


@transaction.atomic
def _keep(provider: str, message: Message, callback: Callback, now: datetime) -> tuple[GatewayEvent, bool]:
    """Committed before anything follows from it, so nothing that came is lost."""
    attempt = Attempt.objects.filter(provider=provider, reference=message.reference).first()
    given = {
        "attempt": attempt,
        "kind": message.kind[:40],
        "is_verified": message.outcome is not None and message.outcome.is_signed,
        "raw": masking.raw(callback.body),
        "received_at": now,
    }
    event, is_new = GatewayEvent.objects.get_or_create(
        provider=provider, dedupe_key=message.dedupe_key[:200], defaults=given
    )
    if not is_new:
        GatewayEvent.objects.filter(pk=event.pk).update(repeats=F("repeats") + 1)
    return event, is_new


def _act(sender: Provider, event: GatewayEvent, message: Message, now: datetime) -> None:
    """An event without an attempt of ours stays for a person to see (back office, queue)."""
    if event.attempt is None:
        _mark(event, "no attempt of ours", now)
        log.warning("message about a payment we do not know", extra={"provider": event.provider})
        return
    if message.outcome is None or not message.outcome.is_signed:
        outcome = look_up_attempt(attempt=event.attempt, now=now)
        _mark(event, f"asked: {outcome.state}", now)
        return
    with transaction.atomic():
        changed = settle(attempt=event.attempt, outcome=message.outcome, now=now)
        _mark(event, str(message.outcome.state) if changed else "nothing new", now)


def _mark(event: GatewayEvent, outcome: str, now: datetime) -> None:
    event.outcome, event.handled_at = outcome[:40], now
    event.save(update_fields=["outcome", "handled_at"])

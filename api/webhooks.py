"""Messages to other systems: one row for each message and webhook, signed, tried for a day.

A try and its result commit together, and the next try is a journal line that is due later. So one
webhook that fails is repeated alone, and a worker that dies in between costs a second message with
the same `Diji-Delivery`, never a lost one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from requests import RequestException

from core import http, journal
from core.models import Line

from . import events
from .models import Delivery, Status, Webhook

LARGEST_ANSWER = 64 * 1024
TEST_DATA = {"page": 0, "type": "", "locale": "tr", "url": "", "at": ""}


def fan_out(line: Line) -> None:
    for webhook in Webhook.objects.filter(active=True, events__contains=[line.name]):
        _queue(line, webhook)


@transaction.atomic
def send_test(*, webhook: Webhook, actor: Any) -> Delivery:
    line = journal.write(events.TESTED, actor=actor, subject=webhook, data=TEST_DATA)
    return _queue(line, webhook)


@transaction.atomic
def send_again(*, delivery: Delivery, actor: Any, now: datetime) -> None:
    """Starts a new day of tries, whatever became of the last one."""
    delivery.status, delivery.tries, delivery.started_at, delivery.error = Status.WAITING, 0, now, ""
    delivery.save(update_fields=["status", "tries", "started_at", "error"])
    journal.write(events.DELIVERY_DUE, actor=actor, subject=delivery)


def attempt(delivery_id: str, *, now: datetime) -> None:
    """One try. What is sent already or no longer wanted stays as it is."""
    waiting = Delivery.objects.select_for_update(of=("self",)).select_related("webhook", "line")
    delivery = waiting.filter(pk=delivery_id, status__in=[Status.WAITING, Status.RETRYING]).first()
    if delivery is None:
        return
    delivery.tries += 1
    delivery.tried_at = now
    delivery.response_code, delivery.error = _send(delivery, now)
    if delivery.error:
        _plan_next_try(delivery, now)
    else:
        delivery.status = Status.SENT
    delivery.save()


def message(delivery: Delivery) -> bytes:
    content = {"id": str(delivery.public_id), "event": delivery.line.name, "data": delivery.line.data}
    return json.dumps(content, ensure_ascii=False).encode()


def signature(secret: str, body: bytes, at: int) -> str:
    """`t=<seconds>,v1=<HMAC-SHA256 of "t.body">`: with the moment signed, old messages are of no use."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def _queue(line: Line, webhook: Webhook) -> Delivery:
    delivery, is_new = Delivery.objects.get_or_create(line=line, webhook=webhook)
    if is_new:
        journal.write(events.DELIVERY_DUE, subject=delivery)
    return delivery


def _send(delivery: Delivery, now: datetime) -> tuple[int | None, str]:
    """The status of the answer and what went wrong, if anything did."""
    if not delivery.webhook.active:
        return None, "webhook is switched off"
    body = message(delivery)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Diji.vet",
        "Diji-Event": delivery.line.name,
        "Diji-Delivery": str(delivery.public_id),
        "Diji-Signature": signature(delivery.webhook.secret, body, int(now.timestamp())),
    }
    try:
        answer = http.call_public(
            "POST", delivery.webhook.url, data=body, headers=headers, largest=LARGEST_ANSWER
        )
    except http.AnswerTooLarge as error:
        return error.response.status_code if error.response is not None else None, "answer is too large"
    except RequestException as error:
        return None, _told(error)
    return answer.status_code, "" if answer.ok and not answer.is_redirect else f"HTTP {answer.status_code}"


def _told(error: RequestException) -> str:
    """Our own refusals in their words; of others the kind only, so that nobody maps a network by them."""
    return str(error) if isinstance(error, http.AddressRefused) else type(error).__name__


def _plan_next_try(delivery: Delivery, now: datetime) -> None:
    pause = min(journal.FIRST_PAUSE * 2 ** (delivery.tries - 1), journal.LONGEST_PAUSE)
    if now + pause - delivery.started_at > journal.GIVE_UP_AFTER:
        delivery.status = Status.FAILED
    else:
        delivery.status = Status.RETRYING
        journal.write(events.DELIVERY_DUE, subject=delivery, due_at=now + pause)


def is_signed(
    secret: str, body: bytes, header: str, *, now: datetime | None = None, tolerance: int = 300
) -> bool:
    """What the other side does; here for our tests and as an example."""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    at = int(parts["t"]) if parts.get("t", "").isdecimal() else 0
    fresh = abs((now or timezone.now()).timestamp() - at) <= tolerance
    return fresh and hmac.compare_digest(signature(secret, body, at), header)

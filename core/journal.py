"""The journal: audit trail and outbox in one.

A verb writes one line in its own transaction. After commit the worker hands the line to every
receiver of its name:

    journal.write("teams.member_joined", actor=bora, subject=membership)

    @journal.on("teams.member_joined")
    def greet(line): ...

What is promised: a line that was committed reaches each receiver, also when the broker was down
or a worker died in between, because the line is a row and `sweep` looks for rows left over. An
effect in our database happens exactly once, since the receiver runs in the transaction that ticks
it off. An effect outside (mail, a partner's address) can happen twice when a worker dies between
effect and tick, so it must carry its own stable id.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(hours=24)

Receiver = Callable[[Any], None]
_receivers: dict[str, dict[str, Receiver]] = defaultdict(dict)


def on(*names: str) -> Callable[[Receiver], Receiver]:
    """Register a reaction to lines of these names. Its path is its identity: renaming it runs it anew."""

    def register(receiver: Receiver) -> Receiver:
        for name in names:
            _receivers[name][f"{receiver.__module__}.{receiver.__qualname__}"] = receiver
        return receiver

    return register


def receivers_of(name: str) -> dict[str, Receiver]:
    return dict(_receivers.get(name, {}))


def write(
    name: str,
    *,
    actor: Any = None,
    subject: Model | None = None,
    data: dict | None = None,
    due_at: datetime | None = None,
) -> Any:
    """Write one line with the change it tells about. Call inside the transaction of that change.

    With `due_at` its receivers get it then and not before.
    """
    from .models import Line

    now = timezone.now()
    line = Line.objects.create(
        name=name,
        actor=actor if getattr(actor, "pk", None) else None,
        subject=subject,
        data=data or {},
        at=now,
        due_at=due_at or now,
        handled_at=None if name in _receivers else now,
    )
    if line.handled_at is None and line.due_at <= now:
        transaction.on_commit(lambda: _nudge(line.pk))
    return line


def handle(line_id: int, *, now: datetime | None = None) -> bool:
    """Hand one line to its receivers. False when it is done, not yet due or in other hands."""
    line = _claim(line_id, now or timezone.now())
    if line is None:
        return False
    failures = [error for error in (_run(line, *item) for item in receivers_of(line.name).items()) if error]
    if failures:
        _postpone(line, failures[0], now or timezone.now())
    else:
        line.finish(now or timezone.now())
    return True


def sweep(*, now: datetime | None = None, limit: int = 500) -> int:
    """Handle what nobody hurried: lines written while the broker was down or left by a dead worker."""
    from .models import Line

    due = Line.objects.due(now or timezone.now()).order_by("due_at").values_list("pk", flat=True)
    return sum(handle(line_id, now=now) for line_id in list(due[:limit]))


def _claim(line_id: int, now: datetime) -> Any:
    """Take the line for a minute, so that two workers do not work on it at once."""
    from .models import Line

    with transaction.atomic():
        due = Line.objects.due(now).select_for_update(skip_locked=True)
        line = due.filter(pk=line_id).first()
        if line:
            line.lease_until = now + LEASE
            line.tries += 1
            line.save(update_fields=["lease_until", "tries"])
        return line


def _run(line: Any, path: str, receiver: Receiver) -> Exception | None:
    """Tick and effect commit together or not at all. A tick already there means: done before."""
    from .models import Tick

    try:
        with transaction.atomic():
            _, is_new = Tick.objects.get_or_create(line=line, receiver=path)
            if is_new:
                receiver(line)
    except Exception as error:  # whatever a receiver raises, the other receivers get their turn
        log.exception("receiver failed", extra={"receiver": path, "line": line.pk})
        return error
    return None


def _postpone(line: Any, error: Exception, now: datetime) -> None:
    line.lease_until = None
    line.error = f"{type(error).__name__}: {error}"[:500]
    line.due_at = now + min(FIRST_PAUSE * 2 ** (line.tries - 1), LONGEST_PAUSE)
    if line.due_at - line.revived_or_written_at > GIVE_UP_AFTER:
        line.parked_at = now
    line.save(update_fields=["lease_until", "error", "due_at", "parked_at"])


def _nudge(line_id: int) -> None:
    """Wake a worker. A broker that is down costs delay, never the line: the sweeper will find it."""
    from .tasks import handle_line

    try:
        handle_line.delay(line_id=line_id)
    except Exception:  # every broker library has its own error for "not there"
        log.warning("broker did not take the nudge; the sweeper will", extra={"line": line_id})

"""Many tickets to try the desk with, as a busy year would leave them. They are marked and can be removed."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from core import text

from . import promises
from .models import Message, Sender, Ticket
from .services.opening import new_reference
from .states import FIRST_PRIORITY, LIVE, ON_US, Queue, Status

MARK = "seed"
BATCH = 2000
SUBJECTS = [
    "Havalem görünmüyor",
    "Randevum iki kez çekilmiş",
    "Faturamda adres eski",
    "Ekip davetim gelmedi",
    "Takvim yavaş açılıyor",
    "Yorumum neden görünmüyor",
    "API anahtarımı kaybettim",
    "Telefonum değişti",
]
# A tenth is alive, as in a year of work.
STATUSES = (
    [Status.CLOSED] * 85 + [Status.SOLVED] * 5 + [Status.WAITING] * 5 + [Status.OPEN] * 3 + [Status.NEW] * 2
)


def seed(count: int, *, agents: list[Any], now: datetime, with_messages: bool = True) -> int:
    """Spread over the last twelve months, a tenth of them alive; the same ones each time."""
    dice = random.Random(7)  # noqa: S311  (nothing secret: the same tickets each time)
    names = _references(count)
    for start in range(0, count, BATCH):
        numbers = range(start, min(count, start + BATCH))
        rows = Ticket.objects.bulk_create(
            _ticket(number, names[number], dice, agents, now) for number in numbers
        )
        if with_messages:
            Message.objects.bulk_create(_message(row) for row in rows)
    return count


def _references(count: int) -> list[str]:
    """Each once, and none that is there."""
    found: set[str] = set()
    there = set(Ticket.objects.values_list("reference", flat=True))
    while len(found) < count:
        found.add(new_reference())
        found -= there
    return sorted(found)


def remove() -> int:
    number = Ticket.objects.filter(source=MARK).count()
    Ticket.objects.filter(source=MARK).delete()
    return number


def _ticket(number: int, reference: str, dice: random.Random, agents: list[Any], now: datetime) -> Ticket:
    status, queue = dice.choice(STATUSES), dice.choice(Queue.values)
    is_live = status in LIVE
    opened = now - timedelta(minutes=dice.randrange(1, 1400 if is_live else 500_000))
    priority = FIRST_PRIORITY[Queue(queue)]
    due = promises.due(priority, opened)
    subject = dice.choice(SUBJECTS)
    email = f"kisi{number % 900}@ornek.test"
    answered = None if status == Status.NEW else opened + timedelta(minutes=dice.randrange(3, 240))
    return Ticket(
        reference=reference,
        guest_name=f"Kişi {number % 900}",
        guest_email=email,
        queue=queue,
        priority=priority,
        status=status,
        subject=subject,
        source=MARK,
        assignee=dice.choice([None, *agents]) if is_live else None,
        opened_at=opened,
        updated_at=answered or opened,
        awaited_since=opened if status in ON_US else None,
        due_at=due if status in ON_US else None,
        first_due_at=due,
        first_human_reply_at=answered,
        solved_at=answered if status in (Status.SOLVED, Status.CLOSED) else None,
        closed_at=answered if status == Status.CLOSED else None,
        haystack=text.fold(f"{reference} {subject} kişi {number % 900} {email}"),
    )


def _message(ticket: Ticket) -> Message:
    return Message(
        ticket=ticket, sender=Sender.CUSTOMER, text=f"{ticket.subject}. Bakar mısınız?", at=ticket.opened_at
    )

"""What lines about tickets become for people."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from core import journal
from core.models import Line
from notifications import services as notifications

from . import events, notices
from .models import Ticket
from .services import escalating
from .services.saying import page_url


@journal.on(events.OPENED)
def call_for_emergencies(line: Line) -> None:
    ticket = line.subject
    if isinstance(ticket, Ticket) and ticket.is_emergency and not line.data.get("is_silent"):
        escalating.page(ticket=ticket, now=timezone.now())


@journal.on(events.SORTED)
def call_when_it_became_one(line: Line) -> None:
    ticket = line.subject
    was = line.data.get("queue", [""])[0]
    if isinstance(ticket, Ticket) and ticket.is_emergency and was != ticket.queue:
        escalating.page(ticket=ticket, now=timezone.now())


@journal.on(events.ANSWERED)
def tell_asker(line: Line) -> None:
    ticket = line.subject
    if isinstance(ticket, Ticket) and ticket.requester:
        _tell(notices.ANSWERED, ticket, ticket.requester, line, page_url(ticket))


@journal.on(events.WRITTEN)
def tell_agent(line: Line) -> None:
    ticket = line.subject
    if isinstance(ticket, Ticket) and ticket.assignee:
        _tell(notices.WROTE, ticket, ticket.assignee, line, escalating.desk_url(ticket))


@journal.on(events.TAKEN)
def tell_new_hands(line: Line) -> None:
    ticket = line.subject
    if isinstance(ticket, Ticket) and ticket.assignee and ticket.assignee_id != line.actor_id:
        _tell(notices.GIVEN, ticket, ticket.assignee, line, escalating.desk_url(ticket))


def _tell(kind: str, ticket: Ticket, to: Any, line: Line, url: str) -> None:
    facts = {"reference": ticket.reference, "subject": ticket.subject}
    key = f"{ticket.reference} {line.pk}"
    notifications.notify(kind, to=to, key=key, data=facts, url=url, now=timezone.now())

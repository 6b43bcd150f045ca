"""Tickets and the people of the desk."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from core import journal
from editorial import setup
from support.models import Ticket
from support.services import opening
from support.states import Queue


def ticket(by: Any = None, queue: str = Queue.GENERAL, **facts: Any) -> Ticket:
    facts.setdefault("subject", "Faturamı bulamıyorum")
    facts.setdefault("words", "Ekim ayının faturası listede yok.")
    facts.setdefault("locale", "tr")
    facts.setdefault("now", timezone.now())
    if by is None:
        facts.setdefault("guest_email", "misafir@ornek.test")
    return opening.open_ticket(by=by, queue=queue, **facts)


def agent(user: Any, group: str = "Destek") -> Any:
    """A person of the desk, with the rights the settings give her group."""
    if not Group.objects.filter(name=group, permissions__isnull=False).exists():
        setup.run()
    user.groups.add(Group.objects.get(name=group))
    return type(user).objects.get(pk=user.pk)


def lead(user: Any) -> Any:
    return agent(user, "Destek lideri")


def sweep() -> None:
    while journal.sweep():
        pass

"""The boxes of the desk: which tickets each shows and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import text

from .models import Ticket
from .states import Priority, Queue, Status

Choose = Callable[[Any, Any, datetime], QuerySet[Ticket]]


@dataclass(frozen=True)
class Box:
    code: str
    path: str
    label: Any
    icon: str
    choose: Choose
    is_line: bool = True  # in the order of promises; else the latest word first


BOXES = [
    Box(
        "emergency",
        "acil",
        _("Emergency"),
        "siren",
        lambda rows, user, now: rows.live().filter(queue=Queue.EMERGENCY),
    ),
    Box("on_us", "bekleyen", _("Wait for us"), "inbox", lambda rows, user, now: rows.on_us()),
    Box("mine", "bende", _("Mine"), "user", lambda rows, user, now: rows.live().filter(assignee=user)),
    Box(
        "unassigned",
        "sahipsiz",
        _("Nobody’s"),
        "users",
        lambda rows, user, now: rows.live().filter(assignee=None),
    ),
    Box(
        "late",
        "sozu-gecen",
        _("Promise over"),
        "triangle-alert",
        lambda rows, user, now: rows.on_us().filter(due_at__lt=now),
    ),
    Box(
        "waiting",
        "yanit-beklenen",
        _("Wait for them"),
        "hourglass",
        lambda rows, user, now: rows.filter(status=Status.WAITING),
        is_line=False,
    ),
    Box("all", "hepsi", _("All tickets"), "layers", lambda rows, user, now: rows, is_line=False),
]
BY_CODE = {box.code: box for box in BOXES}


def rows_of(box: Box, *, user: Any, now: datetime, asked: dict[str, str]) -> QuerySet[Ticket]:
    rows = narrowed(box.choose(Ticket.objects.all(), user, now), asked)
    rows = rows.select_related("requester", "business", "assignee").defer("haystack")
    return rows.in_line() if box.is_line else rows.order_by("-updated_at", "-pk")


def narrowed(rows: Any, asked: dict[str, str]) -> Any:
    """Only what we know: a strange queue or priority filters nothing."""
    if asked.get("queue") in Queue.values:
        rows = rows.filter(queue=asked["queue"])
    if asked.get("priority") in {str(value) for value in Priority.values}:
        rows = rows.filter(priority=asked["priority"])
    if asked.get("status") in Status.values:
        rows = rows.filter(status=asked["status"])
    for word in text.fold(asked.get("q", "")).split()[:6]:
        rows = rows.filter(haystack__contains=word)
    return rows

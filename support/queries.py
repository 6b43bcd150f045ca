"""Reads of this room. Lists cost the same number of queries for one ticket and for twenty thousand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from teams.models import Business

from .models import Letter, Message, OnCallShift, Presence, Ticket
from .states import LIVE, Queue, Status

NEAR = timedelta(seconds=75)  # a page that is open says so every 20 seconds


def tickets_of(user: Any) -> QuerySet[Ticket]:
    return _listed(Ticket.objects.of(user))


def tickets_of_business(business: Business) -> QuerySet[Ticket]:
    return _listed(Ticket.objects.of_business(business))


def _listed(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    return rows.select_related("requester", "business", "merged_into").order_by("-updated_at", "-pk")


def thread(ticket: Ticket, *, internal: bool) -> QuerySet[Message]:
    rows = Message.objects.filter(ticket=ticket).select_related("author").prefetch_related("attachments")
    return (rows if internal else rows.public()).order_by("at", "pk")


def agents() -> QuerySet[Any]:
    """Who may work at the desk. Superusers may too, but nothing is given to them by itself."""
    return _with_right("work_tickets")


def leads() -> QuerySet[Any]:
    """Who is told of a broken promise; where nobody leads, those who run the platform."""
    found = _with_right("lead_tickets")
    return found if found.exists() else get_user_model().objects.filter(is_superuser=True, is_active=True)


def _with_right(codename: str) -> QuerySet[Any]:
    is_right = {"codename": codename, "content_type__app_label": "support"}
    user: Any = get_user_model()
    permission = user._meta.get_field("user_permissions").related_model
    right = permission.objects.filter(**is_right)
    people = user.objects.filter(Q(groups__permissions__in=right) | Q(user_permissions__in=right))
    return people.filter(is_active=True, status="active").distinct().order_by("first_name", "last_name", "pk")


def on_call(now: datetime) -> Any:
    shift = OnCallShift.objects.at(now).select_related("user").first()
    return shift.user if shift and shift.user.is_active else None


def others_at(ticket: Ticket, *, me: Any, now: datetime) -> list[Presence]:
    """Colleagues who look at this ticket right now, those who write first."""
    rows = Presence.objects.filter(ticket=ticket, seen_at__gt=now - NEAR).exclude(user=me)
    return list(rows.select_related("user").order_by("writing_since", "seen_at"))


def newest(ticket: Ticket) -> int:
    """What an agent has read when she begins to write."""
    return Message.objects.filter(ticket=ticket).order_by("-pk").values_list("pk", flat=True).first() or 0


def counts(user: Any, now: datetime) -> dict[str, int]:
    """What stands beside each box of the desk. One statement."""
    live = Ticket.objects.live()
    boxes: dict[str, Any] = {
        "emergency": Count("pk", filter=Q(queue=Queue.EMERGENCY)),
        "mine": Count("pk", filter=Q(assignee=user)),
        "unassigned": Count("pk", filter=Q(assignee=None)),
        "on_us": Count("pk", filter=~Q(status=Status.WAITING)),
        "late": Count("pk", filter=Q(due_at__lt=now)),
    }
    letters = Letter.objects.waiting().order_by().values("done_at")
    number = Subquery(letters.annotate(number=Count("pk")).values("number"))
    return live.aggregate(**boxes, letters=Max(number))


def earlier_of(ticket: Ticket) -> QuerySet[Ticket]:
    """The same person's other tickets, the latest first."""
    if ticket.requester_id:
        rows = Ticket.objects.filter(requester=ticket.requester_id)
    else:
        rows = Ticket.objects.filter(guest_email=ticket.guest_email).exclude(guest_email="")
    return rows.exclude(pk=ticket.pk).order_by("-updated_at", "-pk")


def load_of(people: Iterable[Any]) -> list[Any]:
    """Agents with the number of tickets on their desk."""
    mine = Ticket.objects.filter(assignee=OuterRef("pk"), status__in=LIVE).order_by()
    number = mine.values("assignee").annotate(number=Count("pk")).values("number")
    ids = [person.pk for person in people]
    rows = get_user_model().objects.filter(pk__in=ids).annotate(load=Subquery(number))
    return sorted(rows, key=lambda person: (person.load or 0, person.pk))


def is_agent(user: Any) -> bool:
    """Asked on every page of every panel: one statement, where `has_perm` would need two."""
    if user.is_superuser:
        return bool(user.is_active)
    return _with_right("work_tickets").filter(pk=user.pk).exists()

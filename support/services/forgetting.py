"""Guests have no account that could be erased, so their data end by themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from core import journal

from .. import events
from ..models import Attachment, Message, Presence, Rating, Ticket
from ..states import Status

KEEP_GUESTS = timedelta(days=365)  # after the ticket was closed
MANY = 500
GONE = "—"


def forget_guests(*, now: datetime) -> int:
    """Name, address, words and files of guests whose tickets were closed a year ago. Repeatable."""
    old = Ticket.objects.filter(
        status=Status.CLOSED, requester=None, forgotten_at=None, closed_at__lte=now - KEEP_GUESTS
    )
    pks = list(old.order_by("pk").values_list("pk", flat=True)[:MANY])
    if pks:
        _forget(pks, now)
    return len(pks)


@transaction.atomic
def _forget(pks: list[int], now: datetime) -> None:
    empty(Ticket.objects.filter(pk__in=pks), guest_name="", guest_email="", forgotten_at=now)
    journal.write(events.FORGOTTEN, data={"tickets": len(pks)})


def empty(tickets: QuerySet[Ticket], **more: object) -> None:
    """Take the words and files of tickets away; their times stay for the public figures."""
    pks = list(tickets.values_list("pk", flat=True))
    for file in Attachment.objects.filter(message__ticket__in=pks):
        remove_file(file)
        file.delete()
    Message.objects.filter(ticket__in=pks).update(text=GONE, mail_id="")
    Presence.objects.filter(ticket__in=pks).delete()
    Rating.objects.filter(ticket__in=pks).update(comment="")
    Ticket.objects.filter(pk__in=pks).update(
        subject=GONE, haystack="", source="", province="", district="", **more
    )


def remove_file(row: Attachment) -> None:
    """After the commit: a file cannot be brought back when the change is not made after all."""
    storage, name = row.file.storage, str(row.file.name)
    transaction.on_commit(lambda: storage.delete(name))

"""What happens when a promise comes near or breaks, and who is called for an emergency. Once each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import sms
from core import journal
from notifications import services as notifications

from .. import events, notices, queries
from ..models import Escalation, Ticket

Step = Escalation.Step
LAST_QUARTER = 0.25
MANY = 500
PAGE_LIVES = timedelta(hours=2)


def watch(*, now: datetime) -> tuple[int, int]:
    """Warn at three quarters, take over at the end. Returns how many of each were done now."""
    warned = _each(_near(now), lambda row: _warn(row, now))
    return warned, _each(_over(now), lambda row: _take_over(row, now))


@transaction.atomic
def page(*, ticket: Ticket, now: datetime) -> Any:
    """Call the person on call by panel, mail and phone; where nobody is, all who lead the desk."""
    person = queries.on_call(now)
    notifications.notify(
        notices.PAGED,
        to=person or list(queries.leads()),
        key=ticket.reference,
        data={"reference": ticket.reference, "subject": ticket.subject},
        url=desk_url(ticket),
        now=now,
    )
    if person and person.phone:
        _call(person, ticket, now)
    told = {"person": person.pk if person else None}
    journal.write(events.PAGED, subject=ticket, data=told)
    return person


def desk_url(ticket: Ticket) -> str:
    return reverse("support:desk_ticket", args=[ticket.reference])


def _call(person: Any, ticket: Ticket, now: datetime) -> None:
    with translation.override(person.locale):
        words = _("Emergency %(reference)s at the support desk: %(url)s")
    facts = {"reference": ticket.reference, "url": settings.BASE_URL + desk_url(ticket)}
    sms.send(to=person.phone, text=words % facts, expires_at=now + PAGE_LIVES)


def _near(now: datetime) -> QuerySet[Ticket]:
    """Three quarters of the time are over, the promise is not."""
    quarter = ExpressionWrapper((F("due_at") - F("awaited_since")) * LAST_QUARTER, DurationField())
    rows: Any = Ticket.objects.on_us().filter(due_at__gt=now).alias(warned_from=F("due_at") - quarter)
    return _undone(rows.filter(warned_from__lte=now), Step.WARNED)


def _over(now: datetime) -> QuerySet[Ticket]:
    return _undone(Ticket.objects.on_us().filter(due_at__lte=now), Step.BROKEN)


def _undone(rows: QuerySet[Ticket], step: str) -> QuerySet[Ticket]:
    done = Escalation.objects.filter(ticket=OuterRef("pk"), step=step, due_at=OuterRef("due_at"))
    return rows.filter(~Exists(done))


def _each(rows: QuerySet[Ticket], act: Callable[[Ticket], None]) -> int:
    """One transaction for each, so that one that fails does not keep the others waiting."""
    number = 0
    for pk in list(rows.order_by("place", "due_at", "pk").values_list("pk", flat=True)[:MANY]):
        with transaction.atomic():
            row = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if row:
                act(row)
                number += 1
    return number


def _warn(row: Ticket, now: datetime) -> None:
    _note(row, Step.WARNED, now)
    to = row.assignee or queries.on_call(now)
    _tell(notices.PROMISE_NEAR, row, to=[to] if to else list(queries.agents()), now=now)
    journal.write(events.WARNED, subject=row, data={"due_at": _iso(row)})


def _take_over(row: Ticket, now: datetime) -> None:
    """Somebody else answers now: who is on call, else who leads and has least on her desk."""
    before = row.assignee
    row.assignee = _fresh_hands(row, now)
    row.save(update_fields=["assignee"])
    _note(row, Step.BROKEN, now, taken_from=before, given_to=row.assignee)
    people = {person.pk: person for person in (*queries.leads(), row.assignee) if person}
    _tell(notices.PROMISE_BROKEN, row, to=list(people.values()), now=now)
    journal.write(events.BROKEN, subject=row, data={"due_at": _iso(row)})


def _fresh_hands(row: Ticket, now: datetime) -> Any:
    person = queries.on_call(now)
    if person and person.pk not in (row.assignee_id, row.requester_id):
        return person
    others = [one for one in queries.leads() if one.pk not in (row.assignee_id, row.requester_id)]
    return next(iter(queries.load_of(others)), row.assignee)


def _note(row: Ticket, step: str, now: datetime, **facts: Any) -> None:
    assert row.due_at is not None  # noqa: S101  (only tickets that wait for us)
    Escalation.objects.create(ticket=row, step=step, due_at=row.due_at, at=now, **facts)


def _tell(kind: str, row: Ticket, *, to: list[Any], now: datetime) -> None:
    facts = {"reference": row.reference, "subject": row.subject}
    key = f"{row.reference} {_iso(row)}"
    notifications.notify(kind, to=to, key=key, data=facts, url=desk_url(row), now=now)


def _iso(row: Ticket) -> str:
    return row.due_at.isoformat() if row.due_at else ""

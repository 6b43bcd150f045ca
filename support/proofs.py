"""What this room proves about itself."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.states import MOVES, Status
from core.models import Mail
from core.proofs import Result, State, proof

from . import acts, addresses, figures, promises
from .models import Ticket
from .models.clock import DAY_IN_MINUTES
from .services import opening
from .states import Queue, Wish

LATELY = timedelta(days=30)
SLOW_WATCH = timedelta(minutes=10)  # the watch looks once a minute
LATE_PAUSE = timedelta(hours=24)
PROBE = "kanit@diji.vet.test"


@proof("support.reply_in_time", title=gettext_lazy("A person answers within 24 hours, emergencies first"))
def reply_in_time() -> Result:
    """No promise is longer than a day, none lately was broken, and what breaks is escalated at once."""
    now = timezone.now()
    promised = promises.on_day(timezone.localdate(now))
    measured = figures.first_replies(since=now - LATELY, now=now)
    unseen = Ticket.objects.on_us().filter(due_at__lt=now - SLOW_WATCH, escalations=None).count()
    detail = f"{promised}, {vars(measured)}, {unseen} not escalated"
    if max(promised.values()) > DAY_IN_MINUTES or measured.open_late:
        return Result(State.FAILED, _("Somebody waits longer than we promised; a lead is on it."), detail)
    if measured.late or unseen:
        return Result(State.DEGRADED, _("Not every answer of the last 30 days came in time."), detail)
    return Result(State.OK, _("Every first answer of the last 30 days came in the promised time."), detail)


@proof("support.one_message_away", title=gettext_lazy("Support is one message away, without an account too"))
def one_message_away() -> Result:
    """A guest's ticket is opened, gets its reference by mail and its own address; then all is taken back."""
    with transaction.atomic():
        point = transaction.savepoint()
        ticket, sent = _try_it()
        known = addresses.reference_in([addresses.reply_to(ticket)]) == ticket.reference
        in_time = ticket.first_due_at - ticket.opened_at <= timedelta(hours=24)
        transaction.savepoint_rollback(point)
    detail = f"{reverse('support:new')}: mail {sent}, address {known}, in time {in_time}"
    if not (sent and known and in_time):
        return Result(State.FAILED, _("Requests of guests do not arrive as we say; staff are on it."), detail)
    return Result(State.OK, _("One form opens a request; its reference comes by mail."), detail)


@proof("support.pause_by_ticket", title=gettext_lazy("An account is paused by a ticket and returns at will"))
def pause_by_ticket() -> Result:
    """The wish leads to the act, nobody waits for it longer than a day, and the way back is open."""
    now = timezone.now()
    stuck = acts.get("pause") is None or not MOVES.allows(Status.SUSPENDED, Status.ACTIVE)
    waiting = Ticket.objects.on_us().filter(wish=Wish.SUSPEND, opened_at__lt=now - LATE_PAUSE)
    late = waiting.filter(first_human_reply_at=None).count()
    detail = f"{waiting.count()} waiting over a day, {late} without any answer"
    if stuck or late:
        return Result(State.FAILED, _("A pause waits longer than a day; staff are on it."), detail)
    return Result(
        State.OK,
        _("A request in the panel pauses the account; nothing is deleted, return is one press."),
        detail,
    )


def _try_it() -> tuple[Ticket, bool]:
    ticket = opening.open_ticket(
        subject="Kanıt",
        words="Kanıt",
        queue=Queue.GENERAL,
        by=None,
        locale="tr",
        guest_email=PROBE,
        now=timezone.now(),
    )
    return ticket, Mail.objects.filter(to=PROBE, subject__contains=ticket.reference).exists()

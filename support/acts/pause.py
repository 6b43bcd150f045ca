"""Pause the account whose owner asked for it with this ticket."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import services as accounts
from accounts.states import Status

from ..models import Ticket
from ..states import Wish
from . import Act, register


class Pause(Act):
    code = "pause"
    label = gettext_lazy("Pause the account")
    text = gettext_lazy(
        "All sessions see the way back and nothing else. "
        "Nothing is deleted; its owner returns with one press."
    )
    right = "support.suspend_from_ticket"

    def is_offered(self, ticket: Ticket) -> bool:
        """Only who asked for it herself, from her own account."""
        person = ticket.requester
        return ticket.wish == Wish.SUSPEND and person is not None and person.status == Status.ACTIVE

    def facts(self, ticket: Ticket) -> list[tuple[Any, Any]]:
        return [(_("Account"), ticket.contact), (_("Until"), _until(ticket))]

    def do(self, ticket: Ticket, *, by: Any, now: datetime, data: dict[str, Any]) -> str:
        assert ticket.requester is not None  # noqa: S101  (is_offered)
        until = ticket.wished_until if ticket.wished_until and ticket.wished_until > now else None
        accounts.suspend_account(user=ticket.requester, until=until, by=by, reason=ticket.reference)
        return _("The account was paused: %(until)s.") % {"until": _until(ticket)}


def _until(ticket: Ticket) -> str:
    if ticket.wished_until is None:
        return _("until its owner comes back")
    return date_format(timezone.localtime(ticket.wished_until) - timedelta(days=1), "j F Y")


register(Pause())

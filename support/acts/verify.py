"""Approve the registration of the business whose ticket this is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams import verification
from teams.models import Topic, Verification

from ..errors import NothingToDo
from ..models import Ticket
from . import Act, Confirm, register


class ConfirmVersion(Confirm):
    """What was read is what is approved: an edit since then is refused."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Verify(Act):
    code = "verify"
    label = gettext_lazy("Approve the business")
    text = gettext_lazy("What it sent is put in force and its page becomes public.")
    right = "teams.review_verification"
    form_class = ConfirmVersion

    def is_offered(self, ticket: Ticket) -> bool:
        return self._waiting(ticket) is not None

    def facts(self, ticket: Ticket) -> list[tuple[Any, Any]]:
        row = self._waiting(ticket)
        plain = (row.after if row else {}).items()
        return [(name, value) for name, value in plain if isinstance(value, str | int) and value]

    def initial(self, ticket: Ticket) -> dict[str, Any]:
        row = self._waiting(ticket)
        return {"version": row.version if row else 0}

    def do(self, ticket: Ticket, *, by: Any, now: datetime, data: dict[str, Any]) -> str:
        row = self._waiting(ticket)
        if row is None:
            raise NothingToDo
        verification.approve(verification=row, version=data["version"], by=by, now=now)
        return _("%(business)s was approved.") % {"business": row.business.name}

    def _waiting(self, ticket: Ticket) -> Verification | None:
        if ticket.business is None:
            return None
        return ticket.business.verifications.open().filter(topic=Topic.ONBOARDING).first()


register(Verify())

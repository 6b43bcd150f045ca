"""What an agent may do from a ticket beside answering. Each act is one file:

    class Pause(Act):
        code, label, right = "pause", _("Pause the account"), "support.suspend_from_ticket"
        ...
    register(Pause())

Acts on rooms below stand in this package; a room above adds its own in a module `ticket_acts.py`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Ticket


class Confirm(forms.Form):
    sure = forms.BooleanField(label=_("I have read what is above and want it."))


class Act:
    """Base: what it is called, which right of the platform it needs, and what it does."""

    code = ""
    label: Any = ""
    text: Any = ""  # what happens, in one sentence
    right = ""
    form_class: type[forms.Form] = Confirm

    def is_offered(self, ticket: Ticket) -> bool:
        """Does this ticket give a ground for it, and is it not done yet?"""
        raise NotImplementedError

    def facts(self, ticket: Ticket) -> list[tuple[Any, Any]]:
        """What the agent reads before she confirms."""
        return []

    def initial(self, ticket: Ticket) -> dict[str, Any]:
        return {}

    def do(self, ticket: Ticket, *, by: Any, now: datetime, data: dict[str, Any]) -> str:
        """Call the verb of the room. Gives the sentence that stays in the thread for colleagues."""
        raise NotImplementedError


_acts: dict[str, Act] = {}


def register(act: Act) -> None:
    _acts[act.code] = act


def get(code: str) -> Act | None:
    return _acts.get(code)


def offered(ticket: Ticket, user: Any) -> list[Act]:
    """Those this person may do with this ticket now."""
    return [act for act in _acts.values() if user.has_perm(act.right) and act.is_offered(ticket)]

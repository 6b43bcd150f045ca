"""What an agent of the desk may do from a ticket about the store.

Read the talk about a parcel that was reported (nobody else of ours does); end the dispute about a return.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce import permissions
from commerce.models import ReturnRequest, Talk
from commerce.return_states import Decision, ReturnStatus
from commerce.services import returning
from core import free_text, money
from support.acts import Act, Confirm, register
from support.errors import NothingToDo
from support.models import Ticket

WORK = "support.work_tickets"


class ReadTalk(Act):
    code = "read_talk"
    label = gettext_lazy("Read the messages about the parcel")
    text = gettext_lazy("Buyer and seller see that support reads along; each reading is written down.")
    right = WORK

    def is_offered(self, ticket: Ticket) -> bool:
        return Talk.objects.filter(ticket=ticket).exists()

    def facts(self, ticket: Ticket) -> list[tuple[Any, Any]]:
        talk = Talk.objects.filter(ticket=ticket).select_related("parcel__order").first()
        if talk is None:
            return []
        url = reverse("parcel_talk_office", args=[ticket.reference])
        return [(_("Messages"), format_html('<a href="{}">{}</a>', url, talk.parcel.number))]

    def do(self, ticket: Ticket, *, by: Any, now: datetime, data: dict[str, Any]) -> str:
        return _("The messages about the parcel were read.")


register(ReadTalk())


class ConfirmDecision(Confirm):
    """The return that was read is the one that is decided."""

    row = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(label=gettext_lazy("Decision"), choices=Decision.choices)
    words = forms.CharField(
        label=gettext_lazy("Why (both sides read it)"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[free_text.refuse_secrets],
    )

    field_order = ["row", "decision", "words", "sure"]


class DecideReturn(Act):
    code = "decide_return"
    label = gettext_lazy("Decide about a disputed return")
    text = gettext_lazy("The buyer gets the money back, or the refusal stands. Both sides read your words.")
    right = permissions.DECIDE_RETURNS
    form_class = ConfirmDecision

    def is_offered(self, ticket: Ticket) -> bool:
        return self._oldest(ticket) is not None

    def facts(self, ticket: Ticket) -> list[tuple[Any, Any]]:
        row = self._oldest(ticket)
        if row is None:
            return []
        amount = money.display(returning.plan_of(row).amount)
        return [
            (_("Return"), f"{row.code} · {row.parcel.number} · {row.business.name}"),
            (row.get_refusal_display(), row.refusal_words),
            (_("What the buyer says to it"), row.dispute),
            (_("Can go back"), amount),
        ]

    def initial(self, ticket: Ticket) -> dict[str, Any]:
        row = self._oldest(ticket)
        return {"row": row.pk} if row else {}

    def do(self, ticket: Ticket, *, by: Any, now: datetime, data: dict[str, Any]) -> str:
        row = self._disputed(ticket).filter(pk=data["row"]).first()
        if row is None:
            raise NothingToDo
        returning.decide(row=row, decision=data["decision"], words=data["words"], by=by, now=now)
        return f"{row.code}: {Decision(data['decision']).label}"

    def _disputed(self, ticket: Ticket) -> Any:
        if not ticket.requester_id:
            return ReturnRequest.objects.none()
        rows = ReturnRequest.objects.of_buyer(ticket.requester_id).select_related("parcel__order", "business")
        open_ones = rows.filter(status=ReturnStatus.REFUSED, disputed_at__isnull=False, decision="")
        return open_ones.order_by("disputed_at")

    def _oldest(self, ticket: Ticket) -> ReturnRequest | None:
        return self._disputed(ticket).first()


register(DecideReturn())

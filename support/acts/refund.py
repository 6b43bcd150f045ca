"""Give back what the person of this ticket paid last; older payments are given back in the back office."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import money
from payments import services as payments
from payments.models import PaymentItem, Reason

from ..errors import NothingToDo
from ..models import Ticket
from . import Act, Confirm, register


class ConfirmAmount(Confirm):
    """The item that was read is the one that is given back."""

    item = forms.IntegerField(widget=forms.HiddenInput)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount in lira"), min_value=Decimal("0.01"), decimal_places=2, localize=True
    )

    field_order = ["item", "amount", "sure"]


class Refund(Act):
    code = "refund"
    label = gettext_lazy("Give money back")
    text = gettext_lazy("It goes back the way it came, today. The person sees each step with its time.")
    right = "payments.refund_payments"
    form_class = ConfirmAmount

    def is_offered(self, ticket: Ticket) -> bool:
        return self._newest(ticket) is not None

    def facts(self, ticket: Ticket) -> list[tuple[Any, Any]]:
        item = self._newest(ticket)
        if item is None:
            return []
        left = money.display(item.amount - item.refunded)
        return [(_("Paid for"), item.text), (_("Paid"), money.display(item.amount)), (_("Can go back"), left)]

    def initial(self, ticket: Ticket) -> dict[str, Any]:
        item = self._newest(ticket)
        return {"item": item.pk, "amount": item.amount - item.refunded} if item else {}

    def do(self, ticket: Ticket, *, by: Any, now: datetime, data: dict[str, Any]) -> str:
        item = self._refundable(ticket).filter(pk=data["item"]).first()
        if item is None:
            raise NothingToDo
        key = f"ticket {ticket.pk} item {item.pk} after {item.refunded}"
        facts = {"reason": Reason.GOODWILL, "by": by, "now": now, "note": ticket.reference}
        payments.refund_item(key=key, item=item, amount=data["amount"], **facts)
        return _("%(amount)s of %(what)s goes back.") % {
            "amount": money.display(data["amount"]),
            "what": item.text,
        }

    def _refundable(self, ticket: Ticket) -> Any:
        mine = PaymentItem.objects.filter(payment__payer=ticket.requester_id) if ticket.requester_id else None
        rows = mine if mine is not None else PaymentItem.objects.none()
        return rows.filter(settled_at__isnull=False, refunded__lt=F("amount")).order_by("-settled_at")

    def _newest(self, ticket: Ticket) -> PaymentItem | None:
        return self._refundable(ticket).first()


register(Refund())

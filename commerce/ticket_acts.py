"""From a ticket that reported a talk about a parcel, its agent reads that talk. Nobody else of ours does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce.models import Talk
from support.acts import Act, register
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

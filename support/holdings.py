"""Personal data of this room. Words and files go with the account; times stay for the public figures."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.personal_data import CONTRACT, LEGITIMATE, OnErase, holding

from .services.forgetting import GONE, remove_file

WITH_ACCOUNT = _("until the account is erased; what guests write, a year after their ticket was closed")
DESK = _("To say who answered and who was given what")


def _of(prefix: str, **author: str) -> Any:
    """Rows of her own tickets, or of those written as a guest with her address. What belongs to a
    business stays with it; of that only her own words go (`author`)."""

    def where(user: Any) -> Q:
        own = Q(**{f"{prefix}requester": user, f"{prefix}business": None})
        hers = own | Q(**{f"{prefix}guest_email": user.email})
        return hers | Q(**{author["by"]: user, author["sender"]: "customer"}) if author else hers

    return where


def _tickets(user: Any) -> Q:
    return Q(requester=user) | Q(guest_email=user.email)


holding(
    "support.Attachment",
    where=_of("message__ticket__", by="message__author", sender="message__sender"),
    title=_("Files of your support tickets"),
    purpose=_("To solve what you asked"),
    ground=CONTRACT,
    period=WITH_ACCOUNT,
    fields=("name", "size"),
    on_erase=OnErase.DELETE,
    before_delete=remove_file,
)
holding(
    "support.Message",
    where=_of("ticket__", by="author", sender="sender"),
    covers=("author",),
    title=_("Messages of your support tickets"),
    purpose=_("To solve what you asked"),
    ground=CONTRACT,
    period=WITH_ACCOUNT,
    fields=("at", "sender", "text"),
    on_erase=OnErase.ANONYMISE,
    blank={"text": GONE, "mail_id": ""},
)
holding(
    "support.Rating",
    where=_of("ticket__"),
    title=_("How you rated our support"),
    purpose=_("To become better"),
    ground=LEGITIMATE,
    period=WITH_ACCOUNT,
    fields=("at", "score", "comment"),
    on_erase=OnErase.ANONYMISE,
    blank={"comment": ""},
)
holding(
    "support.Letter",
    where=lambda user: Q(sender=user.email),
    title=_("Mails to support that fitted no ticket"),
    purpose=_("To answer you all the same"),
    ground=LEGITIMATE,
    period=_("a month"),
    fields=("received_at", "subject", "text"),
    on_erase=OnErase.DELETE,
)
holding(
    "support.Ticket",
    where=_tickets,
    covers=("requester", "assignee"),
    title=_("Your support tickets"),
    purpose=_("To solve what you asked"),
    ground=CONTRACT,
    period=WITH_ACCOUNT,
    fields=("reference", "opened_at", "queue", "status", "subject"),
    on_erase=OnErase.ANONYMISE,
    blank={
        "subject": GONE,
        "haystack": "",
        "source": "",
        "province": "",
        "district": "",
        "guest_name": "",
        "guest_email": "",
        "forgotten_at": Now(),
    },
)


def _of_desk(model: str, owner: str, title: Any, **facts: Any) -> None:
    holding(
        model,
        owner=owner,
        title=title,
        purpose=DESK,
        ground=LEGITIMATE,
        period=_("as long as the ticket"),
        on_erase=facts.pop("on_erase", OnErase.LINK),
        **facts,
    )


_of_desk("support.Escalation", "given_to", _("Tickets given to you by escalation"), covers=("taken_from",))
_of_desk("support.Presence", "user", _("Tickets you looked at"), on_erase=OnErase.DELETE)
_of_desk("support.OnCallShift", "user", _("Your shifts on call"), fields=("starts_at", "ends_at"))

"""Buyer and seller write to each other about a parcel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from commerce import events
from commerce.models import Talk, TalkMessage, TalkPhoto
from commerce.models.talks import Side
from commerce.parcel_errors import AlreadyReported, NothingToTalkAbout
from commerce.states import ParcelStatus
from core import journal
from support.models import Ticket
from support.services import opening
from support.states import Queue

OTHER = {Side.BUYER: "unread_by_seller", Side.SELLER: "unread_by_buyer"}
OWN = {Side.BUYER: "unread_by_buyer", Side.SELLER: "unread_by_seller"}


@transaction.atomic
def write(
    *, parcel: Any, side: Side, text: str, by: Any, now: datetime, photo: bytes | None = None
) -> TalkMessage:
    """`photo` is a JPEG that `core.photos` has drawn. Raises NothingToTalkAbout before it is paid,
    and where nobody is left who could read it."""
    if parcel.status == ParcelStatus.UNPAID or not parcel.order.email:
        raise NothingToTalkAbout
    talk = _locked(parcel, now)
    is_first = getattr(talk, OTHER[side]) == 0
    message = TalkMessage.objects.create(talk=talk, side=side, author=by, text=text, at=now)
    if photo:
        TalkPhoto(message=message).file.save("photo.jpg", ContentFile(photo))
    Talk.objects.filter(pk=talk.pk).update(last_at=now, **{OTHER[side]: F(OTHER[side]) + 1})
    told = {"message": message.pk, "is_first": is_first}
    journal.write(events.MESSAGE_SENT, actor=by, subject=parcel, data=told)
    return message


def read(*, talk: Talk, side: Side) -> None:
    """Somebody of this side has the page before her."""
    Talk.objects.filter(pk=talk.pk).exclude(**{OWN[side]: 0}).update(**{OWN[side]: 0})


@transaction.atomic
def report(*, parcel: Any, side: Side, words: str, by: Any, locale: str, now: datetime) -> Ticket:
    """Hand the talk to support, whose people may read it from then on. Raises AlreadyReported."""
    talk = _locked(parcel, now)
    if talk.ticket_id:
        raise AlreadyReported
    facts: dict[str, Any] = {"business": parcel.business} if side == Side.SELLER else _guest(parcel.order)
    ticket = opening.open_ticket(
        subject=_("Messages about %(number)s") % {"number": parcel.number},
        words=words,
        queue=Queue.GENERAL,
        by=by,
        locale=locale,
        now=now,
        **facts,
    )
    Talk.objects.filter(pk=talk.pk).update(ticket=ticket)
    journal.write(events.TALK_REPORTED, actor=by, subject=parcel, data={"ticket": ticket.reference})
    return ticket


def _guest(order: Any) -> dict[str, Any]:
    """How support reaches whoever has no account."""
    return {} if order.user_id else {"guest_name": order.buyer_name, "guest_email": order.guest_email}


def note_reading(*, talk: Talk, ticket: Ticket, by: Any) -> None:
    """A person of support has read it, for this ticket."""
    told = {"ticket": ticket.reference}
    journal.write(events.TALK_READ, actor=by, subject=talk.parcel, data=told)


def _locked(parcel: Any, now: datetime) -> Talk:
    Talk.objects.get_or_create(parcel=parcel, defaults={"last_at": now})
    return Talk.objects.select_for_update().get(parcel=parcel)

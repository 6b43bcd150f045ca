"""What lines about parcels become for buyers and for the people of sellers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from oscar.core.loading import get_model

from commerce import events, order_links, parcel_letters, permissions
from commerce import parcel_notices as notices
from commerce.models import TalkMessage
from commerce.models.late import Lateness
from commerce.models.talks import Side
from commerce.states import CancelReason, ParcelStatus, Word
from core import journal, money
from core.models import Line
from notifications import kinds
from notifications import services as notifications
from teams.receivers import holders

SellerOrder = get_model("order", "SellerOrder")


@journal.on(events.PARCEL_ACCEPTED)
def tell_accepted(line: Line) -> None:
    if parcel := _parcel(line):
        parcel_letters.send("accepted", parcel)
        _tell_buyer(notices.ACCEPTED, parcel, line, leaves=_moment(parcel.ship_by))


@journal.on(events.PARCEL_SHIPPED)
def tell_shipped(line: Line) -> None:
    _tell_number("shipped", notices.SHIPPED, line)


@journal.on(events.PARCEL_CORRECTED)
def tell_corrected(line: Line) -> None:
    _tell_number("corrected", notices.CORRECTED, line)


@journal.on(events.PARCEL_DELIVERED)
def tell_delivered(line: Line) -> None:
    """Who pressed "I have it" need not be told."""
    parcel = _parcel(line)
    if parcel and parcel.delivered_by != Word.BUYER:
        parcel_letters.send("delivered", parcel)
        _tell_buyer(notices.DELIVERED, parcel, line, word=kinds.words(Word(parcel.delivered_by).label))


@journal.on(events.PARCEL_CANCELLED)
def tell_cancelled(line: Line) -> None:
    """Each side hears of what the other did. An order that was never paid is no news of a seller."""
    parcel = _parcel(line)
    if parcel is None or parcel.cancel_reason not in CancelReason.values:
        return
    reason = CancelReason(parcel.cancel_reason)
    if reason == CancelReason.LATE:
        _tell_seller(notices.SELLER_CANCELLED, parcel, line, reason=kinds.words(reason.label))
        return
    amount = Decimal(line.data["amount"])
    parcel_letters.send("cancelled", parcel, reason=reason.label, note=line.data["note"], amount=amount)
    facts = {"reason": kinds.words(reason.label), "amount": _lira(amount)}
    _tell_buyer(notices.CANCELLED, parcel, line, **facts)


@journal.on(events.PARCEL_LATE)
def tell_late(line: Line) -> None:
    """It may have left since: then nobody is worried."""
    parcel = _parcel(line)
    kind = Lateness(line.data["kind"])
    if parcel is None or not parcel.is_late(timezone.now()):
        return
    if (kind == Lateness.ARRIVE) != (parcel.status == ParcelStatus.SHIPPED):
        return
    due = _moment(parcel.ship_by) if kind == Lateness.LEAVE else kinds.day(parcel.promised_on)
    parcel_letters.send("late", parcel, late_kind=str(kind))
    _tell_buyer(notices.LATE, parcel, line)
    _tell_seller(notices.SELLER_LATE, parcel, line, due=due)


@journal.on(events.MESSAGE_SENT)
def tell_of_a_message(line: Line) -> None:
    """That there is one, never what it says. Several unread ones are told of once."""
    message = TalkMessage.objects.filter(pk=line.data["message"]).select_related("talk__parcel").first()
    if message is None or not line.data["is_first"]:
        return
    parcel = message.talk.parcel
    if message.side == Side.BUYER:
        url = reverse("parcels:talk", args=[parcel.business.slug, parcel.public_id])
        _tell_seller(notices.MESSAGE, parcel, line, who=_buyer(parcel), url=url)
    elif parcel.order.user:
        url = order_links.page(parcel.order, "talk", position=parcel.position)
        _tell_buyer(notices.MESSAGE, parcel, line, who=parcel.business.name, url=url)
    else:
        url = order_links.url(parcel.order, "talk", position=parcel.position)
        parcel_letters.send("message", parcel, url=url)


def _parcel(line: Line) -> Any:
    """None when the line is about a row that is gone."""
    return line.subject if isinstance(line.subject, SellerOrder) else None


def _tell_number(what: str, code: str, line: Line) -> None:
    if parcel := _parcel(line):
        parcel_letters.send(what, parcel)
        carrier = kinds.words(parcel.carrier_label)
        _tell_buyer(code, parcel, line, carrier=carrier, tracking=parcel.tracking)


def _tell_buyer(code: str, parcel: Any, line: Line, url: str = "", **facts: Any) -> None:
    buyer = parcel.order.user
    if buyer is not None:
        _tell(code, buyer, parcel, line, url or parcel.url(), facts)


def _tell_seller(code: str, parcel: Any, line: Line, url: str = "", **facts: Any) -> None:
    url = url or reverse("parcels:parcel", args=[parcel.business.slug, parcel.public_id])
    _tell(code, holders(parcel.business, permissions.ORDERS), parcel, line, url, facts)


def _tell(code: str, to: Any, parcel: Any, line: Line, url: str, facts: dict[str, Any]) -> None:
    data = {"number": parcel.number, "seller": parcel.business.name, **facts}
    notifications.notify(code, to=to, key=f"{parcel.pk} {line.pk}", data=data, url=url, now=timezone.now())


def _buyer(parcel: Any) -> str:
    address = parcel.order.shipping_address
    return address.name if address else ""


def _moment(value: Any) -> dict[str, str]:
    return kinds.words(lazy(date_format, str)(timezone.localtime(value), "j F H:i")) if value else {}


def _lira(amount: Any) -> dict[str, str]:
    return kinds.words(lazy(money.display, str)(amount))

"""What a consultation adds to the pages of its booking and of what is offered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.errors import Refused

from .. import parts
from ..kinds import Kind
from . import advice, flags, queries, rooms
from .errors import NobodyOfYours, OwnerWasThere
from .services import absences
from .states import HELD, LIVE, Side

K = Kind.CONSULTATION
TEMPLATES = "booking/consultations"


@parts.shown(K, parts.OFFERING, f"{TEMPLATES}/_offering.html")
def before_booking(offering: Any, *, now: datetime) -> dict[str, Any]:
    """The notice she will accept, and the signs with which she should not wait for a time."""
    return {"paper": advice.text(), "help": flags.near(None, offering.location, now=now)}


@parts.shown(K, parts.OWNER, f"{TEMPLATES}/_owner.html")
def of_owner(booking: Any, *, now: datetime) -> dict[str, Any] | None:
    room = queries.of_booking(booking)
    if room is None:
        return {"is_coming": True} if booking.status in LIVE else None
    summary = queries.summary_of(room)
    return {
        "room": room,
        "phase": room.phase(now),
        "booking": booking,
        "adapter": rooms.of(room),
        "summary": summary if summary and summary.sent_at else None,
        "may_report": _may_report(room, now),
        "help": flags.near(booking.customer, booking.location, now=now) if booking.status in LIVE else None,
    }


@parts.shown(K, parts.DESK, f"{TEMPLATES}/_desk.html")
def of_desk(booking: Any, *, now: datetime) -> dict[str, Any] | None:
    room = queries.of_booking(booking)
    if room is None:
        return {"is_guest": booking.customer_id is None} if booking.status in LIVE else None
    return {
        "room": room,
        "phase": room.phase(now),
        "booking": booking,
        "adapter": rooms.of(room),
        "summary": queries.summary_of(room),
        "may_write": booking.status in HELD,
        "presences": queries.presences_of(room),
        "inside": queries.inside(room, now).values(),
    }


@parts.before(K, parts.COMPLETE)
def somebody_was_in(booking: Any, *, now: datetime) -> None:
    """It is done once somebody of the business was in the room. A guest's is held by phone."""
    room = queries.of_booking(booking)
    if room is not None and not queries.was_there(room, Side.VET):
        raise NobodyOfYours


@parts.before(K, parts.MISS)
def owner_did_not_come(booking: Any, *, now: datetime) -> None:
    room = queries.of_booking(booking)
    if room is not None and queries.waited(room, Side.OWNER):
        raise OwnerWasThere


def _may_report(room: Any, now: datetime) -> bool:
    try:
        absences.check(room, now=now)
    except Refused:
        return False
    return True

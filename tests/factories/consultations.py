"""A paid consultation whose room is open, and the advice notice in force."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.test import Client
from django.utils import timezone

from booking.consultations import advice, services, tokens
from booking.consultations.models import Consultation, Presence
from booking.consultations.states import Side
from booking.models import Booking
from legal import services as legal
from legal.models import Version
from tests.factories import booking as make
from tests.factories import sales

ADVICE = uuid.UUID("00000000-0000-4000-8000-0000000a0700")


def notice(*, number: int = 1, **more: Any) -> Version:
    """In force from today on."""
    now = timezone.now()
    version = Version.objects.create(
        document=advice.DOCUMENT,
        translation_key=ADVICE,
        locale="tr",
        number=number,
        title="Online danışmanlık bilgilendirmesi",
        kind="form",
        mode="publish",
        effective_from=timezone.localdate(now),
        published_at=now,
        clauses_total=0,
        sha256=f"{number:064}",
        **more,
    )
    legal.bring_into_force(today=timezone.localdate(now), document=version.document, locale="tr")
    version.refresh_from_db()
    return version


def offering(owner: Any, *, name: str = "Ihlamur Veteriner", price: int = 450) -> Any:
    sales.rate(module="consultation")
    sales.taxes(withholding="0")
    clinic = make.clinic(owner, name, week=range(7))
    vet = make.resource(clinic, "Hekim")
    return make.offering(
        clinic, vet, kind="consultation", name="Online danışma", minutes=20, step=20, price=Decimal(price)
    )


def booked(offering: Any, customer: Any, starts_at: datetime | None = None) -> Booking:
    next_free = make.at(make.monday(2), 9) + timedelta(minutes=20 * Booking.objects.count())
    booking = make.held(offering, customer, starts_at or next_free)
    make.pay(booking)
    return booking


def room(offering: Any, customer: Any, starts_at: datetime | None = None) -> Consultation:
    """Of a booking in the future: the tests say what time it is."""
    made = services.make_room(booking=booked(offering, customer, starts_at), now=timezone.now())
    assert made
    return made


def live_room(offering: Any, customer: Any, *, begins: timedelta = timedelta(minutes=-1)) -> Consultation:
    """Open right now, for doors that look at the clock themselves."""
    made = room(offering, customer)
    shift(made, timezone.now() + begins)
    return made


def shift(room: Consultation, starts_at: datetime) -> None:
    """Put its booking there without asking anybody."""
    length = room.booking.ends_at - room.booking.starts_at
    Booking.objects.filter(pk=room.booking_id).update(starts_at=starts_at, ends_at=starts_at + length)
    room.booking.refresh_from_db()


def accept(room: Consultation, now: datetime) -> None:
    paper = advice.text()
    assert paper
    advice.accept(room, version=paper.version, by=room.booking.customer, now=now)


def enter(room: Consultation, side: Side, by: Any, now: datetime | None = None) -> Presence:
    now = now or timezone.now()
    if side == Side.OWNER:
        accept(room, now)
    return services.enter(consultation=room, side=side, by=by, now=now)


def token(presence: Presence, now: datetime | None = None) -> str:
    return tokens.make(presence, now=now or timezone.now())


def say(
    client: Client, presence: Presence, *, key: str = "", side: str = "", room: Any = None, **more: Any
) -> Any:
    """One exchange, as the script sends it."""
    where = room or presence.consultation.public_id
    body = {"token": key or token(presence), **more}
    address = f"/gorusme/{where}/{side or presence.side}/"
    return client.post(address, json.dumps(body), content_type="application/json")

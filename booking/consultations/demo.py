"""Demo content: Ayşe's consultation in a few minutes, and one of last week with its summary.

`load()` adds what is missing: each day one, a few minutes after it was loaded, so that its room is open.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone, translation

from core.errors import Refused
from finance import ledger
from finance.models import AccountKind
from payments import services as payments
from payments.services.accounts import wallet
from pets.models import Pet
from teams.models import Business

from .. import services as bookings
from .. import slots
from ..demo import CLINIC
from ..kinds import Kind
from ..models import Booking, Offering
from . import advice, services
from .models import Consultation
from .states import Side

OWNER, VET = "ayse@ornek.test", "elif@ornek.test"
SUMMARY = {
    "told": "Üç gündür sol kulağını kaşıyor. İştahı yerinde, evde başka hayvan yok.",
    "seen": "Kulak içinde kızarıklık. Akıntı ve şişlik görülmedi.",
    "advice": "Kulağa bir şey damlatma, pamuklu çubuk kullanma. 48 saat içinde kulak muayenesine getir.",
    "go_if": "Başını yana eğer, dengesi bozulur ya da kulaktan kan gelirse.",
}
SAID = [
    (Side.VET, "Kulağın iç yüzünü gün ışığında gösterebilir misin?"),
    (Side.OWNER, "Gösteriyorum, biraz hareketli."),
    (Side.VET, "Kızarıklık var, akıntı görmüyorum. 48 saat içinde muayene iyi olur."),
]


def load(*, now: datetime | None = None) -> None:
    now = now or timezone.now()
    clinic = Business.objects.filter(name=CLINIC).first()
    ayse = get_user_model().objects.filter(email=OWNER).first()
    pet = Pet.objects.kept_by(ayse).living().order_by("name").first() if ayse else None
    offering = Offering.objects.filter(business=clinic, kind=Kind.CONSULTATION).first()
    if clinic is None or pet is None or offering is None:
        return
    with transaction.atomic(), translation.override("tr"):
        _today(offering, ayse, pet, now)
        if not Consultation.objects.filter(summary__isnull=False).exists():
            _last_week(offering, ayse, pet, now)


def _today(offering: Offering, ayse: Any, pet: Pet, now: datetime) -> None:
    """Paid, and put by the clinic to a time in a few minutes, whatever the hour."""
    day = timezone.localdate(now)
    known = Booking.objects.filter(customer=ayse, kind=Kind.CONSULTATION, starts_at__date=day)
    if known.exists():
        return
    booking = _booked(offering, ayse, pet, now, key=f"demo consultation {day}")
    if booking is None:
        return
    starts_at = now.replace(second=0, microsecond=0) + timedelta(minutes=6)
    with transaction.atomic():
        try:
            by = _vet(offering.business)
            bookings.rearrange(booking=booking, starts_at=starts_at, by=by, now=now)
        except Refused:  # something else stands there: it stays where it is
            return


def _booked(offering: Offering, ayse: Any, pet: Pet, now: datetime, *, key: str) -> Booking | None:
    """The first time of the coming days that is free."""
    first = timezone.localdate(now) + timedelta(days=1)
    days = slots.free(slots.plan(offering), first, first + timedelta(days=6), pets=1, now=now)
    times = [one for found in days.values() for one in found]
    if not times:
        return None
    facts: dict[str, Any] = {"key": key, "offering": offering, "pets": [pet], "by": ayse, "now": now}
    booking = bookings.hold(starts_at=times[0].starts, note="Sol kulağını kaşıyor.", **facts)
    if booking.due:
        _pay(booking, ayse, now, key)
    else:
        bookings.take_free(booking=booking, by=ayse, now=now)
    booking.refresh_from_db()
    services.make_room(booking=booking, now=now)
    return booking


def _pay(booking: Booking, ayse: Any, now: datetime, key: str) -> None:
    """From her wallet, which got a gift for it: so no provider is asked about money it never saw."""
    payment = payments.start_payment(key=key, payables=[booking], payer=ayse, now=now)
    gift = [(ledger.account(AccountKind.PROMOTION), -booking.due), (wallet(ayse), booking.due)]
    ledger.post(key=f"gift {key}", kind="gift", legs=gift, now=now)
    way: dict[str, Any] = {"provider": "wallet", "method": "wallet", "wallet_amount": booking.due}
    payments.choose(payment=payment, now=now, **way)


def _last_week(offering: Offering, ayse: Any, pet: Pet, now: datetime) -> None:
    """As it went: both in, a few lines, the summary, done."""
    booking = _booked(offering, ayse, pet, now, key="demo consultation of last week")
    if booking is None:
        return
    starts_at = (now - timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
    ends_at = starts_at + timedelta(minutes=offering.minutes)
    Booking.objects.filter(pk=booking.pk).update(starts_at=starts_at, ends_at=ends_at, reminded=2)
    booking.claims.all().delete()
    room = services.make_room(booking=Booking.objects.get(pk=booking.pk), now=now)
    vet, paper = _vet(offering.business), advice.text()
    if room is None or paper is None:
        return
    advice.accept(room, version=paper.version, by=ayse, now=starts_at)
    seats = {
        Side.OWNER: services.enter(consultation=room, side=Side.OWNER, by=ayse, now=starts_at),
        Side.VET: services.enter(
            consultation=room, side=Side.VET, by=vet, now=starts_at + timedelta(minutes=2)
        ),
    }
    for number, (side, text) in enumerate(SAID, start=4):
        at = starts_at + timedelta(minutes=number)
        seat = seats[side]
        room.messages.create(side=side, author=seat.user, key=_key(number), text=text, at=at)
    for seat in seats.values():
        services.leave(presence=seat, now=starts_at + timedelta(minutes=17))
    services.send(consultation=room, facts=SUMMARY, by=vet, now=starts_at + timedelta(minutes=25))
    bookings.complete(booking=room.booking, by=vet, now=ends_at)


def _key(number: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"demo message {number}")


def _vet(clinic: Business) -> Any:
    found = clinic.memberships.filter(user__email=VET).select_related("user").first()
    return found.user if found else clinic.memberships.owners().select_related("user").first().user  # type: ignore[union-attr]

"""Demo content: Ayşe has a quote of Yoldaş Taşıma, has asked once more, and Pamuk is on the road.

`load()` runs once a day at most and changes nothing that is there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone, translation

from booking.models import Booking, Need, Offering, Resource
from core.errors import Refused
from payments import services as payments
from payments.demo import pay_by_transfer
from payments.models import TopUp
from pets.models import Pet
from teams.models import Business

from . import drawing, queries, services
from .models import TransferRequest, Way, Wish
from .services import Road, Terms, Told

CARRIER, OWNER = "Yoldaş Taşıma", "ayse@ornek.test"
PRICE = Decimal(2380)
PLATE = "34 DJV 034"
ENDS: dict[str, str] = {
    "from_province": "34",
    "from_district": "Kadıköy",
    "from_address": "Moda Caddesi 12/4",
    "from_name": "Ayşe Yıldız",
    "from_phone": "+905321234567",
    "to_province": "35",
    "to_district": "Konak",
    "to_address": "Kıbrıs Şehitleri Caddesi 42/6",
    "to_name": "Leyla Yıldız",
    "to_phone": "+905337654321",
}


def load(*, now: datetime | None = None) -> None:
    now = now or timezone.now()
    offering = Offering.objects.filter(business__name=CARRIER, kind="transfer").first()
    ayse = get_user_model().objects.filter(email=OWNER).first()
    if offering is None or ayse is None:
        return
    with transaction.atomic(), translation.override("tr"):
        _equip(offering)
        if not TransferRequest.objects.filter(customer=ayse).exists():
            _tell_the_story(offering, ayse, now)


def _equip(offering: Offering) -> None:
    """Its vehicle bears its plate, and somebody drives it."""
    vehicle = queries.stands(offering, "vehicle").first()
    if vehicle and PLATE not in vehicle.name:
        Resource.objects.filter(pk=vehicle.pk).update(name=f"Sprinter {PLATE}")
    if queries.stands(offering, "person").exists():
        return
    driver = _driver(offering)
    need = Need.objects.create(offering=offering, position=offering.needs.count())
    need.resources.set([driver])


def _driver(offering: Offering) -> Resource:
    membership = offering.business.memberships.owners().select_related("user").first()
    name = membership.user.get_full_name() if membership else "Sürücü"
    facts = {"business": offering.business, "kind": "person", "name": name, "membership": membership}
    return Resource.objects.create(location=offering.location, **facts)


def _tell_the_story(offering: Offering, ayse: Any, now: datetime) -> None:
    animals = list(Pet.objects.kept_by(ayse).living().order_by("pk")[:2])
    if not animals:
        return
    travels, waits = animals[0], animals[-1]
    _ride(offering, travels, ayse, now)
    _quote_waits(offering, waits, ayse, now)
    _asked(offering, waits, ayse, now)


def _road(earliest: datetime, **more: Any) -> Road:
    facts: dict[str, Any] = {**ENDS, "earliest": earliest, "latest": earliest + timedelta(hours=3)}
    return Road(**(facts | more))


def _terms(offering: Offering, price: Decimal, pickup_at: datetime) -> Terms:
    vehicle = queries.stands(offering, "vehicle").first()
    driver = queries.stands(offering, "person").first()
    if vehicle is None or driver is None:
        raise Refused
    return Terms(
        price=price,
        pickup_at=pickup_at,
        minutes=8 * 60,
        vehicle=vehicle,
        driver=driver,
        note="İki mola veririz, her molada su ve fotoğraf.",
    )


def _ride(offering: Offering, pet: Pet, ayse: Any, now: datetime) -> None:
    """Asked two days ago, picked up five hours ago."""
    asked_at = now - timedelta(days=2)
    pickup = (now - timedelta(hours=5)).replace(second=0, microsecond=0)
    road = _road(
        pickup,
        wishes=(Wish.PHOTOS, Wish.MEDICINE),
        note="Saat 12’de yarım tablet, mamanın içinde. Radyo sesinden hoşlanmaz.",
    )
    request = services.ask(key="demo ride", offering=offering, pets=[pet], road=road, by=ayse, now=asked_at)
    terms, by = _terms(offering, PRICE, pickup), _carrier(offering)
    quote = services.quote(request=request, terms=terms, by=by, now=asked_at + timedelta(minutes=34))
    held = services.accept(quote=quote, by=ayse, now=asked_at + timedelta(hours=2))
    _pay(held, ayse, asked_at + timedelta(hours=2))
    job = services.make_job(booking=held, now=asked_at + timedelta(hours=2, minutes=1))
    if job:
        _on_the_road(job, by, pickup)


def _pay(booking: Booking, ayse: Any, at: datetime) -> None:
    """From her wallet, which she filled for it by a transfer."""
    row = TopUp.objects.create(user=ayse, amount=booking.due, created_at=at)
    pay_by_transfer(key="demo top-up for a transfer", payables=[row], payer=ayse, at=at - timedelta(hours=1))
    payment = payments.start_payment(key=f"booking {booking.pk}", payables=[booking], payer=ayse, now=at)
    chosen: dict[str, Any] = {"provider": "wallet", "method": "wallet", "wallet_amount": booking.due}
    payments.choose(payment=payment, now=at, **chosen)
    booking.refresh_from_db()


def _on_the_road(job: Any, by: Any, pickup: datetime) -> None:
    def told(minutes: int, text: str, colour: str = "", **more: Any) -> dict[str, Any]:
        at = pickup + timedelta(minutes=minutes)
        photo = drawing.box(colour) if colour else None
        press = Told(key=f"demo {minutes}", at=at, text=text, photo=photo, **more)
        return {"job": job, "told": press, "by": by, "now": at}

    services.pick_up(**told(5, "Mikroçip okundu, karneyle aynı. Sakin.", "almond", place="Moda, Kadıköy"))
    services.depart(**told(12, ""))
    rest = told(130, "Kafes 21 °C, kum temiz.", "apricot", place="Mudanya kavşağı, Bursa")
    services.tell(what="rest", **rest)
    services.tell(what="fuel", **told(150, "", place="Bursa"))
    point = (Decimal("39.91384"), Decimal("28.15702"))
    news = told(265, "Su içti, uyuyor.", "quince", place="Susurluk dinlenme yeri, Balıkesir", point=point)
    services.tell(what="note", **news)


def _morning(now: datetime, days: int) -> datetime:
    day = timezone.localtime(now) + timedelta(days=days)
    return day.replace(hour=8, minute=0, second=0, microsecond=0)


def _quote_waits(offering: Offering, pet: Pet, ayse: Any, now: datetime) -> None:
    """The owner has it before her."""
    when, asked_at = _morning(now, 5), now - timedelta(hours=3)
    road = _road(when, to_province="16", to_district="Mudanya", way=Way.ALONE)
    try:
        request = services.ask(
            key="demo quoted", offering=offering, pets=[pet], road=road, by=ayse, now=asked_at
        )
        terms = _terms(offering, Decimal(1650), when + timedelta(minutes=30))
        services.quote(request=request, terms=terms, by=_carrier(offering), now=now - timedelta(hours=2))
    except Refused:
        return


def _asked(offering: Offering, pet: Pet, ayse: Any, now: datetime) -> None:
    """Its carrier has to answer."""
    road = _road(_morning(now, 9), to_province="06", to_district="Çankaya", box="large")
    try:
        services.ask(
            key="demo asked", offering=offering, pets=[pet], road=road, by=ayse, now=now - timedelta(hours=1)
        )
    except Refused:
        return


def _carrier(offering: Offering) -> Any:
    member = Business.objects.get(pk=offering.business_id).memberships.owners().select_related("user").first()
    return member.user if member else None

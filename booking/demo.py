"""Demo content: what the demo businesses offer, and a living day around today at the clinic.

`load()` adds what is missing and changes nothing that is there; each day it fills once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone, translation

from core.errors import Refused
from pets.models import Pet
from teams.models import Business

from . import services
from .defaults import SERVICES, Service, stands_of
from .kinds import Kind, ResourceKind
from .models import Booking, Offering, Resource
from .services import Guest, Wanted

CLINIC, HOTEL, GROOMER, CARRIER = "Ihlamur Veteriner", "Mavi Pati Otel", "Köpük Kuaför", "Yoldaş Taşıma"
PRICES = {
    "Examination": 900,
    "Vaccination": 650,
    "Control": 300,
    "Online consultation": 450,
    "Bath and brushing": 700,
    "Full grooming": 1200,
    "Nail cutting": 200,
    "Stay": 850,
    "Transfer within the city": 1500,
}


@dataclass(frozen=True)
class Visit:
    """`state`: how far it has got when it lies behind."""

    hour: int
    minute: int
    service: str
    stand: str
    animal: str
    species: str
    name: str
    state: str = "done"


DAY = [
    Visit(9, 0, "Aşı", "Bora Aksoy", "Duman", "cat", "Sevgi Tan"),
    Visit(9, 30, "Muayene", "Elif", "Mırnav", "cat", "Oya Kurt"),
    Visit(10, 0, "Muayene", "Bora Aksoy", "Karamel", "dog", "Nuri Acar", "missed"),
    Visit(10, 30, "Muayene", "Elif", "Limon", "bird", "Hale Ün"),
    Visit(11, 0, "Kontrol", "Bora Aksoy", "Gofret", "dog", "Can Öz", "inside"),
    Visit(11, 15, "Kontrol", "Elif", "Çakıl", "cat", "Ezgi Ay", "waiting"),
    Visit(12, 0, "Aşı", "Elif", "Boncuk", "rabbit", "Melek Su"),
    Visit(14, 0, "Muayene", "Elif", "Ponçik", "dog", "Tuna Er"),
    Visit(15, 0, "Aşı", "Bora Aksoy", "Fıstık", "cat", "İrem Gök"),
    Visit(16, 0, "Muayene", "Bora Aksoy", "Paşa", "dog", "Kaan Işık"),
    Visit(17, 30, "Kontrol", "Elif", "İnci", "cat", "Buse Ak"),
]
BACK, AHEAD = 6, 6  # days that are filled


def load(*, now: datetime | None = None) -> None:
    now = now or timezone.now()
    with transaction.atomic(), translation.override("tr"):
        for name in (CLINIC, GROOMER, HOTEL, CARRIER):
            if business := Business.objects.filter(name=name).first():
                _offer(business)
        if clinic := Business.objects.filter(name=CLINIC).first():
            _fill(clinic, now)


def _offer(business: Business) -> None:
    if Offering.objects.filter(business=business).exists():
        return
    owner, place = _owner(business), business.locations.get(is_main=True)
    services.set_up(
        business=business,
        location=place,
        stands=[(one, 6 if one.kind == ResourceKind.KENNEL else 1) for one in stands_of(business)],
        services=[(one, _price(one)) for one in SERVICES[business.kind]],
        opens=True,
        by=owner,
    )
    if business.name == CLINIC:
        _theatre(business, owner)


def _price(service: Service) -> Decimal:
    with translation.override("en"):
        return Decimal(PRICES.get(str(service.name), 500))


def _theatre(clinic: Business, owner: Any) -> None:
    """A service that needs a vet and a room at once, on request."""
    place = clinic.locations.get(is_main=True)
    facts = {"location": place, "kind": ResourceKind.ROOM, "name": "Ameliyathane", "capacity": 1}
    room = services.save_resource(business=clinic, resource=None, facts=facts, by=owner)
    vets = list(Resource.objects.filter(business=clinic, kind=ResourceKind.PERSON))
    offering = {
        "location": place,
        "kind": Kind.VISIT,
        "name": "Diş taşı temizliği",
        "minutes": 90,
        "step": 30,
        "buffer_after": 15,
        "price": Decimal(2800),
        "deposit_percent": 30,
        "on_request": True,
        "is_open": True,
    }
    needs = [Wanted(vets), Wanted([room])]
    services.save_offering(business=clinic, offering=None, facts=offering, needs=needs, by=owner)


def _fill(clinic: Business, now: datetime) -> None:
    """Today and the days around it, each once."""
    today, by = timezone.localdate(now), _owner(clinic)
    for number in range(-BACK, AHEAD + 1):
        day = today + timedelta(days=number)
        begin = _at(day, 0, 0)
        taken = Booking.objects.filter(business=clinic, starts_at__gte=begin)
        if day.weekday() < 6 and not taken.filter(starts_at__lt=begin + timedelta(days=1)).exists():
            _fill_day(clinic, day, number, now, by)


def _fill_day(clinic: Business, day: date, number: int, now: datetime, by: Any) -> None:
    """Every other day differs a little."""
    visits = DAY if number == 0 else [one for at, one in enumerate(DAY) if (at + number) % 3]
    for visit in visits:
        if booking := _visit(clinic, visit, day, by):
            _live(booking, visit, now, by)
    if number == 0:
        _lunch(clinic, day, by)
        _ask(clinic, day, now, by)


def _visit(clinic: Business, visit: Visit, day: date, by: Any) -> Booking | None:
    """As if it had been booked the day before; left out where something else stands."""
    starts_at = _at(day, visit.hour, visit.minute)
    offering = Offering.objects.filter(business=clinic, name=visit.service).first()
    stand = Resource.objects.filter(business=clinic, name__startswith=visit.stand).first()
    guest = Guest(visit.name, "+905320000012", visit.animal, visit.species)
    if offering is None:
        return None
    try:
        return services.walk_in(
            offering=offering,
            guest=guest,
            starts_at=starts_at,
            on=[stand] if stand else [],
            by=by,
            now=starts_at - timedelta(days=1),
        )
    except Refused:
        return None


def _live(booking: Booking, visit: Visit, now: datetime, by: Any) -> None:
    """What has begun by now got as far as such a visit gets."""
    if booking.starts_at > now:
        return
    if visit.state == "missed":
        services.miss(booking=booking, by=by, now=booking.starts_at + timedelta(minutes=20))
        return
    arrived = booking.starts_at - timedelta(minutes=8)
    services.arrive(booking=booking, by=by, now=arrived)
    is_fresh = booking.ends_at + timedelta(hours=2) > now
    if visit.state == "waiting" and is_fresh:
        return
    services.take_in(booking=booking, by=by, now=booking.starts_at + timedelta(minutes=3))
    if visit.state != "inside" or not is_fresh:
        services.complete(booking=booking, by=by, now=booking.ends_at)


def _lunch(clinic: Business, day: date, by: Any) -> None:
    stand = Resource.objects.filter(business=clinic, kind=ResourceKind.PERSON).first()
    if stand:
        span = {"starts_at": _at(day, 12, 30), "ends_at": _at(day, 13, 15)}
        services.add_absence(resource=stand, kind="block", note="Öğle arası", by=by, **span)


def _ask(clinic: Business, day: date, now: datetime, by: Any) -> None:
    """Ayşe asks for a cleaning in a few days; nothing is paid in advance for it here."""
    ayse = get_user_model().objects.filter(email="ayse@ornek.test").first()
    pet = Pet.objects.kept_by(ayse).living().first() if ayse else None
    offering = Offering.objects.filter(business=clinic, name="Diş taşı temizliği").first()
    if pet is None or offering is None:
        return
    ahead = day + timedelta(days=2 if (day + timedelta(days=2)).weekday() < 6 else 3)
    Offering.objects.filter(pk=offering.pk).update(deposit_percent=0)
    offering.refresh_from_db()
    try:
        booking = services.hold(
            key=f"demo {day}", offering=offering, pets=[pet], starts_at=_at(ahead, 10, 0), by=ayse, now=now
        )
        services.take_free(booking=booking, by=ayse, now=now)
    except Refused:
        return


def _owner(business: Business) -> Any:
    return business.memberships.owners().select_related("user").first().user  # type: ignore[union-attr]


def _at(day: date, hour: int, minute: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))

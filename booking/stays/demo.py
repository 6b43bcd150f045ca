"""Demo content: Pamuk stays at the hotel, with two reports; Zeytin comes next week, with papers missing."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone, translation
from PIL import Image, ImageDraw

from core.errors import Refused
from pets.models import Pet
from teams.models import Business

from .. import services as bookings
from ..demo import HOTEL
from ..kinds import Kind
from ..models import Booking, Offering
from ..requirements import services as asked
from ..requirements.errors import AskedAlready
from ..requirements.services import Given
from ..states import Status
from . import services
from .services import Picture

KEEPER = "ayse@ornek.test"
ASKED: list[dict[str, Any]] = [
    {"what": "vaccine", "vaccine": "kennel_cough", "species": ["dog"], "hint": "En az bir hafta önce."},
    {"what": "contact", "hint": "Sana ulaşamazsak kimi arayalım?"},
    {"what": "other", "words": "Kendi maması", "hint": "Alıştığı mamadan yetecek kadar getir."},
]
YESTERDAY = "Öğleye kadar dolabın üstünden bizi izledi, akşam mamasının hepsini bitirdi. Tüy topuyla oynadı."
TODAY = "Sabah pencerede güneşlendi. Kutusunun kapağını açık bıraktık, kendi girip uyudu."


def load(*, now: datetime | None = None) -> None:
    """What is missing, each day anew; changes nothing that is there."""
    now = now or timezone.now()
    hotel = Business.objects.filter(name=HOTEL).first()
    keeper = get_user_model().objects.filter(email=KEEPER).first()
    if hotel is None or keeper is None:
        return
    with transaction.atomic(), translation.override("tr"):
        owner = hotel.memberships.owners().select_related("user").first().user  # type: ignore[union-attr]
        offering = _offering(hotel)
        _ask(hotel, owner, now)
        if offering:
            _close(hotel, owner, now)
            _stay(offering, keeper, owner, now)
            _come(offering, keeper, now)


def _offering(hotel: Any) -> Offering | None:
    rows = Offering.objects.filter(business=hotel, kind=Kind.STAY)
    rows.filter(more_price=0).update(more_price=500, most_pets=3)
    return rows.first()


def _ask(hotel: Any, owner: Any, now: datetime) -> None:
    """As if it had been asked for a year."""
    for facts in ASKED:
        try:
            asked.save_requirement(
                business=hotel, kind=Kind.STAY, by=owner, now=now - timedelta(days=365), **facts
            )
        except AskedAlready:
            return


def _close(hotel: Any, owner: Any, now: datetime) -> None:
    """Those of an earlier run whose days are over."""
    rows = Booking.objects.filter(business=hotel, status=Status.IN_SERVICE, key__startswith="demo stay")
    for booking in rows.filter(ends_at__lte=now):
        bookings.complete(booking=booking, by=owner, now=booking.ends_at)


def _stay(offering: Offering, keeper: Any, owner: Any, now: datetime) -> None:
    """Since two days; leaves in three."""
    today = timezone.localdate(now)
    pamuk = Pet.objects.kept_by(keeper).living().filter(name="Pamuk").first()
    under_way = Booking.objects.filter(offering=offering, customer=keeper, status=Status.IN_SERVICE)
    if pamuk is None or under_way.exists():
        return
    booking = _book(f"demo stay {today}", offering, keeper, pamuk, today - timedelta(days=2), 5)
    if booking:
        _take_in(booking, keeper, owner)
        pictures = [Picture(_drawn(0), "Pamuk dolabın üstünde"), Picture(_drawn(1), "Pamuk tüy topuyla")]
        evening = _at(today - timedelta(days=1), 18)
        services.write_report(booking=booking, text=YESTERDAY, by=owner, now=evening, pictures=pictures)
        sun = [Picture(_drawn(2), "Pamuk pencerede güneşleniyor")]
        services.write_report(booking=booking, text=TODAY, by=owner, now=now, pictures=sun)


def _take_in(booking: Booking, keeper: Any, owner: Any) -> None:
    arrived, item = booking.starts_at + timedelta(minutes=10), booking.items.get()
    care = {"contact_name": "Oya Kurt", "contact_phone": "+905320000012"}
    diet = {item.pk: {"feeding": "Sabah akşam 35 g kuru mama, taze su.", "medicine": ""}}
    asked.fill(booking=booking, given=Given(care, diet), by=keeper, now=booking.made_at)
    for row in booking.business.own_requirements.filter(what="other", until=None):
        asked.see(booking=booking, code=row.code, item=item.pk, by=owner, now=arrived)
    bookings.arrive(booking=booking, by=owner, now=arrived)
    bookings.take_in(booking=booking, by=owner, now=arrived)


def _come(offering: Offering, keeper: Any, now: datetime) -> None:
    """A dog without kennel cough vaccine, whose rabies dose is over: what is missing stands on the page."""
    today = timezone.localdate(now)
    zeytin = Pet.objects.kept_by(keeper).living().filter(name="Zeytin").first()
    ahead = Booking.objects.filter(offering=offering, items__pet=zeytin, starts_at__gt=now)
    if zeytin and not ahead.exists():
        _book(f"demo zeytin {today}", offering, keeper, zeytin, today + timedelta(days=8), 3)


def _book(key: str, offering: Offering, keeper: Any, pet: Pet, day: date, nights: int) -> Booking | None:
    """Nothing is paid in advance for it here. Left out where it is closed or full."""
    offering.deposit_percent = 0  # of this copy only: what is frozen in the booking
    starts_at = _at(day, offering.arrive_at // 60)
    made = min(timezone.now(), starts_at) - timedelta(days=3)
    facts: dict[str, Any] = {"offering": offering, "pets": [pet], "starts_at": starts_at, "nights": nights}
    try:
        booking = bookings.hold(key=key, by=keeper, now=made, **facts)
        bookings.take_free(booking=booking, by=keeper, now=made)
    except Refused:
        return None
    return booking


def _drawn(scene: int) -> bytes:
    """A cat of a few shapes: on a cupboard, with a ball, in the sun."""
    wall, floor = [("#dfeef5", "#b9835a"), ("#f6e3d7", "#8aa37b"), ("#fff3c9", "#c9b38c")][scene]
    image = Image.new("RGB", (1200, 900), wall)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 640, 1200, 900), fill=floor)
    if scene == 0:
        draw.rectangle((260, 560, 940, 900), fill="#7a5236")
    elif scene == 1:
        draw.ellipse((820, 640, 940, 760), fill="#d8564a")
    else:
        draw.rectangle((120, 80, 1080, 560), fill="#ffe28a", outline="#ffffff", width=24)
    _cat(draw, 470, 330)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _cat(draw: Any, x: int, y: int) -> None:
    grey, dark = "#7d8790", "#3b4248"
    draw.ellipse((x, y + 110, x + 260, y + 330), fill=grey)
    draw.ellipse((x + 50, y, x + 210, y + 150), fill=grey)
    draw.polygon([(x + 60, y + 50), (x + 70, y - 50), (x + 130, y + 15)], fill=grey)
    draw.polygon([(x + 200, y + 50), (x + 190, y - 50), (x + 130, y + 15)], fill=grey)
    for eye in (x + 95, x + 150):
        draw.ellipse((eye, y + 55, eye + 22, y + 77), fill=dark)
    draw.polygon([(x + 120, y + 92), (x + 146, y + 92), (x + 133, y + 106)], fill="#d98f8f")
    draw.arc((x + 200, y + 180, x + 380, y + 340), 300, 120, fill=grey, width=34)
    draw.ellipse((x + 20, y + 290, x + 90, y + 336), fill="#ffffff")


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))

"""Businesses, members, switches, licences."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from core.uploads import JPEG, Accepted
from teams import licences, services
from teams.licence_kinds import ACTIVITY, NEEDED, Activity
from teams.models import Business, Licence, Location, Membership
from teams.states import LicenceStatus, Status

TRADER = {
    "mersis": "0123456789000015",
    "trade_registry": "İstanbul 123456-5",
    "kep": "ornek@hs01.kep.tr",
}
ADDRESS = {
    "province": "34",
    "district": "Beşiktaş",
    "neighbourhood": "Sinanpaşa",
    "street": "Ihlamurdere Caddesi",
    "building": "12",
    "postcode": "34353",
}
IBAN = "TR330006100519786457841326"
OTHER_IBAN = "TR320010009999901234567890"


def business(owner: Any, name: str = "Ihlamur Veteriner", kind: str = "clinic", **fields: Any) -> Business:
    made = services.open_business(kind=kind, name=name, by=owner, now=timezone.now())
    return _set(made, **fields) if fields else made


def verified(owner: Any, name: str = "Ihlamur Veteriner", kind: str = "clinic", **fields: Any) -> Business:
    """Verified with the permits its kind needs, so the public may see it."""
    facts = {"legal_name": f"{name} Ltd. Şti.", "tax_number": "1234567890", "verified_at": timezone.now()}
    made = business(owner, name, kind, status=Status.VERIFIED, **(facts | TRADER | fields))
    for one in NEEDED[kind]:
        licence(made, one, status=LicenceStatus.IN_FORCE)
    return made


def ready(owner: Any, name: str = "Ihlamur Veteriner", kind: str = "clinic") -> Business:
    """A draft in which nothing is missing."""
    legal = {"legal_name": f"{name} Ltd. Şti.", "tax_number": "1234567890", "tax_office": "Beşiktaş"}
    bank = {"iban": IBAN, "iban_holder": f"{name} Ltd. Şti."}
    made = business(
        owner, name, kind, **legal, **TRADER, **bank, phone="+902121234567", email="bilgi@ornek.test"
    )
    place = made.locations.get()
    Location.objects.filter(pk=place.pk).update(**ADDRESS)
    place.weekly_hours.create(weekday=0, starts=9 * 60, ends=19 * 60)
    for one in NEEDED[kind]:
        evidenced(licence(made, one))
    return made


def licence(business: Business, kind: str = "practice", **fields: Any) -> Licence:
    today = timezone.localdate()
    values: dict[str, Any] = {
        "location": business.locations.get(is_main=True),
        "number": "34-1234",
        "valid_from": date(2020, 1, 1),
        "valid_until": today + timedelta(days=400),
    }
    values |= {
        "practice": {"holder": "Bora Aksoy", "diploma_number": "D-77", "chamber_number": "O-88"},
        "work_permit": {"activity": ACTIVITY.get(business.kind, Activity.SALE), "species": ["cat", "dog"]},
        "vehicle": {"plate": "34 ABC 123", "species": ["dog"]},
        "driver": {"holder": "Tarık Sönmez"},
    }.get(kind, {})
    values |= fields
    values.setdefault("address", values["location"].address)
    return Licence.objects.create(business=business, kind=kind, **values)


def picture(colour: str = "white") -> Accepted:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return Accepted(out.getvalue(), JPEG, "ruhsat.jpg")


def evidenced(licence: Licence, colour: str = "white") -> Licence:
    return licences.save_licence(
        business=licence.business, licence=licence, files=[picture(colour)], by=None, now=timezone.now()
    )


def member(business: Business, user: Any, template: str = "reception", **options: Any) -> Membership:
    role = business.roles.get(template=template)
    return services.add_member(
        business=business, user=user, role=role, by=None, now=timezone.now(), **options
    )


def _set(made: Business, **fields: Any) -> Business:
    Business.objects.filter(pk=made.pk).update(**fields)
    made.refresh_from_db()
    return made

"""Demo businesses, each of another kind, with the people who work there, their hours and permits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from core import pictures, text
from core.uploads import PNG, Accepted

from . import hours, licences, onboarding, places, rights, services, verification
from .licence_kinds import ACTIVITY, FIELDS, NEEDED
from .models import Business, Licence, Location, Topic, Verification


@dataclass(frozen=True)
class Example:
    name: str
    kind: str
    owner: str
    district: str
    province: str = "34"
    tax_number: str = ""
    chamber: str = ""  # of a craftsman; everybody else is a trader
    members: dict[str, str] = field(default_factory=dict)  # e-mail → role template


BUSINESSES = [
    Example(
        "Ihlamur Veteriner",
        "clinic",
        "bora@ornek.test",
        "Beşiktaş",
        tax_number="1000000000",
        members={
            "elif@ornek.test": rights.VET,
            "cem@ornek.test": rights.RECEPTION,
            "ipek@ornek.test": rights.ACCOUNTANT,
        },
    ),
    Example("Köpük Kuaför", "groomer", "kadir@ornek.test", "Kadıköy", tax_number="1000000018"),
    Example("Mavi Pati Otel", "hotel", "otel@ornek.test", "Sarıyer", tax_number="1000000026"),
    Example("Yoldaş Taşıma", "carrier", "tasiyici@ornek.test", "Ataşehir", tax_number="1000000034"),
]


REVIEWER = "yonetici@ornek.test"
IBAN = "TR330006100519786457841326"
WEEK = {day: [(9 * 60, 19 * 60)] for day in range(6)}
WAITING = Example("Pati Eğitim", "trainer", "kadir@ornek.test", "Üsküdar", tax_number="1000000041")


@transaction.atomic
def load() -> None:
    """Verified businesses, one change and one registration that wait for their review."""
    if Business.objects.filter(name=BUSINESSES[0].name).exists():
        return
    sent = [_register(example) for example in BUSINESSES]
    for row in sent:
        _verify(row)
    _register(WAITING)
    clinic = sent[0].business
    clinic.refresh_from_db()
    verification.request_change(
        business=clinic,
        topic=Topic.IDENTITY,
        values={"legal_name": "Ihlamur Veteriner Hizmetleri A.Ş."},
        by=_person(BUSINESSES[0].owner),
        now=timezone.now(),
    )


def open_verified(example: Example) -> Business:
    """One more business that is through its review; other rooms have such too."""
    row = _register(example)
    _verify(row)
    row.business.refresh_from_db()
    return row.business


def open_business(name: str, kind: str, owner: str, district: str) -> Business:
    """One more that is verified, for the demo content of other rooms."""
    return open_verified(Example(name, kind, owner, district, tax_number=_free_number()))


def _free_number() -> str:
    """Ten digits that nobody has; made up, as all of them."""
    taken = set(Business.objects.values_list("tax_number", flat=True))
    return next(number for tail in range(10**6) if (number := f"10000{tail:05}") not in taken)


def _register(example: Example) -> Verification:
    """As its owner would: fill in each step, then send."""
    now, owner = timezone.now(), _person(example.owner)
    business = services.open_business(kind=example.kind, name=example.name, by=owner, now=now)
    for email, template in example.members.items():
        role = business.roles.get(template=template)
        services.add_member(business=business, user=_person(email), role=role, by=owner, now=now)
    onboarding.edit(business=business, values=_facts(example), by=owner)
    place = onboarding.main_location(business)
    place.name = place.district = example.district
    place.province, place.neighbourhood, place.building = example.province, "Merkez", "12"
    places.save_location(location=place, by=owner)
    hours.keep_holidays(location=place, keeps=True, by=owner)
    hours.set_week(location=place, week=WEEK, by=owner)
    for kind in NEEDED[example.kind]:
        _licence(business, place, kind, owner, now)
    return onboarding.send(business=business, by=owner, now=now)


def _facts(example: Example) -> dict[str, str]:
    legal_name = f"{example.name} Ltd. Şti."
    return {
        "legal_name": legal_name,
        "tax_number": example.tax_number,
        "tax_office": example.district,
        **_trader(example),
        "iban": IBAN,
        "iban_holder": legal_name,
        "phone": "+902120000012",
        "email": f"{text.slug(example.name)}@ornek.test",
        "about": "Örnek işletme: bilgileri uydurmadır.",
    }


def _trader(example: Example) -> dict[str, str]:
    if example.chamber:
        return {"chamber": example.chamber}
    return {
        "mersis": f"0{example.tax_number}00015",
        "trade_registry": f"İstanbul {example.tax_number[-6:]}-5",
        "kep": f"{text.slug(example.name)}@hs01.kep.tr",
    }


def _licence(business: Business, place: Location, kind: str, owner: Any, now: datetime) -> None:
    says = {
        "location": place,
        "number": f"{place.province}-{business.pk:04}",
        "valid_from": now.date() - timedelta(days=500),
        "valid_until": now.date() + timedelta(days=900),
        "activity": ACTIVITY.get(business.kind, ""),
        "species": ["cat", "dog"],
        "holder": owner.get_full_name(),
        "diploma_number": "D-1907",
        "chamber_number": "O-34-118",
        "plate": "34 DJV 034",
    }
    permit = Licence(business=business, kind=kind, **{name: says[name] for name in FIELDS[kind]})
    paper = Accepted(pictures.pack_png("box", next(iter(pictures.COLOURS)), size=400), PNG, "ruhsat.png")
    licences.save_licence(business=business, licence=permit, files=[paper], by=owner, now=now)


def _verify(row: Verification) -> None:
    reviewer = _person(REVIEWER)
    verification.approve(verification=row, version=row.version, by=reviewer, now=timezone.now())


def _person(email: str) -> Any:
    return get_user_model().objects.get(email=email)

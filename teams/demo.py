"""Demo businesses, each of another kind, with the people who work there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from . import rights, services
from .models import Business
from .states import Status


@dataclass(frozen=True)
class Example:
    name: str
    kind: str
    owner: str
    district: str
    province: str = "34"
    tax_number: str = ""
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


@transaction.atomic
def load() -> None:
    for example in BUSINESSES:
        if not Business.objects.filter(name=example.name).exists():
            _open(example)


def _open(example: Example) -> None:
    now, owner = timezone.now(), _person(example.owner)
    business = services.open_business(kind=example.kind, name=example.name, by=owner, now=now)
    business.locations.update(name=example.district, district=example.district, province=example.province)
    for email, template in example.members.items():
        role = business.roles.get(template=template)
        services.add_member(business=business, user=_person(email), role=role, by=owner, now=now)
    facts = {"legal_name": f"{example.name} Ltd. Şti.", "tax_number": example.tax_number, "verified_at": now}
    Business.objects.filter(pk=business.pk).update(status=Status.VERIFIED, **facts)


def _person(email: str) -> Any:
    return get_user_model().objects.get(email=email)

"""Two animals of Ayşe's: one up to date, one whose rabies vaccination is three days over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from teams.models import Business

from .care import Measure, Vaccine
from .duty_kinds import Kind
from .models import Pet, Scope
from .models.pet import Precision
from .services import duties, file, pets, sharing

KEEPER, CLINIC = "ayse@ornek.test", "Ihlamur Veteriner"


@transaction.atomic
def load() -> None:
    keeper, now = get_user_model().objects.get(email=KEEPER), timezone.now()
    if not Pet.objects.kept_by(keeper).exists():
        _pamuk(keeper, now)
        _zeytin(keeper, now)


def _pamuk(keeper: Any, now: datetime) -> None:
    today = timezone.localdate(now)
    pamuk = pets.add_pet(
        by=keeper,
        name="Pamuk",
        species="cat",
        now=now,
        breed="Tekir",
        sex="female",
        neutered=True,
        colour="Kül rengi",
        marks="Sol ön patisi beyaz.",
        chip="792098100000017",
        chipped_on=_months_ago(today, 34),
        **_born(today, 40),
    )
    _give(pamuk, keeper, now, Vaccine.RABIES, today - timedelta(days=150))
    _give(pamuk, keeper, now, Vaccine.CAT_COMBINED, today - timedelta(days=258))
    _give(pamuk, keeper, now, Vaccine.INTERNAL, today - timedelta(days=81), today + timedelta(days=9))
    _weigh(pamuk, keeper, now, ["3.8", "3.9", "4.0", "4.0", "4.1", "4.2"])
    duties.state_done(pet=pamuk, kind=Kind.REGISTRATION, on=_months_ago(today, 33), by=keeper, now=now)
    file.add_note(
        pet=pamuk, by=keeper, now=now, text="Taşıma kutusundan ürker; kapağını açık bırakınca girer."
    )
    clinic = Business.objects.get(name=CLINIC)
    until = now + timedelta(days=180)
    sharing.grant(pet=pamuk, business=clinic, scope=Scope.WRITE, until=until, by=keeper, now=now)


def _zeytin(keeper: Any, now: datetime) -> None:
    today = timezone.localdate(now)
    zeytin = pets.add_pet(
        by=keeper,
        name="Zeytin",
        species="dog",
        now=now,
        breed="Melez",
        sex="male",
        neutered=False,
        passport="TR 00 1742",
        chip="792098100000025",
        chipped_on=_months_ago(today, 50),
        **_born(today, 62),
    )
    _give(zeytin, keeper, now, Vaccine.RABIES, today - timedelta(days=368), today - timedelta(days=3))
    _weigh(zeytin, keeper, now, ["18.1", "18.4"])
    duties.state_done(pet=zeytin, kind=Kind.REGISTRATION, on=_months_ago(today, 49), by=keeper, now=now)


def _born(today: date, months: int) -> dict[str, Any]:
    return {"born_on": _months_ago(today, months).replace(day=1), "born_precision": Precision.MONTH}


def _months_ago(today: date, months: int) -> date:
    return today - timedelta(days=round(months * 30.44))


def _give(pet: Pet, by: Any, now: datetime, vaccine: str, on: date, until: date | None = None) -> None:
    file.add_vaccination(
        pet=pet, by=by, now=now, vaccine=vaccine, given_on=on, next_due=until, given_by=CLINIC
    )


def _weigh(pet: Pet, by: Any, now: datetime, kilos: list[str]) -> None:
    """One a month, the last today."""
    today = timezone.localdate(now)
    for months, kilo in enumerate(reversed(kilos)):
        day = _months_ago(today, months)
        file.add_measurement(
            pet=pet, by=by, now=now, kind=Measure.WEIGHT, value=Decimal(kilo), measured_on=day
        )

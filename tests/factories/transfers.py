"""A carrier with a vehicle and a driver, requests, quotes and journeys in every state."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone
from PIL import Image

from booking.models import Offering, Resource
from booking.transfers import codes, queries, services
from booking.transfers.models import Quote, TransferJob, TransferRequest
from pets.services import file
from tests.factories import booking, pets, teams

_numbers = count(1)


def carrier(owner: Any, name: str = "Yoldaş Taşıma", *, vehicles: int = 1, driver: Any = None) -> Offering:
    """Its transfer offering, which rests on its vehicles and on one driver for each."""
    made = booking.clinic(owner, name, "carrier", week=range(7))
    made.licences.filter(kind="vehicle").update(species=["cat", "dog"])
    for number in range(1, vehicles):
        teams.licence(
            made, "vehicle", plate=f"34 ABC {123 + number}", status="in_force", species=["cat", "dog"]
        )
    membership = made.memberships.get(user=driver or owner)
    cars, people = [], []
    for number in range(vehicles):
        cars.append(booking.resource(made, f"Araç 34 ABC {123 + number}", "vehicle"))
        who = membership if number == 0 else None
        people.append(booking.resource(made, f"Sürücü {number + 1}", "person", membership=who))
    return booking.offering(
        made,
        cars,
        people,
        kind="transfer",
        name="Şehir içi nakil",
        minutes=120,
        price=Decimal(1500),
        most_pets=2,
    )


def stands(offering: Offering, number: int = 0) -> tuple[Resource, Resource]:
    vehicle = queries.stands(offering, "vehicle")[number]
    driver = queries.stands(offering, "person")[number]
    return vehicle, driver


def road(when: datetime | None = None, **more: Any) -> services.Road:
    earliest = when or booking.at(booking.monday(), 8)
    facts: dict[str, Any] = {
        "from_province": "34",
        "from_district": "Kadıköy",
        "from_address": "Moda Cad. 12",
        "from_name": "Ayşe Yıldız",
        "from_phone": "+905321234567",
        "to_province": "35",
        "to_district": "Konak",
        "to_address": "Kıbrıs Şehitleri Cad. 42",
        "to_name": "Leyla Yıldız",
        "to_phone": "+905337654321",
        "earliest": earliest,
        "latest": earliest + timedelta(hours=3),
    }
    return services.Road(**(facts | more))


def may_travel(keeper: Any) -> Any:
    """With a chip and its rabies vaccination, so that it is taken along."""
    now = timezone.now()
    number = next(_numbers)
    pet = pets.pet(keeper, f"Pamuk {number}", chip=f"{900_000_000_000_000 + number}")
    given = timezone.localdate() - timedelta(days=30)
    file.add_vaccination(pet=pet, by=None, now=now, vaccine="rabies", given_on=given, next_due=None)
    return pet


def asked(offering: Offering, customer: Any, *, animals: Any = None, **more: Any) -> TransferRequest:
    now = more.pop("now", timezone.now())
    key = more.pop("key", f"ask {next(_numbers)}")
    animals = animals or [may_travel(customer)]
    return services.ask(
        key=key,
        offering=offering,
        pets=animals,
        road=more.pop("on", None) or road(**more),
        by=customer,
        now=now,
    )


def terms(request: TransferRequest, number: int = 0, **more: Any) -> services.Terms:
    vehicle, driver = stands(request.offering, number)
    facts = {"price": Decimal(2380), "pickup_at": request.earliest, "minutes": 360}
    return services.Terms(**(facts | {"vehicle": vehicle, "driver": driver} | more))


def quoted(request: TransferRequest, by: Any = None, number: int = 0, **more: Any) -> Quote:
    now = more.pop("now", timezone.now())
    by = by or request.business.memberships.owners().first().user
    return services.quote(request=request, terms=terms(request, number, **more), by=by, now=now)


def fixed(offering: Offering, customer: Any, *, number: int = 0, **more: Any) -> TransferJob:
    """Asked, quoted, accepted, paid: its journey waits for the pick-up."""
    quote = quoted(asked(offering, customer, **more), number=number)
    held = services.accept(quote=quote, by=customer, now=timezone.now())
    booking.pay(held)
    job = services.make_job(booking=held, now=timezone.now())
    assert job is not None
    return fresh(job)


def fresh(job: TransferJob) -> TransferJob:
    return queries.jobs().get(pk=job.pk)


def told(text: str = "", *, photo: bool = False, **more: Any) -> services.Told:
    key = more.pop("key", f"press {next(_numbers)}")
    return services.Told(key=key, text=text, photo=picture() if photo else None, **more)


def picture(size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "orange").save(out, "JPEG")
    return out.getvalue()


def rolling(offering: Offering, customer: Any, *, by: Any = None, **more: Any) -> TransferJob:
    """On the road, at the agreed time of its pick-up."""
    job = fixed(offering, customer, **more)
    now = job.booking.starts_at
    services.pick_up(job=job, told=told("Sakin", photo=True), by=by, now=now)
    return fresh(job)


def code(job: TransferJob) -> str:
    return codes.of(TransferJob.objects.get(pk=job.pk))


def wrong(job: TransferJob) -> str:
    return f"{(int(code(job)) + 1) % 10**6:06}"

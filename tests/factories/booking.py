"""A clinic with a vet and a room, and what can be booked there."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from booking import services
from booking.models import Booking, Need, Offering, Resource
from finance import ledger
from finance.models import AccountKind
from payments import services as payments
from payments.services.accounts import wallet
from tests.factories import pets, teams

NINE, SEVEN = 9 * 60, 19 * 60
_numbers = count(1)


def clinic(owner: Any, name: str = "Ihlamur Veteriner", kind: str = "clinic", *, week=range(6)) -> Any:
    """Verified, open from nine to seven on these weekdays."""
    made = teams.verified(owner, name, kind)
    place = made.locations.get(is_main=True)
    for day in week:
        place.weekly_hours.create(weekday=day, starts=NINE, ends=SEVEN)
    return made


def resource(business: Any, name: str = "", kind: str = "person", **more: Any) -> Resource:
    place = more.pop("location", None) or business.locations.get(is_main=True)
    name = name or f"Kaynak {next(_numbers)}"
    return Resource.objects.create(business=business, location=place, kind=kind, name=name, **more)


def offering(business: Any, *needs: Any, kind: str = "visit", **more: Any) -> Offering:
    """Each need is a resource, or a list of resources of which any will do."""
    facts = {
        "name": "Genel muayene",
        "minutes": 30,
        "price": Decimal(500),
        "is_open": True,
        "notice_minutes": 0,
    }
    place = more.pop("location", None) or business.locations.get(is_main=True)
    made = Offering.objects.create(business=business, location=place, kind=kind, **(facts | more))
    for position, wanted in enumerate(needs or [resource(business)]):
        need(made, position, wanted)
    return made


def need(offering: Offering, position: int, wanted: Any, count: int = 1) -> Need:
    made = Need.objects.create(offering=offering, position=position, count=count)
    made.resources.set(wanted if isinstance(wanted, list) else [wanted])
    return made


def monday(weeks: int = 1) -> date:
    """Of the next week, or of a later one."""
    today = timezone.localdate()
    return today + timedelta(days=7 * weeks - today.weekday())


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), timezone.get_default_timezone())


def held(
    offering: Offering, customer: Any, starts_at: datetime, *, animals: Any = None, **more: Any
) -> Booking:
    animals = animals or [pets.pet(customer)]
    now = more.pop("now", timezone.now())
    key = more.pop("key", f"press {next(_numbers)}")
    return services.hold(
        key=key, offering=offering, pets=animals, starts_at=starts_at, by=customer, now=now, **more
    )


def pay(booking: Booking, *, now: datetime | None = None, key: str = "") -> Any:
    """All of it from the wallet, which is filled for it."""
    now, user = now or timezone.now(), booking.customer
    key = key or f"pay {booking.pk} {next(_numbers)}"
    payment = payments.start_payment(key=key, payables=[booking], payer=user, now=now)
    gift = [(ledger.account(AccountKind.PROMOTION), -booking.due), (wallet(user), booking.due)]
    ledger.post(key=f"gift {key}", kind="gift", legs=gift, now=now)
    amount = booking.due
    payments.choose(payment=payment, provider="wallet", method="wallet", wallet_amount=amount, now=now)
    booking.refresh_from_db()
    return payment

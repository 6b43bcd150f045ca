"""T01, T02, T08: many hands at one time of a calendar, against a real database."""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from booking import errors, locks, services
from booking.models import Booking, Claim
from booking.services import claiming, holding
from booking.states import By, Status
from core.states import MoveRefused
from payments import services as payments
from payments.errors import NotPayable
from payments.models import Attempt
from payments.providers.base import Outcome, State
from tests.core.rivals import at_once
from tests.factories import booking as make
from tests.factories import pets, sales
from tests.payments.conftest import provider  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def people(count: int) -> list[tuple[User, Any]]:
    found = [
        User.objects.create_user(f"sahip{number}@ornek.test", None, first_name="Sahip", last_name=str(number))
        for number in range(count)
    ]
    return [(one, pets.pet(one)) for one in found]


def kinds(done: list) -> Counter:
    return Counter(type(one).__name__ if isinstance(one, Exception) else "held" for one in done)


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot(); ")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def overfull() -> list[str]:
    """Moments at which a resource holds more than it can: counted by the database, not by our arithmetic."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT one.resource_id, lower(one.during), count(*) FROM booking_claim one
               JOIN booking_claim other ON other.resource_id = one.resource_id AND other.blocking
                    AND other.during @> lower(one.during)
               JOIN booking_resource r ON r.id = one.resource_id
               WHERE one.blocking GROUP BY one.id, r.capacity HAVING count(*) > r.capacity"""
        )
        return [str(row) for row in cursor.fetchall()]


def press(row: tuple[User, Any], offering: Any, starts_at: Any, nights: int = 1) -> Booking:
    who, pet = row
    return make.held(offering, who, starts_at, animals=[pet], nights=nights, key=f"{who.pk} {starts_at}")


# --- T01 ------------------------------------------------------------------------------------


@pytest.mark.trust("T01")
@pytest.mark.parametrize("capacity", [1, 3, 8])
def test_one_time_is_taken_as_often_as_it_can_be(verdict, bora, capacity):
    room = make.resource(make.clinic(bora), capacity=capacity)
    offering, crowd, before = make.offering(room.business, room), people(40), deadlocks()
    rounds = []
    for number in range(5):
        starts_at = make.at(make.monday(), 9 + number)
        rounds.append(kinds(at_once(lambda n, at=starts_at: press(crowd[n], offering, at), 40)))
        Booking.objects.filter(status=Status.HELD).update(until=timezone.now())
        services.end_due(now=timezone.now())
    wanted = {"held": capacity, errors.SlotTaken.__name__: 40 - capacity}
    passed = all(one == wanted for one in rounds) and not overfull() and deadlocks() == before
    figure = f"capacity {capacity}: {[dict(one) for one in rounds]}, {deadlocks() - before} deadlocks"
    verdict(figure, f"{capacity} of 40, five times", passed)


@pytest.mark.trust("T01")
def test_without_lock_and_constraint_it_is_taken_twice(verdict, bora, monkeypatch):
    """Both guards switched off. With one of them on it is not: the next two tests."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE booking_claim DROP CONSTRAINT resource_is_taken_once")
    monkeypatch.setattr(locks, "resources", lambda pks: {})
    held = _crowd_at_one_time(bora)
    verdict(f"{held['held']} of 20 with lock and constraint off", "> 1", held["held"] > 1)


@pytest.mark.trust("T01")
@pytest.mark.parametrize("guard", ["lock", "constraint"])
def test_either_guard_alone_is_enough(verdict, bora, monkeypatch, guard):
    if guard == "lock":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE booking_claim DROP CONSTRAINT resource_is_taken_once")
    else:
        monkeypatch.setattr(locks, "resources", lambda pks: {})
    held = _crowd_at_one_time(bora)
    verdict(
        f"{dict(held)} with the {guard} alone",
        "1 held, no other error",
        set(held) <= KIND and held["held"] == 1,
    )


KIND = {"held", errors.SlotTaken.__name__}


def _crowd_at_one_time(bora) -> Counter:
    room = make.resource(make.clinic(bora))
    offering, crowd, starts_at = make.offering(room.business, room), people(20), make.at(make.monday(), 9)
    return kinds(at_once(lambda n: press(crowd[n], offering, starts_at), 20))


# --- T02 ------------------------------------------------------------------------------------


@pytest.mark.trust("T02")
def test_times_of_different_length_never_overlap(verdict, bora, seed):
    """A vet shared by two offerings, a room of two, and a vehicle of one of them."""
    clinic = make.clinic(bora)
    vets = [make.resource(clinic) for _one in range(2)]
    room = make.resource(clinic, kind="room", capacity=2)
    short = make.offering(clinic, vets, minutes=20, step=10, buffer_after=5)
    long = make.offering(clinic, vets, room, minutes=50, step=10)
    alone = make.offering(clinic, vets[0], room, minutes=90, step=10)
    chance, crowd, before = random.Random(seed), people(60), deadlocks()
    wishes = [
        (
            chance.choice([short, long, alone]),
            make.at(make.monday(), 9) + timedelta(minutes=10 * chance.randrange(24)),
        )
        for _one in crowd
    ]
    done = kinds(at_once(lambda n: press(crowd[n], *wishes[n]), len(crowd)))
    passed = set(done) <= KIND and not overfull() and deadlocks() == before and done["held"] >= 5
    verdict(f"{dict(done)}, overfull {overfull()}", "no overlap beyond capacity, no deadlock", passed)


@pytest.mark.trust("T02")
def test_five_rooms_take_five_stays(verdict, bora):
    hotel = make.clinic(bora, "Patipark", "hotel", week=range(7))
    rooms = make.resource(hotel, kind="kennel", capacity=5)
    stay, crowd = make.offering(hotel, rooms, kind="stay"), people(40)
    starts_at = make.at(make.monday(), 14)
    done = kinds(at_once(lambda n: press(crowd[n], stay, starts_at, 3), 40))
    passed = done == {"held": 5, errors.SlotTaken.__name__: 35} and not overfull()
    verdict(f"{dict(done)}", "exactly 5 stays", passed)


@pytest.mark.trust("T02")
def test_no_stay_is_refused_while_every_night_has_room(verdict, bora, seed):
    """Stays in any order: each that fits by counting nights is taken, whatever lanes the others hold."""
    hotel = make.clinic(bora, "Patipark", "hotel", week=range(7))
    rooms = make.resource(hotel, kind="kennel", capacity=4)
    stay, chance = make.offering(hotel, rooms, kind="stay", horizon_days=90), random.Random(seed)
    (who, pet), taken, wrong, refused = people(1)[0], Counter(), [], 0
    for number in range(120):
        first, nights = chance.randrange(40), chance.randint(1, 6)
        fits = all(taken[night] < 4 for night in range(first, first + nights))
        starts_at = make.at(make.monday() + timedelta(days=first), 14)
        try:
            make.held(stay, who, starts_at, animals=[pet], nights=nights, key=f"stay {number}")
            taken.update(range(first, first + nights))
            wrong += [] if fits else [number]
        except errors.SlotTaken:
            refused += 1
            wrong += [number] if fits else []
        Booking.objects.filter(status=Status.HELD).update(
            status=Status.CONFIRMED, hold_number=None, until=None, confirmed_at=timezone.now()
        )
    figure = f"{120 - refused} taken, {refused} full, {len(wrong)} wrong, overfull {overfull()}"
    verdict(figure, "0 wrong", not wrong and not overfull() and refused > 0)


@pytest.mark.trust("T02")
def test_without_changing_lanes_some_are_refused(verdict, bora, monkeypatch):
    """The guard switched off: no claim gives up its lane, and a stay that fits is refused."""
    hotel = make.clinic(bora, "Patipark", "hotel", week=range(7))
    rooms = make.resource(hotel, kind="kennel", capacity=2)
    stay, (who, pet) = make.offering(hotel, rooms, kind="stay"), people(1)[0]
    monkeypatch.setattr(claiming, "_change_lanes", lambda moved: None)

    def book(offset: int, nights: int) -> Any:
        return make.held(
            stay,
            who,
            make.at(make.monday() + timedelta(days=offset), 14),
            animals=[pet],
            nights=nights,
            key=f"{offset}",
        )

    book(0, 2)
    Claim.objects.filter(booking=book(3, 2)).update(lane=1)
    done = kinds(at_once(lambda _n: book(1, 3), 1))
    verdict(f"a stay that fits: {dict(done)} with changing lanes off", "refused", "held" not in done)


# --- T08 ------------------------------------------------------------------------------------


def settle(attempt: Attempt, now: Any) -> None:
    figures = {"reference": attempt.reference, "amount": attempt.amount, "currency": "TRY", "is_signed": True}
    payments.settle(
        attempt=Attempt.objects.get(pk=attempt.pk), outcome=Outcome(State.SETTLED, **figures), now=now
    )


class Race:
    """Hold expiry, the bank's word, a cancellation and a rival at the same time of the calendar."""

    def __init__(self, offering: Any, crowd: list, starts_at: Any, key: str, bank: Any) -> None:
        (who, pet), self.rival = crowd
        self.offering, self.starts_at, self.who, self.now = offering, starts_at, who, timezone.now()
        self.booking = make.held(offering, who, starts_at, animals=[pet], key=key)
        given = {"payables": [self.booking], "payer": who, "now": self.now}
        payment = payments.start_payment(key=key, **given)
        way = {"provider": "scripted", "method": "card", "wallet_amount": Decimal(0)}
        self.attempt = payments.choose(payment=payment, now=self.now, **way)
        bank.pay(self.attempt.reference)

    def act(self, name: str) -> None:
        if name == "expire":
            services.end_due(now=self.booking.until)
        elif name == "callback":
            settle(self.attempt, self.now)
        elif name == "rival":
            press(self.rival, self.offering, self.starts_at)
        else:
            row = Booking.objects.get(pk=self.booking.pk)
            services.cancel(booking=row, role=By.CUSTOMER, by=self.who, now=self.now)


def ends_well(booking: Booking, attempt: Attempt) -> str:
    """ "confirmed", "refunded", or what is wrong."""
    booking.refresh_from_db()
    attempt.refresh_from_db()
    kept = booking.status == Status.CONFIRMED and booking.claims.filter(blocking=True).exists()
    back = attempt.refunded == attempt.captured == booking.due
    if kept and not attempt.refunded:
        return "confirmed"
    if not kept and back and booking.status in (Status.EXPIRED, Status.CANCELLED):
        return "refunded"
    return f"WRONG {booking.status} {attempt.captured} {attempt.refunded}"


ROUNDS = int(os.environ.get("ROUNDS", "30"))
ACTS = ("expire", "callback", "cancel", "rival")
TOLD = (errors.SlotTaken, MoveRefused, NotPayable)


@pytest.mark.trust("T08")
def test_a_time_is_hers_or_her_money_is_back(verdict, bora, provider):  # noqa: F811
    """Each order of the four, then all at once: never both, never neither."""
    offering, crowd = _offering(bora), people(2)
    ends: Counter = Counter()
    for number, order in enumerate(permutations(ACTS)):
        race = _race(offering, crowd, number, provider)
        for name in order:
            _try(race, name)
        ends[ends_well(race.booking, race.attempt)] += 1
    for number in range(ROUNDS):
        race = _race(offering, crowd, 100 + number, provider)
        names = [*ACTS, "callback"]
        wrong = [
            one for one in at_once(lambda n, r=race, w=names: r.act(w[n]), 5) if isinstance(one, Exception)
        ]
        assert all(isinstance(one, TOLD) for one in wrong), wrong
        ends[ends_well(race.booking, race.attempt)] += 1
    passed = set(ends) <= {"confirmed", "refunded"} and not overfull()
    verdict(f"{dict(ends)}", "confirmed or refunded", passed)


@pytest.mark.trust("T08")
def test_late_money_that_takes_no_look_is_seen(verdict, bora, provider, monkeypatch):  # noqa: F811
    """The guard switched off: money that comes late makes it hers without asking whether it is free."""
    monkeypatch.setattr(holding, "_taken_again", lambda booking, now: True)
    race = _race(_offering(bora), people(2), 0, provider)
    for name in ("expire", "rival", "callback"):
        _try(race, name)
    end = ends_well(race.booking, race.attempt)
    verdict(f"{end} with the guard off", "wrong", end.startswith("WRONG"))


def _offering(bora) -> Any:
    sales.rate(module="appointment")
    room = make.resource(make.clinic(bora))
    return make.offering(room.business, room, horizon_days=400)


def _race(offering: Any, crowd: list, number: int, bank: Any) -> Race:
    day = make.monday() + timedelta(weeks=number % 40, days=number // 40 % 5)
    Booking.objects.filter(status=Status.HELD).update(until=timezone.now() - timedelta(minutes=1))
    services.end_due(now=timezone.now())
    starts_at = make.at(day, 9 + number // 200)
    return Race(offering, crowd, starts_at, f"race {number}", bank)


def _try(race: Race, name: str) -> None:
    try:
        race.act(name)
    except TOLD:
        return

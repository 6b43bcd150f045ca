"""Many hands at the same nights, against a real database; and no stay refused while every night has room."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from accounts.models import User
from booking import errors, locks
from booking.models import Booking, Claim
from booking.states import By
from booking.stays import services as stays
from booking.stays.models import LeavingChange
from tests.booking.stays.test_leaving import NIGHT, fix
from tests.core.rivals import at_once
from tests.factories import booking as make
from tests.factories import pets

ROOMS, DAYS = 3, 12


def people(count):
    found = [User.objects.create_user(f"konuk{number}@ornek.test", None) for number in range(count)]
    return [(one, pets.pet(one)) for one in found]


def kinds(done) -> Counter:
    return Counter(type(one).__name__ for one in done)


def night_by_night() -> list[int]:
    """How many claims hold each night, counted by the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(c.id) FROM generate_series(%s::timestamptz, %s, '1 day') night
               LEFT JOIN booking_claim c ON c.blocking AND c.during @> night GROUP BY night ORDER BY night""",
            [make.at(make.monday(), 23), make.at(make.monday() + timedelta(days=DAYS * 2), 23)],
        )
        return [row[0] for row in cursor.fetchall()]


def extend(booking, nights):
    on = timezone.localdate(booking.ends_at) + timedelta(days=nights)
    facts = {"booking": booking, "role": By.CUSTOMER, "by": booking.customer, "now": timezone.now()}
    return stays.extend(day=on, agreed=NIGHT * nights, **facts)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rounds", range(3))
def test_one_of_those_who_ask_for_the_same_night_gets_it(stay, rounds):
    """Two kennels, one of them taken that night; both guests want to stay on."""
    crowd, start = people(3), make.at(make.monday(), 14)
    rows = [fix(make.held(stay, who, start, animals=[pet], nights=2)) for who, pet in crowd[:2]]
    who, pet = crowd[2]
    fix(make.held(stay, who, start + timedelta(days=2), animals=[pet], nights=1))
    done = kinds(at_once(lambda number: extend(rows[number], 1), 2))
    assert done == {"LeavingChange": 1, errors.SlotTaken.__name__: 1}
    assert max(night_by_night()) == 2
    assert sorted(
        Booking.objects.filter(pk__in=[one.pk for one in rows]).values_list("price", flat=True)
    ) == [
        2 * NIGHT,
        3 * NIGHT,
    ]


@pytest.mark.django_db(transaction=True)
def test_staying_on_and_booking_anew_do_not_meet(stay):
    """Twelve guests book the night into which two want to stay on: exactly two of all get it."""
    crowd, start = people(14), make.at(make.monday(), 14)
    rows = [fix(make.held(stay, who, start, animals=[pet], nights=1)) for who, pet in crowd[:2]]
    next_day = start + timedelta(days=1)

    def press(number):
        if number < 2:
            return extend(rows[number], 1)
        who, pet = crowd[number]
        return make.held(stay, who, next_day, animals=[pet], nights=1, key=f"rival {number}")

    done = kinds(at_once(press, 14))
    assert done["LeavingChange"] + done["Booking"] == 2
    assert done[errors.SlotTaken.__name__] == 12
    assert max(night_by_night()) == 2


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_database_still_refuses(stay, monkeypatch):
    """The guard switched off: the constraint on claims is left, and it is enough."""
    monkeypatch.setattr(locks, "resources", lambda pks: {})
    stay.needs.get().resources.update(capacity=1)
    crowd, start = people(2), make.at(make.monday(), 14)
    who, pet = crowd[0]
    first = fix(make.held(stay, who, start, animals=[pet], nights=1))

    def press(number):
        if number == 0:
            return extend(first, 1)
        who, pet = crowd[1]
        return make.held(stay, who, start + timedelta(days=1), animals=[pet], nights=1, key="rival")

    done = at_once(press, 2)
    assert sum(isinstance(one, LeavingChange | Booking) for one in done) == 1
    assert max(night_by_night()) == 1


wishes = some.lists(
    some.tuples(
        some.sampled_from(["book", "longer", "shorter"]), some.integers(0, DAYS), some.integers(1, 5)
    ),
    min_size=8,
    max_size=30,
)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(wishes=wishes)
def test_taken_exactly_when_every_night_has_room(stay, ayse, wishes):
    """Booked, made longer and shorter in any order: refused only for a night that is full."""
    with transaction.atomic():
        stay.needs.get().resources.update(capacity=ROOMS)
        _play(stay, ayse, wishes)
        transaction.set_rollback(True)


def _play(stay, ayse, wishes) -> None:
    pet, model, found = pets.pet(ayse, "Sınama"), Counter(), []
    for number, (what, day, nights) in enumerate(wishes):
        if what == "book":
            _book(stay, ayse, pet, model, found, number, day, nights)
        elif found:
            _change(model, found[day % len(found)], what, nights)
    assert night_by_night()[: DAYS * 2] == [model[night] for night in range(DAYS * 2)]
    assert not Claim.objects.filter(blocking=True, lane__gte=ROOMS).exists()


def _has_room(model, first, nights) -> bool:
    return all(model[night] < ROOMS for night in range(first, first + nights))


def _book(stay, ayse, pet, model, found, number, day, nights) -> None:
    start = make.at(make.monday() + timedelta(days=day), 14)
    try:
        made = make.held(stay, ayse, start, animals=[pet], nights=nights, key=f"stay {number}")
    except errors.SlotTaken:
        assert not _has_room(model, day, nights)
        return
    assert _has_room(model, day, nights)
    model.update(range(day, day + nights))
    found.append((fix(made), day))


def _change(model, one, what, nights) -> None:
    booking, first = one
    booking.refresh_from_db()
    end = first + booking.nights
    if what == "longer":
        fits = _has_room(model, end, nights)
        try:
            extend(booking, nights)
        except errors.SlotTaken:
            assert not fits
            return
        assert fits
        model.update(range(end, end + nights))
    elif booking.nights > nights:
        on = timezone.localdate(booking.ends_at) - timedelta(days=nights)
        facts = {"booking": booking, "day": on, "role": By.PROVIDER, "by": None, "now": timezone.now()}
        stays.shorten(back=0, **facts)
        model.subtract(range(end - nights, end))

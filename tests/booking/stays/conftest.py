"""A hotel with a room of kennels, its stay, and one that is paid."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.factories import booking as make
from tests.factories import pets, sales


@pytest.fixture
def hotel(bora):
    sales.rate(module="appointment")
    sales.taxes(withholding="0")
    return make.clinic(bora, "Patipark", "hotel", week=range(7))


@pytest.fixture
def stay(hotel):
    """₺850 a night, ₺400 for each further animal; two kennels."""
    rooms = make.resource(hotel, "Kedi odası", kind="kennel", capacity=2)
    prices = {"price": Decimal(850), "more_price": Decimal(400), "most_pets": 3, "horizon_days": 90}
    return make.offering(hotel, rooms, kind="stay", name="Konaklama", **prices)


@pytest.fixture
def duman(ayse):
    return pets.pet(ayse, "Duman", chip="792098100000033")


@pytest.fixture
def booked(stay, ayse, duman):
    """Three nights from Monday on, paid."""
    booking = make.held(stay, ayse, make.at(make.monday(), 14), animals=[duman], nights=3)
    make.pay(booking)
    return booking

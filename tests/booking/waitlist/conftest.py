from __future__ import annotations

import pytest

from booking import services as bookings
from booking.states import By
from tests.factories import booking as make
from tests.factories import waiting


@pytest.fixture
def day():
    return make.monday()


@pytest.fixture
def clinic(bora):
    return make.clinic(bora)


@pytest.fixture
def visit(clinic, day):
    return waiting.small(clinic, day)


@pytest.fixture
def taken(visit, ayse, day):
    """The only time is Ayşe's."""
    return waiting.fill(visit, ayse, day)[0]


@pytest.fixture
def give_up():
    def press(booking, now=None):
        now = now or waiting.noon()
        bookings.cancel(booking=booking, role=By.CUSTOMER, by=booking.customer, now=now)

    return press

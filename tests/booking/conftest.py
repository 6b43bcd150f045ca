"""A visit of a clinic that can be booked, and one that is paid."""

from __future__ import annotations

import pytest

from tests.factories import booking as make
from tests.factories import sales


@pytest.fixture
def visit(bora):
    sales.rate(module="appointment")
    sales.taxes(withholding="0")
    clinic = make.clinic(bora)
    return make.offering(clinic, make.resource(clinic))


@pytest.fixture
def paid(visit, ayse):
    booking = make.held(visit, ayse, make.at(make.monday(2), 9))
    make.pay(booking)
    return booking

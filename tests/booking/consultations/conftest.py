"""Ayşe's paid consultation with Bora's clinic."""

from __future__ import annotations

import pytest

from tests.factories import consultations as make


@pytest.fixture
def notice(db):
    return make.notice()


@pytest.fixture
def offering(bora, notice):
    return make.offering(bora)


@pytest.fixture
def room(offering, ayse):
    return make.room(offering, ayse)


@pytest.fixture
def live(offering, ayse):
    return make.live_room(offering, ayse)

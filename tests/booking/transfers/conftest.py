"""A carrier that can be asked, and Ayşe's cat."""

from __future__ import annotations

import pytest

from tests.factories import sales
from tests.factories import transfers as make


@pytest.fixture
def offering(bora):
    sales.rate(module="transfer")
    sales.taxes(withholding="0")
    return make.carrier(bora)


@pytest.fixture
def wide(bora):
    """Two vehicles with a driver each."""
    sales.rate(module="transfer")
    sales.taxes(withholding="0")
    return make.carrier(bora, vehicles=2)

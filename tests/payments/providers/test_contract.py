"""Each provider against the bank over real HTTP: every behaviour, every trouble on the line."""

from __future__ import annotations

from typing import Any

import pytest

from payments.providers import base, registry, wire
from payments.providers.base import State

from . import orders

CODES = ["iyzico", "paytr", "param"]


@pytest.fixture(params=CODES)
def provider(request: pytest.FixtureRequest, bank: Any) -> base.Provider:
    return registry.get(request.param)


@pytest.fixture(autouse=True)
def _short(monkeypatch) -> None:
    """A slow answer is slow after a second; the bank takes two."""
    monkeypatch.setattr(wire, "IN_REQUEST", (1, 1))
    monkeypatch.setattr(wire, "IN_WORKER", (1, 1))


def paid(provider: base.Provider, bank: Any, name: str = "success", **changed: Any):
    """An order, and what is said about it after the customer has been at the page."""
    order = orders.order(**changed)
    step = provider.start(order)
    bank.pay(order.reference, name)
    return order, provider.look_up(orders.look_up(order, step.remote))


def test_nothing_is_paid_before_the_customer_pays(provider, bank):
    order = orders.order()
    step = provider.start(order)
    found = provider.look_up(orders.look_up(order, step.remote))
    assert (found.state, found.reference) == (State.PENDING, order.reference)
    assert bank.total() == 0


def test_success_with_its_figures(provider, bank):
    order, found = paid(provider, bank)
    assert (found.state, found.reference, found.amount, found.currency) == (
        State.SETTLED, order.reference, order.amount, "TRY",
    )  # fmt: skip
    assert (found.paid, found.installments, found.is_signed) == (order.amount, 1, True)
    assert found.is_test == (provider.code == "paytr"), "PayTR has no sandbox, only a mark"
    assert found.fee
    assert bank.total(provider.code) == order.amount


def test_remote_is_plain_data_that_can_be_kept(provider, bank):
    import json

    _, found = paid(provider, bank)
    assert json.loads(json.dumps(found.remote)) == found.remote

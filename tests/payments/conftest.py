"""A shop, a buyer, a provider that does as told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from payments import services
from payments.models import Attempt, OpenMethod, Payment
from payments.providers import registry
from payments.providers.base import Method, Outcome, State
from tests.factories import teams

from . import scripted, things


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def provider(settings: Any, db: None) -> scripted.Scripted:
    """Beside wallet and transfer, one that does as told."""
    settings.PAYMENT_PROVIDERS = [
        "payments.providers.wallet.Wallet",
        "payments.providers.transfer.Transfer",
        "tests.payments.scripted.Scripted",
        "tests.payments.scripted.OnlyWhole",
    ]
    registry._provider.cache_clear()
    for code in ("scripted", "whole"):
        OpenMethod.objects.create(provider=code, method=Method.CARD)
    return registry.find("scripted")  # type: ignore[return-value]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> things.Shelf:
    return things.Shelf(monkeypatch)


@pytest.fixture
def shop(bora: Any) -> Any:
    things.rates()
    return teams.verified(bora)


class Till:
    """The verbs as a short story needs them."""

    def __init__(self, provider: scripted.Scripted, shelf: things.Shelf, shop: Any, payer: Any) -> None:
        self.provider, self.shelf, self.shop, self.payer = provider, shelf, shop, payer
        self.now = timezone.now()

    def start(self, *amounts: str, key: str = "order 1", **facts: Any) -> Payment:
        wanted = [self.shelf.sale(self.payer, amount, self.now, self.shop, **facts) for amount in amounts]
        return services.start_payment(key=key, payables=wanted, payer=self.payer, now=self.now)

    def choose(
        self, payment: Payment, wallet: str = "0", way: str = "scripted", method: str = "card"
    ) -> Attempt:
        given = {"provider": way, "method": method, "wallet_amount": things.Decimal(wallet), "now": self.now}
        return services.choose(payment=payment, **given)

    def pay(self, attempt: Attempt, **told: Any) -> bool:
        """Paid over there, and told by a message that is signed."""
        if attempt.reference in self.provider.charges:
            self.provider.pay(attempt.reference)
        figures = {
            "reference": attempt.reference,
            "amount": attempt.amount,
            "currency": "TRY",
            "is_signed": True,
        }
        return services.settle(
            attempt=attempt, outcome=Outcome(State.SETTLED, **(figures | told)), now=self.now
        )

    def paid(self, *amounts: str, wallet: str = "0", key: str = "order 1", way: str = "scripted") -> Payment:
        payment = self.start(*amounts, key=key)
        self.pay(self.choose(payment, wallet, way))
        payment.refresh_from_db()
        return payment


@pytest.fixture
def till(provider: scripted.Scripted, shelf: things.Shelf, shop: Any, ayse: Any) -> Till:
    return Till(provider, shelf, shop, ayse)

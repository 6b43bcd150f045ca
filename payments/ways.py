"""Which ways of paying there are now: one table (`OpenMethod`) × what providers can × what is set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import prefetch_related_objects

from .models import OpenMethod, Payment
from .providers import registry
from .providers.base import Abilities, Method, Provider

TRANSFER_NEEDS = timedelta(days=1)  # what runs out sooner cannot wait for a transfer


@dataclass(frozen=True)
class Way:
    provider: str
    label: Any
    method: str
    abilities: Abilities


def usable(provider: Provider, method: str) -> bool:
    return method in provider.methods and provider.is_configured()


def open_now() -> list[Way]:
    """As the checkout, the answer of the help page and the back office show it."""
    made = {one.code: one for one in registry.every()}
    return [
        Way(row.provider, made[row.provider].label, row.method, made[row.provider].abilities)
        for row in OpenMethod.objects.filter(is_open=True)
        if row.provider in made and usable(made[row.provider], row.method)
    ]


def of_payment(payment: Payment, *, now: datetime) -> list[Way]:
    """Those that fit: no transfer for what runs out first, no wallet for a guest or a top-up."""
    prefetch_related_objects([payment], "items__payable")
    has_time = not any(_runs_out(item, now) for item in payment.items.all())
    return _fitting(has_time=has_time, wallet=wallet_may_pay(payment))


def of_goods(payer: Any, *, has_time: bool = True) -> list[Way]:
    """Before there is a payment: what businesses sell. `has_time`: kept until a transfer is here."""
    return _fitting(has_time=has_time, wallet=payer is not None)


def _fitting(*, has_time: bool, wallet: bool) -> list[Way]:
    fits = {Method.CARD: True, Method.TRANSFER: has_time, Method.WALLET: wallet}
    return [way for way in open_now() if fits[Method(way.method)]]


def wallet_may_pay(payment: Payment) -> bool:
    """Ours without a seller is a top-up: a wallet does not fill itself."""
    if payment.payer_id is None or any(item.payee_id is None for item in payment.items.all()):
        return False
    return OpenMethod.objects.filter(provider="wallet", is_open=True).exists()


def _runs_out(item: Any, now: datetime) -> bool:
    until = None if item.thing.waits_for_transfer else item.thing.held_until()
    return until is not None and until < now + TRANSFER_NEEDS

"""A provider that does what a test says, and keeps its own book of money."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from payments.providers.base import (
    Abilities,
    Callback,
    Forged,
    LookUpOrder,
    Message,
    Method,
    NextStep,
    Outcome,
    PaymentOrder,
    Provider,
    RefundOrder,
    Refused,
    Silent,
    State,
)


@dataclass
class Charge:
    amount: Decimal
    state: str = State.PENDING
    currency: str = "TRY"
    fee: Decimal | None = None
    refunds: dict[str, Decimal] = field(default_factory=dict)


class Scripted(Provider):
    """`at_start`, `at_refund` … = "refused" or "silent" (nothing happened) or "lost" (done, answer lost)."""

    code, label = "scripted", "Deneme"
    methods = frozenset({Method.CARD})
    abilities = Abilities(void=True)

    def __init__(self) -> None:
        self.charges: dict[str, Charge] = {}
        self.orders: list[PaymentOrder] = []
        self.calls: list[tuple[str, Any]] = []
        self.at_start = self.at_look = self.at_refund = self.at_find = ""
        self.is_up = True

    @property
    def total(self) -> Decimal:
        taken = sum((one.amount for one in self.charges.values() if one.state == State.SETTLED), Decimal(0))
        return taken - sum((sum(one.refunds.values()) for one in self.charges.values()), Decimal(0))

    def is_configured(self) -> bool:
        return self.is_up

    def start(self, order: PaymentOrder) -> NextStep:
        self.orders.append(order)
        if self.at_start == "refused":
            raise Refused("10", "config")
        if self.at_start == "silent":
            raise Silent
        self.charges[order.reference] = Charge(order.amount)
        if self.at_start == "lost":
            raise Silent
        return NextStep("redirect", url=f"http://127.0.0.1/sayfa/{order.reference}", remote={"page": "p1"})

    def pay(self, reference: str, amount: Any = None, state: str = State.SETTLED) -> None:
        """The customer pays on the provider's page."""
        charge = self.charges[reference]
        charge.state, charge.amount = state, Decimal(amount) if amount else charge.amount

    def message(self, reference: str, **changes: Any) -> Callback:
        """What its server would send now."""
        charge = self.charges.get(reference, Charge(Decimal("1.00"), State.SETTLED))
        facts = {
            "reference": reference,
            "amount": str(charge.amount),
            "state": str(charge.state),
            "sign": "ok",
        }
        return Callback({}, json.dumps({**facts, "currency": charge.currency, **changes}).encode())

    def read_callback(self, callback: Callback) -> Message:
        try:
            told = json.loads(callback.body)
        except ValueError as error:
            raise Forged from error
        if told.get("sign") != "ok":
            raise Forged
        outcome = Outcome(
            told["state"],
            reference=told["reference"],
            amount=Decimal(told["amount"]),
            currency=told["currency"],
            is_test=told.get("test", False),
            is_signed=True,
        )
        key = f"{told['reference']} {told['state']} {told.get('id', '')}"
        return Message(told["reference"], key, "payment", outcome)

    def look_up(self, order: LookUpOrder) -> Outcome:
        self.calls.append(("look_up", order))
        charge = self.charges.get(order.reference)
        if self.at_look == "silent":
            return Outcome(State.UNKNOWN)
        if charge is None:
            return Outcome(State.PENDING, reference=order.reference, is_signed=True)
        return Outcome(
            charge.state,
            reference=order.reference,
            amount=charge.amount,
            currency=charge.currency,
            fee=charge.fee,
            is_signed=True,
        )

    def refund(self, order: RefundOrder) -> Outcome:
        return self._back("refund", order)

    def void(self, order: RefundOrder) -> Outcome:
        return self._back("void", order)

    def _back(self, verb: str, order: RefundOrder) -> Outcome:
        self.calls.append((verb, order))
        if self.at_refund in ("refused", verb):
            return Outcome(State.REFUSED, code="51", reason="balance")
        if self.at_refund == "silent":
            return Outcome(State.UNKNOWN)
        self.charges[order.payment_reference].refunds[order.reference] = order.amount
        return Outcome(State.UNKNOWN if self.at_refund == "lost" else State.SETTLED, is_signed=True)

    def find_refund(self, order: RefundOrder) -> Outcome:
        self.calls.append(("find_refund", order))
        if self.at_find == "silent":
            return Outcome(State.UNKNOWN)
        known = order.reference in self.charges[order.payment_reference].refunds
        return Outcome(State.SETTLED if known else State.REFUSED, is_signed=True)


class OnlyWhole(Scripted):
    code, label = "whole", "Yalnız tamamı"
    abilities = Abilities(partial_refund=False)

"""Something a business sells, for tests: a row of a room above would be it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from finance import ledger
from finance.models import AccountKind, CommissionRate, Tax, TaxRate
from finance.sold import Sold
from payments.models import TopUp
from payments.services import accounts

LONG_AGO = date(2020, 1, 1)


def rates(percent: str = "10") -> None:
    for module in ("store", "appointment"):
        CommissionRate.objects.get_or_create(
            module=module, category="", business=None, defaults={"valid_from": LONG_AGO, "percent": percent}
        )
    for tax, part in ((Tax.COMMISSION_VAT, "20"), (Tax.WITHHOLDING, "1")):
        known = {"source": "test", "checked_on": LONG_AGO, "valid_from": LONG_AGO, "percent": Decimal(part)}
        TaxRate.objects.get_or_create(tax=tax, defaults=known)


def stands(kind: AccountKind, **owner: Any) -> Decimal:
    return ledger.balance(ledger.account(kind, **owner))


def nothing_under_way() -> bool:
    return stands(AccountKind.PASSING) == stands(AccountKind.TRANSIT) == 0


def fill_wallet(user: Any, amount: str, now: Any) -> None:
    legs = [
        (ledger.account(AccountKind.PROMOTION), -Decimal(amount)),
        (accounts.wallet(user), Decimal(amount)),
    ]
    ledger.post(key=f"gift {user.pk} {amount}", kind="gift", legs=legs, now=now)


def thing(user: Any, amount: str, now: Any) -> TopUp:
    return TopUp.objects.create(user=user, amount=Decimal(amount), created_at=now)


class Shelf:
    """Turns some rows into things of businesses: who sells them, how long they are held, what they heard."""

    def __init__(self, monkeypatch: Any) -> None:
        self.facts: dict[int, dict[str, Any]] = {}
        self.heard: list[tuple[str, int]] = []
        shelf = self

        def fact(name: str, default: Any) -> property:
            return property(lambda row: shelf.facts.get(row.pk, {}).get(name, default))

        def sold(row: TopUp) -> list[Sold]:
            rate = Decimal(20) if shelf.facts.get(row.pk) else Decimal(0)
            return [Sold(text=row.describe(), amount=row.amount, vat_percent=rate)]

        def on_settled(row: TopUp, item: Any, *, now: Any) -> bool:
            useful = shelf.facts.get(row.pk, {}).get("is_useful", True)
            shelf.heard.append(("settled" if useful else "late", row.pk))
            return useful

        for name, value in {
            "payee": fact("payee", None),
            "module": fact("module", ""),
            "held_until": lambda row: shelf.facts.get(row.pk, {}).get("held_until"),
            "sold": sold,
            "on_settled": on_settled,
            "on_refunded": lambda row, refund, *, now: shelf.heard.append(("refunded", row.pk)),
        }.items():
            monkeypatch.setattr(TopUp, name, value)

    def sale(self, user: Any, amount: str, now: Any, business: Any, **facts: Any) -> TopUp:
        row = thing(user, amount, now)
        self.facts[row.pk] = {"payee": business, "module": "store", **facts}
        return row

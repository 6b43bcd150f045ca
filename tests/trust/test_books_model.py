"""T21: whatever happens to money, in whatever order, however often: the books say what a model says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User
from core import money
from finance import ledger, services
from finance.errors import NotEnough
from finance.models import AccountKind, CommissionLine
from tests.factories import sales, teams

RUNS, STEPS = 100, 50
ZERO = Decimal(0)
GUARDED = ("wallet", "promo", "hold", "reserve", "fund")
AMOUNT = some.decimals("0.01", "500", places=2)
BALANCES = """
    SELECT account.id, coalesce(balance, moved.sum, 0), coalesce(balance <> coalesce(moved.sum, 0), false)
    FROM finance_account AS account
    LEFT JOIN (SELECT account_id, sum(amount) FROM finance_entry GROUP BY account_id) AS moved
        ON moved.account_id = account.id
"""
WRONG = """
    SELECT (SELECT count(*) FROM finance_commissionline
            WHERE gross <> net + commission + commission_vat + withholding),
           (SELECT count(*) FROM (SELECT FROM finance_entry GROUP BY txn_id, currency
                                  HAVING sum(amount) <> 0) AS unbalanced)
"""


def read(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def stage() -> tuple:
    """A shop, its rates, and the accounts of everybody by the name the model gives them."""
    sales.rate("12.5")
    sales.taxes()
    owner = User.objects.create_user("o@ornek.test", "x", first_name="O", last_name="A")
    shop, of, kinds = teams.verified(owner), ledger.account, AccountKind
    return shop, {
        "wallet": of(kinds.WALLET, user=owner),
        "promo": of(kinds.PROMO, user=owner),
        "hold": of(kinds.WALLET_HOLD, user=owner),
        "reserve": of(kinds.SELLER_RESERVE, business=shop),
        "payable": of(kinds.SELLER_PAYABLE, business=shop),
        "fund": of(kinds.FUND, name="pamuk"),
        "clearing": of(kinds.CLEARING, name="iyzico"),
        "bank": of(kinds.BANK),
        "transit": of(kinds.TRANSIT),
        "promotion": of(kinds.PROMOTION),
        "commission": of(kinds.COMMISSION),
        "vat": of(kinds.VAT),
        "withholding": of(kinds.WITHHOLDING),
    }


class Money(RuleBasedStateMachine):
    """The model is a sum for each account; a sale is remembered with what is left of it."""

    stage: tuple  # of the test around it

    def __init__(self) -> None:
        super().__init__()
        self.shop, self.accounts = self.stage
        self.model: dict[str, Decimal] = defaultdict(Decimal)
        self.sales: list[dict] = []
        self.done: list[Callable[[], object]] = []
        self.around = transaction.atomic()
        self.around.__enter__()

    def teardown(self) -> None:
        try:
            assert read(WRONG) == [(0, 0)]
        finally:
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    # --- What may happen ---------------------------------------------------------------

    @rule(amount=AMOUNT)
    def credit(self, amount: Decimal) -> None:
        self._move("credit", "bank", "wallet", amount)

    @rule(amount=AMOUNT)
    def gift(self, amount: Decimal) -> None:
        self._move("gift", "promotion", "promo", amount)

    @rule()
    def gift_expires(self) -> None:
        self._move("gift expired", "promo", "promotion", self.model["promo"])

    @rule(amount=AMOUNT)
    def set_aside(self, amount: Decimal) -> None:
        self._move("hold", "wallet", "hold", amount)

    @rule(amount=AMOUNT)
    def take_back(self, amount: Decimal) -> None:
        self._move("hold released", "hold", "wallet", amount)

    @rule(amount=AMOUNT, source=some.sampled_from(["clearing", "wallet", "hold", "promo"]))
    def sell(self, amount: Decimal, source: str) -> None:
        key, now = f"s{len(self.done)}", timezone.now()
        facts = {"business": self.shop, "module": "store", "gross": amount, "vat": money.lira(amount / 6)}

        def act() -> CommissionLine:
            return services.settle_sale(key=key, source=self.accounts[source], now=now, **facts)

        line = self._refused_or_done(source, amount, act)
        if line:
            kept = {name: getattr(line, name) for name in ("commission", "commission_vat", "withholding")}
            self._shift(source, "reserve", amount)
            self._spread("reserve", kept)
            self.sales.append({"line": line, "left": amount, "net": line.net, "kept": kept, "at": "reserve"})

    @precondition(lambda self: self.sales)
    @rule(data=some.data(), part=some.integers(1, 100), to=some.sampled_from(["wallet", "transit"]))
    def refund(self, data, part: int, to: str) -> None:
        sale = data.draw(some.sampled_from(self.sales))
        amount = sale["left"] if part > 80 else money.lira(sale["left"] * part / 100)
        if not amount:
            return
        key, now = f"r{len(self.done)}", timezone.now()

        def act() -> CommissionLine:
            return services.refund_sale(
                key=key, line=sale["line"], amount=amount, to=self.accounts[to], now=now
            )

        row = self._refused_or_done("", ZERO, act)
        back = {name: -getattr(row, name) for name in sale["kept"]}
        self._shift(sale["at"], to, amount)
        self._spread(sale["at"], {name: -value for name, value in back.items()})
        sale["left"] -= amount
        sale["net"] += row.net
        if not sale["left"]:
            assert sale["net"] == 0

    @precondition(lambda self: self.sales)
    @rule(data=some.data())
    def earn(self, data) -> None:
        sale = data.draw(some.sampled_from(self.sales))
        now = timezone.now()
        self._refused_or_done("", ZERO, lambda: services.earn(line=sale["line"], now=now))
        if sale["at"] == "reserve" and sale["net"]:
            self._shift("reserve", "payable", sale["net"])
            sale["at"] = "payable"

    @rule()
    def pay_out(self) -> None:
        self._move("payout", "payable", "bank", max(ZERO, self.model["payable"]))

    @rule(amount=AMOUNT)
    def provider_pays(self, amount: Decimal) -> None:
        self._move("settlement", "bank", "clearing", amount)

    @rule(amount=AMOUNT)
    def refund_arrives(self, amount: Decimal) -> None:
        self._move("refunded", "transit", "clearing", min(amount, self.model["transit"]))

    @rule(amount=AMOUNT)
    def chargeback(self, amount: Decimal) -> None:
        self._move("chargeback", "payable", "clearing", amount)

    @rule(amount=AMOUNT)
    def give_to_fund(self, amount: Decimal) -> None:
        self._move("donation", "clearing", "fund", amount)

    @rule(amount=AMOUNT, to=some.sampled_from(["payable", "transit"]))
    def fund_gives(self, amount: Decimal, to: str) -> None:
        self._move("fund", "fund", to, amount)

    @precondition(lambda self: self.done)
    @rule(data=some.data())
    def repeat(self, data) -> None:
        """A worker died, a message came twice: nothing new happens."""
        data.draw(some.sampled_from(self.done))()

    # --- What holds ----------------------------------------------------------------------

    @invariant()
    def the_books_say_what_the_model_says(self) -> None:
        rows = {pk: (balance, is_untrue) for pk, balance, is_untrue in read(BALANCES)}
        assert {name: rows[row.pk] for name, row in self.accounts.items()} == {
            name: (self.model[name], False) for name in self.accounts
        }
        assert min(self.model[name] for name in GUARDED) >= 0

    # --- How -------------------------------------------------------------------------------

    def _move(self, kind: str, giver: str, taker: str, amount: Decimal) -> None:
        if not amount:
            return
        key, now, rows = f"{kind} {len(self.done)}", timezone.now(), self.accounts

        def act() -> object:
            return services.move(
                key=key, kind=kind, giver=rows[giver], taker=rows[taker], amount=amount, now=now
            )

        if self._refused_or_done(giver, amount, act):
            self._shift(giver, taker, amount)

    def _refused_or_done(self, giver: str, amount: Decimal, act: Callable[[], object]) -> object:
        """A guarded account that holds less refuses; everything else happens."""
        try:
            result = act()
        except NotEnough:
            assert giver in GUARDED
            assert self.model[giver] < amount
            return None
        self.done.append(act)
        return result

    def _shift(self, giver: str, taker: str, amount: Decimal) -> None:
        self.model[giver] -= amount
        self.model[taker] += amount

    def _spread(self, giver: str, kept: dict[str, Decimal]) -> None:
        names = {"commission": "commission", "commission_vat": "vat", "withholding": "withholding"}
        for name, amount in kept.items():
            self._shift(giver, names[name], amount)


def play() -> None:
    Money.stage = stage()
    rules = settings(
        max_examples=RUNS,
        stateful_step_count=STEPS,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
        phases=[Phase.generate],
    )
    run_state_machine_as_test(Money, settings=rules)


@pytest.mark.django_db
@pytest.mark.trust("T21")
def test_the_books_against_a_model(verdict):
    play()
    verdict(f"{RUNS} runs of up to {STEPS} steps as the model says", "all", True)


@pytest.mark.django_db
@pytest.mark.trust("T21")
def test_a_kurus_kept_back_is_noticed(verdict, monkeypatch):
    """The guard switched off: each refund leaves a kuruş with the seller that was not hers."""
    exact = money.split

    def careless(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
        net, commission, *rest = exact(total, weights)
        return [net + money.KURUS, commission - money.KURUS, *rest]

    monkeypatch.setattr(services.money, "split", careless)
    with pytest.raises(AssertionError) as noticed:
        play()
    verdict(f"noticed: {bool(noticed)} with the guard off", "noticed", bool(noticed))

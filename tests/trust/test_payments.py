"""T05–T07: many hands at one wallet, one payment, one key."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from django.utils import timezone

from finance.errors import NotEnough
from finance.models import Account, AccountKind
from payments import locks, services
from payments.errors import KeyTaken, TooMuchBack
from payments.models import Attempt, Payment, PaymentItem, Reason, Refund
from payments.services import returning
from tests.core.rivals import at_once
from tests.payments.conftest import provider, shelf, shop, till  # noqa: F401
from tests.payments.things import fill_wallet

pytestmark = pytest.mark.django_db(transaction=True)
D = Decimal


def kinds(done: list) -> Counter:
    return Counter(type(one).__name__ if isinstance(one, Exception) else "done" for one in done)


# --- T05 ------------------------------------------------------------------------------------


def spend_at_once(till, person) -> tuple[Counter, Decimal]:  # noqa: F811
    fill_wallet(person, "100", till.now)
    payments = [till.start("10", key=f"spend {number}") for number in range(30)]
    done = at_once(lambda n: till.choose(payments[n], "10", "wallet", "wallet"), 30)
    left = Account.objects.get(kind=AccountKind.WALLET, user=person).balance
    return kinds(done), left


@pytest.mark.trust("T05")
def test_a_wallet_is_spent_once(verdict, till, ayse):  # noqa: F811
    done, left = spend_at_once(till, ayse)
    paid = Payment.objects.filter(status="paid").count()
    passed = done == {"done": 10, NotEnough.__name__: 20} and left == 0 and paid == 10
    verdict(f"{dict(done)}, {paid} paid, {left} left", "10 paid, 20 refused, 0.00 left", passed)


@pytest.mark.trust("T05")
def test_without_the_guard_of_the_database_it_is_overdrawn(verdict, till, ayse):  # noqa: F811
    """The guard switched off: the account may fall below zero."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE finance_account DROP CONSTRAINT guarded_account_is_never_negative")
    done, left = spend_at_once(till, ayse)
    verdict(f"{dict(done)}, {left} left with the guard off", "< 0", left < 0)


# --- T06 ------------------------------------------------------------------------------------


def give_back(item: PaymentItem, amount: str, key: str) -> Refund:
    fresh = PaymentItem.objects.get(pk=item.pk)
    facts = {"reason": Reason.CANCELLED, "by": None, "now": timezone.now()}
    return services.refund_item(key=key, item=fresh, amount=D(amount), **facts)


def refund_at_once(till, amount: str, times: int, name: str) -> tuple[Counter, Decimal]:  # noqa: F811
    item = till.paid("100", key=name).items.get()
    done = at_once(lambda n: give_back(item, amount, f"{name} {n}"), times)
    at_once(lambda _n: services.send_due(now=timezone.now()), 4)
    return kinds(done), Attempt.objects.get(payment=item.payment).refunded


@pytest.mark.trust("T06")
def test_refunds_at_once_stay_below_what_was_paid(verdict, till):  # noqa: F811
    whole, all_back = refund_at_once(till, "100", 20, "whole")
    parts, some_back = refund_at_once(till, "20", 7, "parts")
    too_much = TooMuchBack.__name__
    passed = (whole, all_back) == ({"done": 1, too_much: 19}, 100)
    passed &= (parts, some_back) == ({"done": 5, too_much: 2}, 100) and till.provider.total == 0
    figure = f"full {dict(whole)}, parts {dict(parts)}, bank holds {till.provider.total}"
    verdict(figure, "1 of 20, 5 of 7, bank 0.00", passed)


@pytest.mark.trust("T06")
def test_without_the_lock_rivals_collide(verdict, till, monkeypatch):  # noqa: F811
    """The lock switched off: rivals pass the check together, and only the database's guards stop them."""

    def unlocked(pk: int) -> Payment:
        import time

        found = Payment.objects.select_related("payer").get(pk=pk)
        time.sleep(0.2)
        return found

    monkeypatch.setattr(locks, "payment", unlocked)
    done, _back = refund_at_once(till, "100", 6, "unlocked")
    ugly = {name: count for name, count in done.items() if name not in ("done", TooMuchBack.__name__)}
    verdict(f"{ugly} with the lock off", "ends that are no clear refusal", bool(ugly))


# --- T07 ------------------------------------------------------------------------------------


@pytest.mark.trust("T07")
def test_a_key_acts_once(verdict, till, ayse, deniz):  # noqa: F811
    row, other = (till.shelf.sale(ayse, "100", till.now, till.shop) for _ in range(2))

    def start(payables, payer=ayse):
        return services.start_payment(key="k", payables=payables, payer=payer, now=till.now).pk

    started = at_once(lambda _n: start([row]), 20)
    item = till.paid("100", key="paid").items.get()
    refunded = at_once(lambda _n: give_back(item, "40", "r").pk, 20)
    refused = []
    for call in (lambda: start([other]), lambda: start([row], deniz), lambda: give_back(item, "41", "r")):
        try:
            call()
            refused.append("taken")
        except KeyTaken:
            refused.append("refused")
    given = Attempt.objects.get(payment=item.payment).refunded
    passed = len(set(started)) == len(set(refunded)) == 1 and refused == ["refused"] * 3 and given == 40
    figure = f"{len(set(started))} payment, {len(set(refunded))} refund of {given}, others {refused}"
    verdict(figure, "1 effect, 20 equal answers, others refused", passed)


@pytest.mark.trust("T07")
def test_without_the_memory_of_keys_it_acts_again(verdict, till, monkeypatch):  # noqa: F811
    """The guard switched off: the key of a refund is looked at by nobody."""
    monkeypatch.setattr(returning, "_known", lambda *_: None)
    numbers = iter(range(100))
    kept = Refund.objects.create
    monkeypatch.setattr(
        Refund.objects, "create", lambda key, **facts: kept(key=f"{key} {next(numbers)}", **facts)
    )
    item = till.paid("100").items.get()
    for _ in range(2):
        give_back(item, "40", "r")
    given = Attempt.objects.get().refunded
    verdict(f"{given} given back with the guard off", "> 40", given > 40)

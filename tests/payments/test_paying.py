"""From a basket to money in the books, and every way in which it can go otherwise."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from finance.errors import NotEnough
from finance.models import AccountKind, CommissionLine
from payments import services
from payments.errors import BankSaysNo, KeyTaken, NothingToPay, NotOpen, WalletNotHere, WayClosed
from payments.models import Payment, Reason, Refund
from payments.providers.base import State
from payments.states import AttemptStatus, PaymentStatus, RefundStatus
from tests.core.rivals import at_once

from .things import fill_wallet, nothing_under_way, stands, thing

pytestmark = pytest.mark.django_db
D = Decimal


def test_a_card_pays_a_sale(till, shelf, shop):
    payment = till.start("120", "30")
    attempt = till.choose(payment)
    assert (attempt.status, attempt.step["kind"]) == (AttemptStatus.STARTED, "redirect")

    assert till.pay(attempt)

    payment.refresh_from_db()
    assert (payment.status, payment.paid_at) == (PaymentStatus.PAID, till.now)
    assert {item.line.gross for item in payment.items.all()} == {D(120), D(30)}
    assert stands(AccountKind.CLEARING, name="scripted") == -150
    assert nothing_under_way()
    assert [what for what, _pk in shelf.heard] == ["settled", "settled"]


def test_the_same_word_counts_once(till):
    attempt = till.choose(till.start("120"))
    assert [till.pay(attempt) for _ in range(3)] == [True, False, False]
    assert CommissionLine.objects.count() == 1


def test_wallet_and_card_share_a_price(till, ayse):
    fill_wallet(ayse, "50", till.now)
    payment = till.start("120")
    attempt = till.choose(payment, wallet="50")
    assert attempt.amount == 70
    assert (stands(AccountKind.WALLET, user=ayse), stands(AccountKind.WALLET_HOLD, user=ayse)) == (0, 50)

    till.pay(attempt)

    assert stands(AccountKind.WALLET_HOLD, user=ayse) == 0
    assert stands(AccountKind.CLEARING, name="scripted") == -70
    assert nothing_under_way()


def test_the_wallet_pays_all_at_once(till, ayse):
    fill_wallet(ayse, "200", till.now)
    payment = till.start("120")
    attempt = till.choose(payment, "120", "wallet", "wallet")

    payment.refresh_from_db()
    assert (attempt.status, payment.status) == (AttemptStatus.CAPTURED, PaymentStatus.PAID)
    assert stands(AccountKind.WALLET, user=ayse) == 80
    assert nothing_under_way()


def test_a_wallet_gives_what_it_holds(till, ayse):
    fill_wallet(ayse, "20", till.now)
    with pytest.raises(NotEnough):
        till.choose(till.start("120"), wallet="50")
    assert not Payment.objects.get().attempts.exists()


@pytest.mark.parametrize(
    ("wallet", "way", "method"), [("120", "scripted", "card"), ("50", "wallet", "wallet")]
)
def test_a_rest_needs_a_provider_and_only_a_rest(till, ayse, wallet, way, method):
    fill_wallet(ayse, "200", till.now)
    with pytest.raises(WalletNotHere):
        till.choose(till.start("120"), wallet, way, method)


def test_a_top_up_fills_the_wallet_and_not_from_it(till, ayse):
    fill_wallet(ayse, "200", till.now)
    payment = services.start_payment(
        key="t", payables=[thing(ayse, "100", till.now)], payer=ayse, now=till.now
    )
    with pytest.raises(WayClosed):
        till.choose(payment, "100", "wallet", "wallet")
    with pytest.raises(WalletNotHere):
        till.choose(payment, "50")

    till.pay(till.choose(payment))

    assert stands(AccountKind.WALLET, user=ayse) == 300
    assert nothing_under_way()


# --- Keys ---------------------------------------------------------------------------------


def test_the_same_key_is_the_same_payment(till, ayse, deniz):
    row = till.shelf.sale(ayse, "120", till.now, till.shop)
    more = till.shelf.sale(ayse, "30", till.now, till.shop)

    def start(payables, payer=ayse):
        return services.start_payment(key="k", payables=payables, payer=payer, now=till.now)

    assert start([row, more]).pk == start([more, row]).pk
    with pytest.raises(KeyTaken):
        start([row])
    with pytest.raises(KeyTaken):
        start([row, more], deniz)
    with pytest.raises(NothingToPay):
        services.start_payment(key="x", payables=[], payer=ayse, now=till.now)


def test_pressing_twice_shows_the_page_that_is_open(till):
    payment = till.start("120")
    assert till.choose(payment).pk == till.choose(payment).pk
    assert len(till.provider.orders) == 1


# --- Providers that say no or nothing -------------------------------------------------------


def test_a_provider_that_refuses_leaves_other_ways(till):
    payment = till.start("120")
    till.provider.at_start = "refused"
    with pytest.raises(BankSaysNo):
        till.choose(payment)
    assert payment.attempts.get().status == AttemptStatus.FAILED
    till.provider.at_start = ""
    assert till.pay(till.choose(payment))


@pytest.mark.parametrize("silence", ["silent", "lost"])
def test_silence_is_not_a_no(till, silence):
    payment = till.start("120")
    till.provider.at_start = silence
    attempt = till.choose(payment)
    assert attempt.status == AttemptStatus.UNKNOWN
    assert services.expire_due(now=till.now + timedelta(days=2)) == 0

    services.ask_due(now=till.now + timedelta(minutes=2))

    attempt.refresh_from_db()
    assert attempt.status == AttemptStatus.EXPIRED  # opened or not, its page never reached the customer


def test_an_unknown_attempt_waits_for_a_person_after_a_day(till):
    till.provider.at_start = till.provider.at_look = "silent"
    attempt = till.choose(till.start("120"))
    moment, asked = till.now, 0
    for _ in range(60):
        moment += timedelta(minutes=30)
        asked += services.ask_due(now=moment)
    attempt.refresh_from_db()
    assert (attempt.status, attempt.look_at) == (AttemptStatus.UNKNOWN, None)
    assert 20 < asked < 40
    services.nothing_came(attempt=attempt, by=till.payer, now=moment)
    attempt.refresh_from_db()
    assert attempt.status == AttemptStatus.FAILED


def test_a_lost_callback_loses_nothing(till):
    payment = till.start("120")
    attempt = till.choose(payment)
    till.provider.pay(attempt.reference)
    services.ask_due(now=till.now + timedelta(minutes=2))
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.PAID


def test_a_page_that_is_over_may_still_have_been_paid(till):
    attempt = till.choose(till.start("120"))
    later = till.now + timedelta(hours=1)
    services.ask_due(now=later)
    attempt.refresh_from_db()
    assert attempt.status == AttemptStatus.EXPIRED
    till.provider.pay(attempt.reference)
    services.ask_due(now=later + timedelta(hours=2))
    attempt.refresh_from_db()
    assert attempt.status == AttemptStatus.CAPTURED


def test_a_payment_under_review_is_not_paid(till):
    payment = till.start("120")
    attempt = till.choose(payment)
    till.provider.pay(attempt.reference, state=State.REVIEW)
    services.look_up_attempt(attempt=attempt, now=till.now)
    payment.refresh_from_db()
    assert (attempt.status, payment.status) == (AttemptStatus.REVIEW, PaymentStatus.OPEN)
    till.provider.pay(attempt.reference)
    services.look_up_attempt(attempt=attempt, now=till.now)
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.PAID


# --- Figures that differ --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"amount": D(1)}, "amount"),
        ({"amount": D(500)}, "amount"),
        ({"currency": "USD"}, "currency"),
        ({"reference": "X" * 20}, "reference"),
    ],
)
def test_other_figures_need_a_person(till, told, why):
    payment = till.start("120")
    attempt = till.choose(payment)
    till.pay(attempt, **told)
    payment.refresh_from_db()
    attempt.refresh_from_db()
    assert (attempt.status, attempt.reason, payment.status) == (
        AttemptStatus.ATTENTION,
        why,
        PaymentStatus.OPEN,
    )
    assert stands(AccountKind.CLEARING, name="scripted") == 0


def test_test_money_is_no_money(till, settings):
    settings.PAYMENTS_ACCEPT_TEST = False
    attempt = till.choose(till.start("120"))
    till.pay(attempt, is_test=True)
    attempt.refresh_from_db()
    assert (attempt.status, attempt.reason) == (AttemptStatus.ATTENTION, "test")


def test_an_unsigned_word_does_nothing(till):
    attempt = till.choose(till.start("120"))
    assert not till.pay(attempt, is_signed=False)
    attempt.refresh_from_db()
    assert attempt.status == AttemptStatus.STARTED


def test_a_person_sends_wrong_money_back(till, admin):
    attempt = till.choose(till.start("120"))
    till.pay(attempt, amount=D(100))
    services.return_it(attempt=attempt, amount=D(100), by=admin, now=till.now)
    part = Refund.objects.get().parts.get()
    services.send(part_id=part.pk, now=till.now)
    part.refresh_from_db()
    assert part.status == RefundStatus.SUCCEEDED
    assert nothing_under_way()


# --- Twice, late ----------------------------------------------------------------------------


def test_two_tabs_pay_and_one_goes_back(till, provider):
    payment = till.start("120")
    first, second = till.choose(payment), till.choose(payment, way="whole")
    till.pay(first)
    till.provider.charges[second.reference] = till.provider.charges[first.reference]
    till.pay(second)

    refund = Refund.objects.get()
    assert (refund.reason, refund.amount, refund.item, refund.parts.get().attempt) == (
        Reason.TWICE,
        120,
        None,
        second,
    )
    assert stands(AccountKind.TRANSIT) == 120
    assert stands(AccountKind.PASSING) == 0


def test_another_payment_of_the_same_thing_goes_back(till, ayse):
    row = till.shelf.sale(ayse, "120", till.now, till.shop)
    payments = [
        services.start_payment(key=key, payables=[row], payer=ayse, now=till.now) for key in ("a", "b")
    ]
    for one in payments:
        till.pay(till.choose(one))
    assert Refund.objects.get().reason == Reason.TWICE
    assert CommissionLine.objects.count() == 1


def test_money_for_a_slot_that_ran_out_goes_back(till, ayse):
    fill_wallet(ayse, "20", till.now)
    payment = till.start("120", is_useful=False, held_until=till.now + timedelta(minutes=10))
    assert payment.expires_at == till.now + timedelta(minutes=10)
    till.pay(till.choose(payment, wallet="20"))

    payment.refresh_from_db()
    assert payment.status == PaymentStatus.EXPIRED
    assert Refund.objects.get().reason == Reason.LATE
    assert stands(AccountKind.WALLET, user=ayse) == 20
    services.send_due(now=till.now)
    assert nothing_under_way()
    assert till.provider.total == 0


def test_of_a_basket_only_what_came_too_late_goes_back(till, ayse):
    fill_wallet(ayse, "50", till.now)
    slot = till.shelf.sale(ayse, "80", till.now, till.shop, is_useful=False)
    food = till.shelf.sale(ayse, "40", till.now, till.shop)
    payment = services.start_payment(key="b", payables=[slot, food], payer=ayse, now=till.now)
    till.pay(till.choose(payment, wallet="50"))

    payment.refresh_from_db()
    assert payment.status == PaymentStatus.PAID
    assert {
        part.attempt and part.attempt.provider: part.amount for part in Refund.objects.get().parts.all()
    } == {
        None: 50,
        "scripted": 30,
    }
    services.send_due(now=till.now)
    assert nothing_under_way()


def test_late_money_that_is_still_of_use_pays(till, ayse):
    fill_wallet(ayse, "50", till.now)
    payment = till.start("120")
    attempt = till.choose(payment, wallet="50")
    later = till.now + timedelta(hours=25)
    services.ask_due(now=later)
    assert services.expire_due(now=later) == 1
    assert stands(AccountKind.WALLET, user=ayse) == 50

    till.pay(attempt)

    payment.refresh_from_db()
    assert payment.status == PaymentStatus.PAID
    assert stands(AccountKind.WALLET, user=ayse) == 0


def test_late_money_goes_back_when_its_wallet_share_was_spent(till, ayse):
    fill_wallet(ayse, "50", till.now)
    payment = till.start("120")
    attempt = till.choose(payment, wallet="50")
    services.ask_due(now=till.now + timedelta(hours=25))
    services.expire_due(now=till.now + timedelta(hours=25))
    till.choose(till.start("50", key="other"), "50", "wallet", "wallet")

    till.pay(attempt)

    assert Refund.objects.get().reason == Reason.LATE
    services.send_due(now=till.now)
    assert nothing_under_way()


def test_a_cancelled_payment_takes_nothing(till):
    payment = till.start("120")
    attempt = till.choose(payment)
    services.cancel_payment(payment=payment, by=till.payer, now=till.now)
    with pytest.raises(NotOpen):
        till.choose(payment)
    till.pay(attempt)
    assert Refund.objects.get().reason == Reason.LATE


# --- Transfers ------------------------------------------------------------------------------


def test_a_transfer_waits_for_the_bank(till):
    from payments import transfers

    payment = till.start("120")
    attempt = till.choose(payment, way="transfer", method="transfer")
    assert (attempt.status, attempt.step["iban"][:2]) == (AttemptStatus.PENDING_TRANSFER, "TR")
    payment.refresh_from_db()
    assert payment.expires_at == attempt.expires_at > till.now + timedelta(days=2)
    assert transfers.find(f"havale {transfers.code_of(attempt).lower()} ödemesi") == attempt

    till.pay(attempt)

    assert stands(AccountKind.BANK) == -120
    assert nothing_under_way()


def test_a_transfer_of_more_gives_the_rest_back_by_hand(till):
    attempt = till.choose(till.start("120"), way="transfer", method="transfer")
    till.pay(attempt, amount=D(150))
    part = Refund.objects.get().parts.get()
    assert (part.amount, part.status, part.is_by_hand) == (30, RefundStatus.MANUAL, True)


def test_what_runs_out_cannot_wait_for_a_transfer(till):
    payment = till.start("120", held_until=till.now + timedelta(minutes=10))
    with pytest.raises(WayClosed):
        till.choose(payment, way="transfer", method="transfer")


# --- Races ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_same_word_at_once_counts_once(till):
    attempt = till.choose(till.start("120"))
    told = at_once(lambda _n: till.pay(attempt), 6)
    assert sorted(told) == [False] * 5 + [True]
    assert nothing_under_way()


@pytest.mark.django_db(transaction=True)
def test_two_pages_paid_at_once_pay_once(till):
    payment = till.start("120")
    pages = [till.choose(payment), till.choose(payment, way="whole")]
    for page in pages:
        till.provider.charges.setdefault(page.reference, till.provider.charges[pages[0].reference])
    assert at_once(lambda n: till.pay(pages[n]), 2) == [True, True]
    assert Refund.objects.get().amount == 120
    assert stands(AccountKind.PASSING) == 0


def test_nothing_is_half_done(till, monkeypatch):
    """What is paid reacts in the transaction of the money: if it breaks, no money is written either."""
    attempt = till.choose(till.start("120"))

    def broken(row, item, *, now):
        raise RuntimeError

    monkeypatch.setattr("payments.models.TopUp.on_settled", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        till.pay(attempt)
    assert stands(AccountKind.CLEARING, name="scripted") == 0

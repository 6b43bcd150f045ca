"""Each provider against the bank over real HTTP: what may become of a payment, a refund, a payout, a day."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from payments.providers import base, registry
from payments.providers.base import Outcome, PaymentOrder, Provider, State

from . import orders

CODES = ["iyzico", "paytr", "param"]
PATHS = ["iyzico.Iyzico", "paytr.PayTR", "param.Param"]
DAY = 86400


@pytest.fixture(params=CODES)
def provider(request: pytest.FixtureRequest, bank: Any) -> Provider:
    return registry.get(request.param)


def ask(provider: Provider, order: PaymentOrder, remote: dict[str, Any]) -> Outcome:
    return provider.look_up(orders.look_up(order, remote))


def after(
    provider: Provider, bank: Any, name: str = "success", amount: str = "150.00"
) -> tuple[PaymentOrder, Outcome]:
    """An order, and what is said about it after the customer has been at the page."""
    order = orders.order(amount, installments=[1, 2, 3])
    step = provider.start(order)
    bank.pay(order.reference, name)
    return order, ask(provider, order, step.remote)


def callbacks(provider: Provider, bank: Any, order: PaymentOrder) -> list[base.Message]:
    letters = bank.letters(order.reference)
    return [provider.read_callback(base.Callback(letter.headers, letter.body)) for letter in letters]


# --- A payment ---


def test_nothing_is_paid_before_the_customer_pays(provider, bank):
    order = orders.order()
    step = provider.start(order)
    found = ask(provider, order, step.remote)
    assert (found.state, found.reference) == (State.PENDING, order.reference)
    assert step.url.startswith(bank.url)
    assert bank.total() == 0


def test_success_with_its_figures(provider, bank):
    order, found = after(provider, bank)
    told = (found.state, found.reference, found.amount, found.currency, found.paid, found.installments)
    assert told == (State.SETTLED, order.reference, order.amount, "TRY", order.amount, 1)
    assert found.is_signed
    assert found.is_test == (provider.code == "paytr"), "PayTR has no sandbox, only a mark"
    assert found.fee
    assert json.loads(json.dumps(found.remote)) == found.remote
    assert bank.total(provider.code) == order.amount


def test_three_instalments_cost_the_customer_more(provider, bank):
    order, found = after(provider, bank, "installments")
    assert (found.state, found.paid, found.installments) == (State.SETTLED, Decimal("157.50"), 3)
    if provider.abilities.instalments:
        assert found.amount == order.amount
    else:
        assert found.amount is None, "not told, so never taken for what was asked"


REFUSALS = [
    ("not_enough", {"iyzico": "not_enough"}),
    ("declined", {}),
    ("three_d", {"iyzico": "3d"}),
    ("fraud", {"iyzico": "fraud"}),
]


@pytest.mark.parametrize(("name", "reasons"), REFUSALS)
def test_a_refusal_takes_no_money(provider, bank, name, reasons):
    order, found = after(provider, bank, name)
    assert bank.total() == 0
    if provider.code == "paytr":  # its query knows successes only; its signed callback says no
        assert found.state == State.PENDING
        found = callbacks(provider, bank, order)[0].outcome
    assert found.state == State.REFUSED
    assert found.reason == reasons.get(provider.code, found.reason)
    assert found.reason


def test_a_page_that_is_closed_expires(provider, bank):
    order = orders.order()
    step = provider.start(order)
    bank.pay(order.reference, "closed")
    assert ask(provider, order, step.remote).state == State.PENDING
    bank.clock(2 * DAY)
    long_ago = {**step.remote, "until": "2020-01-01T00:00:00+03:00"}
    found = ask(provider, order, long_ago)
    assert (found.state, found.reason) == (State.REFUSED, "expired")
    with pytest.raises(OSError, match="400"):
        bank.pay(order.reference)


def test_success_after_a_refusal_on_the_same_page(provider, bank):
    order, found = after(provider, bank, "retry")
    assert (found.state, found.amount) == (State.SETTLED, order.amount)
    if provider.code == "paytr":
        states = [message.outcome.state for message in callbacks(provider, bank, order)]
        assert states == [State.REFUSED, State.SETTLED]


def test_a_second_card_after_a_refusal(provider, bank):
    order, found = after(provider, bank, "declined")
    bank.pay(order.reference, "success")
    again = ask(provider, order, found.remote)
    assert (again.state, again.paid) == (State.SETTLED, order.amount)
    with pytest.raises(OSError, match="400"):
        bank.pay(order.reference, "success")
    assert bank.total() == order.amount, "one page takes money once"


@pytest.mark.parametrize("name", ["amount", "currency"])
def test_what_was_not_asked_for_is_told_as_it_is(provider, bank, name):
    order, found = after(provider, bank, name)
    assert (found.amount, found.currency) != (order.amount, order.currency)
    assert found.amount is not None


@pytest.mark.parametrize("name", ["silent", "lost", "late"])
def test_what_nobody_told_us_the_query_tells(provider, bank, name):
    order, found = after(provider, bank, name)
    assert (found.state, found.paid) == (State.SETTLED, order.amount)


def test_a_paid_page_whose_address_was_lost_is_found_by_our_reference(provider, bank):
    order, _ = after(provider, bank)
    found = ask(provider, order, {})
    assert (found.state, found.paid) == (State.SETTLED, order.amount)


def test_what_they_never_heard_of_is_expired_not_unknown(provider, bank):
    found = ask(provider, orders.order(), {})
    assert (found.state, found.reason) == (State.REFUSED, "expired")


@pytest.mark.parametrize(("verdict", "state"), [("approve", State.SETTLED), ("reject", State.REFUSED)])
def test_a_review_ends(bank, verdict, state):
    provider = registry.get("iyzico")
    order, found = after(provider, bank, "review")
    assert (found.state, found.paid) == (State.REVIEW, order.amount)
    bank.decide(order.reference, verdict)
    assert ask(provider, order, found.remote).state == state
    assert bank.total() == (order.amount if state == State.SETTLED else 0)


def test_a_review_at_paytr_is_told_when_it_ends(bank):
    provider = registry.get("paytr")
    order, found = after(provider, bank, "review")
    assert found.state == State.PENDING
    assert callbacks(provider, bank, order) == []
    bank.decide(order.reference, "reject")
    outcome = callbacks(provider, bank, order)[-1].outcome
    assert (outcome.state, outcome.reason) == (State.REFUSED, "fraud")


# --- A bank transfer inside their page ---


@pytest.mark.parametrize(
    ("verdict", "state"), [("paid", State.SETTLED), ("too_little", State.REFUSED), ("expired", State.REFUSED)]
)
def test_a_transfer_at_iyzico(bank, verdict, state):
    provider = registry.get("iyzico")
    order, found = after(provider, bank, "transfer")
    assert found.state == State.PENDING
    bank.clock(DAY)
    assert ask(provider, order, found.remote).state == State.PENDING, "three days are given"
    bank.decide(order.reference, verdict)
    assert ask(provider, order, found.remote).state == state
    assert callbacks(provider, bank, order)[-1].kind == "BANK_TRANSFER_AUTH"


@pytest.mark.parametrize(
    ("verdict", "state"), [("paid", State.SETTLED), ("too_little", State.REFUSED), ("expired", State.REFUSED)]
)
def test_a_transfer_at_paytr(bank, settings, verdict, state):
    settings.PAYTR_TRANSFERS = True
    provider = registry.get("paytr")
    assert base.Method.TRANSFER in provider.methods
    order = orders.order(method="transfer")
    step = provider.start(order)
    bank.pay(order.reference, "transfer")
    notice = callbacks(provider, bank, order)[0]
    assert (notice.kind, notice.outcome.state) == ("info", State.PENDING), "a claim of the customer's"
    bank.decide(order.reference, verdict)
    assert callbacks(provider, bank, order)[-1].outcome.state == state
    assert (ask(provider, order, step.remote).state == State.SETTLED) == (verdict == "paid")


def test_transfers_at_paytr_are_a_contract_of_their_own(bank):
    assert registry.get("paytr").methods == {base.Method.CARD}


# --- Back to the customer ---


def returnable(provider: Provider, bank: Any, amount: str = "150.00") -> tuple[PaymentOrder, Outcome, int]:
    """A payment that may be given back in parts now; at Param that takes until the next day."""
    order, found = after(provider, bank, amount=amount)
    days = 1 if provider.code == "param" else 0
    bank.clock(days * DAY)
    return order, found, days


def test_two_parts_and_no_more_than_was_paid(provider, bank):
    order, found, days = returnable(provider, bank)
    first = provider.refund(orders.refund(order, found, "40.10", days=days))
    second = provider.refund(orders.refund(order, found, "109.90", refunded="40.10", days=days))
    assert [first.state, second.state] == [State.SETTLED, State.SETTLED]
    assert (first.amount, second.amount) == (Decimal("40.10"), Decimal("109.90"))
    third = provider.refund(orders.refund(order, found, "0.01", refunded="150.00", days=days))
    assert third.state == State.REFUSED
    assert third.reason in ("too_much", "declined")
    assert bank.figures(provider.code) | {"total": 0} == {
        "charged": order.amount, "returned": order.amount, "paid_out": 0, "total": 0,
    }  # fmt: skip


def test_too_much_at_once_gives_nothing(provider, bank):
    order, found, days = returnable(provider, bank)
    assert provider.refund(orders.refund(order, found, "150.01", days=days)).state == State.REFUSED
    assert bank.total() == order.amount


def test_a_refund_can_be_found_again(provider, bank):
    order, found, days = returnable(provider, bank)
    wish = orders.refund(order, found, "40.00", days=days)
    assert provider.find_refund(wish).state == State.REFUSED, "certainly not yet"
    provider.refund(wish)
    assert provider.find_refund(wish).state == State.SETTLED
    other = orders.refund(order, found, "40.00", refunded="40.00", days=days)
    assert provider.find_refund(other).state == State.REFUSED, "that one was another"


def test_instalments_go_back_with_what_they_cost(provider, bank):
    order, found = after(provider, bank, "installments")
    days = 1 if provider.code == "param" else 0
    bank.clock(days * DAY)
    assert provider.refund(orders.refund(order, found, days=days)).state == State.SETTLED
    assert bank.total() == 0


def test_a_refund_of_nothing_paid(provider, bank):
    order, found = after(provider, bank, "declined")
    given = orders.refund(order, found, "10.00")
    assert provider.refund(given).state in (State.REFUSED, State.UNKNOWN)
    assert bank.total() == 0


@pytest.mark.parametrize("code", ["iyzico", "param"])
def test_a_void_on_its_day_and_not_after(bank, code):
    provider = registry.get(code)
    order, found = after(provider, bank)
    assert provider.void(orders.refund(order, found)).state == State.SETTLED
    assert bank.total() == 0
    assert provider.find_refund(orders.refund(order, found)).state == (
        State.SETTLED if code == "param" else State.REFUSED
    ), "Param knows sums, iyzico references"
    late, found = after(provider, bank)
    bank.clock(DAY)
    refused = provider.void(orders.refund(late, found, days=1))
    assert (refused.state, refused.reason) == (State.REFUSED, "too_late")


def test_a_void_at_iyzico_is_found_by_its_reference(bank):
    provider = registry.get("iyzico")
    order, found = after(provider, bank)
    wish = orders.refund(order, found)
    provider.void(wish)
    assert provider.find_refund(wish).state == State.SETTLED


def test_param_gives_back_parts_from_the_next_day(bank):
    provider = registry.get("param")
    order, found = after(provider, bank)
    refused = provider.refund(orders.refund(order, found, "40.00"))
    assert (refused.state, refused.reason) == (State.REFUSED, "too_early")
    bank.clock(DAY)
    assert provider.refund(orders.refund(order, found, "40.00", days=1)).state == State.SETTLED


def test_paytr_pays_back_from_our_balance_there(bank):
    provider = registry.get("paytr")
    order, found = after(provider, bank)
    bank.do("refund", name="balance")
    refused = provider.refund(orders.refund(order, found, "40.00"))
    assert (refused.state, refused.reason) == (State.REFUSED, "balance")
    bank.do("refund", name="busy")
    locked = orders.refund(order, found, "40.00")
    assert provider.refund(locked).state == State.UNKNOWN
    assert provider.find_refund(locked).state == State.REFUSED, "so it may be asked for again"


def test_paytr_refuses_after_a_year(bank):
    provider = registry.get("paytr")
    order, found = after(provider, bank)
    bank.clock(366 * DAY)
    refused = provider.refund(orders.refund(order, found, "40.00", days=366))
    assert (refused.state, refused.reason) == (State.REFUSED, "too_late")


# --- A day ---


def test_the_report_of_a_day(provider, bank):
    assert list(provider.report(timezone.localdate())) == []
    order, found = after(provider, bank, "installments")
    after(provider, bank, "declined")
    if provider.code != "param":
        wish = orders.refund(order, found, "40.00")
        provider.refund(wish)
    lines = sorted(provider.report(timezone.localdate()), key=lambda line: line.kind)
    paid = lines[0]
    told = (paid.kind, paid.reference, paid.amount, paid.currency, timezone.localdate(paid.at))
    assert told == ("payment", order.reference, Decimal("157.50"), "TRY", timezone.localdate())
    assert paid.fee
    if provider.code == "param":
        assert len(lines) == 1
        return
    back = lines[1]
    assert (back.kind, back.amount) == ("refund", Decimal("40.00"))
    assert back.reference == (wish.reference if provider.code == "iyzico" else "")


@pytest.mark.parametrize("code", ["iyzico", "param"])
def test_a_void_in_the_report(bank, code):
    provider = registry.get(code)
    order, found = after(provider, bank)
    provider.void(orders.refund(order, found))
    kinds = {line.kind: line.amount for line in provider.report(timezone.localdate())}
    assert kinds == {"payment": order.amount, "void": order.amount}


def test_a_report_of_many_pages(bank):
    provider = registry.get("iyzico")
    made = {after(provider, bank, amount=f"{100 + number}.00")[0].reference for number in range(12)}
    lines = list(provider.report(timezone.localdate()))
    assert {line.reference for line in lines} == made, "24 rows of items on two pages, 12 movements"
    assert sum(line.amount for line in lines) == bank.total()


# --- Money to businesses ---


@pytest.fixture
def iyzico(bank) -> Provider:
    provider = registry.get("iyzico")
    after(provider, bank)
    return provider


def test_a_payout_and_its_end(iyzico, bank):
    order = orders.payout()
    assert iyzico.look_up_payout(order).state == State.REFUSED, "they know nothing of it"
    sent = iyzico.pay_out(order)
    assert (sent.state, sent.amount, sent.currency) == (State.PENDING, order.amount, "TRY")
    bank.clock(120)
    assert iyzico.look_up_payout(order).state == State.SETTLED
    assert bank.figures("iyzico")["paid_out"] == order.amount


def test_a_payout_twice_is_one(iyzico, bank):
    order = orders.payout()
    iyzico.pay_out(order)
    iyzico.pay_out(order)
    assert len(bank.payouts()) == 1
    assert bank.figures("iyzico")["paid_out"] == order.amount


def test_a_payout_that_comes_back(iyzico, bank):
    order = orders.payout()
    iyzico.pay_out(order)
    bank.do("payout_returned", reference=order.reference)
    assert iyzico.look_up_payout(order).state == State.REFUSED
    assert bank.figures("iyzico")["paid_out"] == 0


def test_a_payout_to_no_account_and_of_more_than_there_is(iyzico, bank):
    assert iyzico.pay_out(orders.payout(iban="TR12")).state == State.REFUSED
    assert iyzico.pay_out(orders.payout("999.00")).state == State.REFUSED
    assert bank.figures("iyzico")["paid_out"] == 0


# --- Who may be asked ---


def test_a_provider_without_keys_is_not_offered(settings):
    settings.PAYMENT_PROVIDERS = [f"payments.providers.{name}" for name in PATHS]
    assert [provider.code for provider in registry.all()] == CODES
    settings.PARAM_PASSWORD = settings.PAYTR_MERCHANT_SALT = ""
    assert [provider.code for provider in registry.all()] == ["iyzico"]
    assert registry.get("param").code == "param", "its old payments are still looked after"
    with pytest.raises(LookupError):
        registry.get("nobody")


def test_a_page_at_another_host_is_not_followed(provider, bank, settings):
    settings.IYZICO_PAGE_URL = settings.PARAM_PAGE_URL = "https://pay.example"
    if provider.code == "paytr":
        assert provider.start(orders.order()).url.startswith(settings.PAYTR_URL), "made here"
        return
    with pytest.raises(base.Silent):
        provider.start(orders.order())


def test_a_refusal_at_the_start_is_said(provider, bank):
    wrong = replace(orders.order(), lines=[], currency="TRY")
    if provider.code == "param":
        wrong = replace(wrong, currency="USD")
    with pytest.raises(base.Refused):
        provider.start(wrong)

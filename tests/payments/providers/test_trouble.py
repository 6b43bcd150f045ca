"""Trouble on the line: nobody knows is UNKNOWN or Silent, never refused; and nothing happens twice."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests
from django.utils import timezone

from core import http
from payments.bank.scenarios import TROUBLE
from payments.providers import base, registry, wire
from payments.providers.base import Provider, State

from . import orders
from .test_contract import CODES, after, ask, returnable

FAULTS = sorted(TROUBLE)
DONE = {"delay", "reset", "broken", "lost"}  # the work was done, only the answer was not heard
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(params=CODES)
def provider(request: pytest.FixtureRequest, bank: Any) -> Provider:
    return registry.get(request.param)


@pytest.fixture(autouse=True)
def _short(monkeypatch) -> None:
    """The slow bank takes two seconds, we wait for one."""
    send = wire.send

    def hasty(method: str, url: str, **options: Any) -> requests.Response:
        return send(method, url, **{**options, "timeout": (1, 1)})

    monkeypatch.setattr(wire, "send", hasty)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_start_that_is_not_heard_is_silent_and_takes_no_money(provider, bank, fault):
    bank.trouble(fault, action="start")
    order = orders.order()
    with pytest.raises(base.Silent):
        provider.start(order)
    found = ask(provider, order, {})
    assert (found.state, found.reason) == (State.REFUSED, "expired"), "its page was shown to nobody"
    assert bank.total() == 0


@pytest.mark.parametrize("fault", FAULTS)
def test_a_question_that_is_not_answered_leaves_it_unknown(provider, bank, fault):
    order, found = after(provider, bank)
    bank.trouble(fault, action="look_up", times=2)
    again = ask(provider, order, found.remote)
    assert (again.state, again.reference, again.remote) == (State.UNKNOWN, order.reference, found.remote)
    bank.do("clear_trouble")
    assert ask(provider, order, found.remote).state == State.SETTLED
    assert bank.total() == order.amount


@pytest.mark.parametrize("fault", FAULTS)
def test_a_refund_that_is_not_heard_is_looked_for_before_it_is_asked_again(provider, bank, fault):
    order, found, days = returnable(provider, bank)
    wish = orders.refund(order, found, "40.00", days=days)
    bank.trouble(fault, action="refund")
    assert provider.refund(wish).state == State.UNKNOWN
    if fault == "delay":
        assert len(bank.refunds()) == 1, "done while we no longer listened"
    again = provider.find_refund(wish)
    assert again.state == (State.SETTLED if fault in DONE else State.REFUSED)
    if again.state == State.REFUSED:
        assert provider.refund(wish).state == State.SETTLED
    assert bank.figures(provider.code)["returned"] == Decimal("40.00"), "once"


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("code", ["iyzico", "param"])
def test_a_void_that_is_not_heard(bank, code, fault):
    provider = registry.get(code)
    order, found = after(provider, bank)
    wish = orders.refund(order, found)
    bank.trouble(fault, action="void")
    assert provider.void(wish).state == State.UNKNOWN
    assert provider.find_refund(wish).state == (State.SETTLED if fault in DONE else State.REFUSED)
    assert bank.total() == (0 if fault in DONE else order.amount)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_search_that_is_not_answered_allows_nothing(provider, bank, fault):
    order, found, days = returnable(provider, bank)
    wish = orders.refund(order, found, "40.00", days=days)
    bank.trouble(fault, action="look_up")
    assert provider.find_refund(wish).state == State.UNKNOWN


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("action", ["payout", "payout_auth", "look_up_payout"])
def test_a_payout_that_is_not_heard_is_sent_once(bank, fault, action):
    provider = registry.get("iyzico")
    after(provider, bank)
    order = orders.payout()
    bank.trouble(fault, action=action)
    first = provider.pay_out(order)
    assert first.state != State.REFUSED or action == "payout_auth", first
    for _ in range(3):
        last = provider.pay_out(order)
    assert last.state == State.PENDING
    assert bank.figures("iyzico")["paid_out"] == order.amount
    assert len(bank.payouts()) == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_a_day_that_is_not_told_is_silent_not_empty(provider, bank, fault):
    after(provider, bank)
    bank.trouble(fault, action="report")
    with pytest.raises(base.Silent):
        list(provider.report(timezone.localdate()))


@pytest.mark.parametrize("fault", FAULTS)
def test_the_last_digits_of_an_amount_bring_the_same_trouble(provider, bank, fault):
    bank.kurus(True)
    with pytest.raises(base.Silent):
        provider.start(orders.order(f"150.{TROUBLE[fault].kurus}"))


def test_the_last_digits_of_an_amount_choose_what_the_page_offers(provider, bank):
    bank.kurus(True)
    order = orders.order("150.51")
    step = provider.start(order)
    page = requests.get(step.url, timeout=5).text
    assert 'class="pay" name="scenario" value="not_enough"' in page
    bank.pay(order.reference, "")
    assert bank.payment(order.reference)["reason"] == "not_enough"


def test_a_paid_order_stands_in_the_book_once_whatever_is_repeated(provider, bank):
    order, found = after(provider, bank, "twice")
    for _ in range(5):
        assert ask(provider, order, found.remote).state == State.SETTLED
    assert bank.total() == order.amount


# --- Answers that are no answers ---


def answer(content: bytes, status: int = 200) -> requests.Response:
    made = requests.Response()
    made.status_code, made._content = status, content
    return made


ODD = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b'{"status": 1}',
    b"\xff\xfe",
    b"[" * 5000,
    b'{"status":"success"}',
    b"<a/>",
    b"<a",
]


@pytest.mark.parametrize("content", ODD)
def test_odd_answers_are_silence(provider, bank, monkeypatch, content):
    order, found = after(provider, bank)
    monkeypatch.setattr(http, "call", lambda *given, **named: answer(content))
    wish = orders.refund(order, found, "40.00", days=1)
    assert ask(provider, order, found.remote).state == State.UNKNOWN
    assert provider.refund(wish).state == State.UNKNOWN
    assert provider.find_refund(wish).state == State.UNKNOWN
    with pytest.raises(base.Silent):
        provider.start(orders.order())


def test_xml_with_entities_or_a_document_type_is_silence(bank, monkeypatch):
    order, found = after(registry.get("param"), bank)
    bomb = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
    <e><TP_Islem_Sorgulama4Result><Sonuc>1</Sonuc><Durum>SUCCESS</Durum><Siparis_ID>&a;</Siparis_ID>
    </TP_Islem_Sorgulama4Result></e>"""
    monkeypatch.setattr(http, "call", lambda *given, **named: answer(bomb))
    assert ask(registry.get("param"), order, found.remote).state == State.UNKNOWN


def test_every_exchange_goes_through_the_one_way_out():
    """No provider imports another way to speak, and none repeats an exchange."""
    for path in (ROOT / "payments/providers").glob("*.py"):
        tree = ast.parse(path.read_text())
        imported = {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        assert not imported & {"socket", "urllib.request", "http.client", "httpx"}, path.name
        assert ("requests" in imported) <= (path.name == "wire.py"), path.name
        assert "repeatable" not in path.read_text(), path.name

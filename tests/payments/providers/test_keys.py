"""Wrong keys are refused by the bank, right ones stand in no log; both with the guard switched off."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from core import logs
from payments.bank import iyzico as iyzico_bank
from payments.bank import param as param_bank
from payments.bank import paytr as paytr_bank
from payments.bank.bank import Bank
from payments.bank.book import Book, Payment
from payments.bank.door import serve
from payments.bank.protocols import protocols
from payments.providers import registry, wire
from payments.providers.base import Refused, Silent, State
from tests.payments.bank import ADDRESSES
from tests.payments.bank import Bank as Hand

from . import orders
from .test_contract import CODES, after

PLANTED = {
    "IYZICO_API_KEY": "sandbox-plantedApiKey",
    "IYZICO_SECRET_KEY": "sandbox-plantedSecretKey",
    "PAYTR_MERCHANT_ID": "123321",
    "PAYTR_MERCHANT_KEY": "plantedPaytrKey1",
    "PAYTR_MERCHANT_SALT": "plantedPaytrSalt",
    "PARAM_CLIENT_CODE": "45654",
    "PARAM_USERNAME": "plantedParamUser",
    "PARAM_PASSWORD": "plantedParamPassword",
    "PARAM_GUID": "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb",
}
SECRETS = {
    name: value for name, value in PLANTED.items() if name not in ("PAYTR_MERCHANT_ID", "PARAM_CLIENT_CODE")
}
CHECKS = {
    "iyzico": (iyzico_bank, "is_signed", "IYZICO_SECRET_KEY"),
    "paytr": (paytr_bank, "is_signed", "PAYTR_MERCHANT_SALT"),
    "param": (param_bank, "is_known", "PARAM_PASSWORD"),
}


@pytest.fixture
def planted(settings: Any) -> Iterator[Bank]:
    """A bank in this very process, so that its guards can be switched off, with keys to look for."""
    for name, value in PLANTED.items():
        setattr(settings, name, value)
    bank = Bank(Book(), protocols(settings), delay=0.1)
    server = serve(0, bank)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    for name in ADDRESSES:
        setattr(settings, name, bank.url)
    bank.book.note("reads_kurus", False)
    yield bank
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("code", CODES)
def test_a_wrong_key_opens_no_payment(planted, settings, code):
    setattr(settings, CHECKS[code][2], "wrong")
    with pytest.raises(Refused) as refused:
        registry.get(code).start(orders.order())
    assert refused.value.reason == "config"
    assert planted.book.all(Payment) == []


@pytest.mark.parametrize("code", CODES)
def test_a_wrong_key_answers_no_question_and_ends_nothing(planted, settings, code):
    provider, order = registry.get(code), orders.order()
    step = provider.start(order)
    setattr(settings, CHECKS[code][2], "wrong")
    assert provider.look_up(orders.look_up(order, step.remote)).state == State.UNKNOWN
    with pytest.raises(Silent):
        list(provider.report(orders.timezone.localdate()))


@pytest.mark.parametrize("code", CODES)
def test_with_the_check_switched_off_the_wrong_key_would_pass(planted, settings, monkeypatch, code):
    """Negative control of the two above. iyzico's client still notices: the answer is not signed for it."""
    module, check, name = CHECKS[code]
    monkeypatch.setattr(module, check, lambda *given: True)
    setattr(settings, name, "wrong")
    if code == "iyzico":
        with pytest.raises(Silent):
            registry.get(code).start(orders.order())
    else:
        registry.get(code).start(orders.order())
    assert len(planted.book.all(Payment)) == 1


@pytest.mark.parametrize("code", CODES)
def test_an_unknown_merchant(planted, settings, code):
    name = {"iyzico": "IYZICO_API_KEY", "paytr": "PAYTR_MERCHANT_ID", "param": "PARAM_CLIENT_CODE"}[code]
    setattr(settings, name, "777777")
    with pytest.raises(Refused):
        registry.get(code).start(orders.order())


def lines(caplog: pytest.LogCaptureFixture) -> str:
    """All that the log has of it: texts, extras, traces."""
    records = [str(vars(record)) + logging.Formatter().format(record) for record in caplog.records]
    return "\n".join(records)


def walk(hand: Hand) -> None:
    """Everything that speaks: good, refused, unknown, forged."""
    for code in CODES:
        provider = registry.get(code)
        order, found = after(provider, hand)
        provider.refund(orders.refund(order, found, "1.00"))
        provider.find_refund(orders.refund(order, found, "1.00"))
        list(provider.report(orders.timezone.localdate()))
        for fault in ("500", "broken", "lost", "busy"):
            hand.trouble(fault)
            provider.look_up(orders.look_up(order, found.remote))
    registry.get("iyzico").pay_out(orders.payout("10.00"))


def test_no_key_stands_in_any_line_of_the_log(planted, caplog):
    caplog.set_level(logging.DEBUG)
    walk(Hand(planted.url))
    text = lines(caplog)
    assert "outbound call" in text
    assert [name for name, value in SECRETS.items() if value.lower() in text.lower()] == []
    tokens = [row.token for row in planted.book.all(Payment)]
    assert [token for token in tokens if token in text] == []
    assert orders.BUYER.email not in text


def test_the_scan_of_the_log_sees_a_key(planted, caplog, monkeypatch):
    """Negative control: one careless line, and its text is found."""
    caplog.set_level(logging.DEBUG)
    send = wire.send

    def careless(method: str, url: str, **options: Any) -> Any:
        logging.getLogger("careless").info("sent %s", options.get("data"))
        return send(method, url, **options)

    monkeypatch.setattr(wire, "send", careless)
    walk(Hand(planted.url))
    assert PLANTED["PARAM_PASSWORD"] in lines(caplog)


@pytest.mark.parametrize(
    "name", ["paytr_token", "CLIENT_PASSWORD", "Pass", "authorization", "token", "signature"]
)
def test_names_of_secrets_are_masked_should_anybody_log_them(name):
    assert logs.mask({name: "x"}) == {name: "[secret]"}

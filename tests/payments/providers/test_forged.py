"""What is not theirs, or was changed on its way, is Forged; what they do not sign is never believed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest

from payments.bank.iyzico import STRANGER as OTHER_IYZICO
from payments.bank.iyzico import hexmac
from payments.bank.paytr import STRANGER as OTHER_PAYTR
from payments.bank.paytr import mac
from payments.providers import base, registry, wire
from payments.providers.base import Callback, Forged, State

from . import orders
from .test_contract import after, ask

SIGNATURE = "x-iyz-signature-v3"


def genuine(code: str, bank: Any) -> tuple[base.PaymentOrder, Callback]:
    """A message as the bank sends it; for Param what the browser brings."""
    provider, order = registry.get(code), orders.order()
    provider.start(order)
    way = bank.pay(order.reference, "success")
    if code == "param":
        return order, Callback({}, urlencode(way["fields"]).encode())
    letter = bank.letters(order.reference)[0]
    return order, Callback(letter.headers, letter.body)


def form(callback: Callback, **changed: str | None) -> Callback:
    told = parse_qs(callback.body.decode(), keep_blank_values=True)
    fields = {name: values[0] for name, values in told.items()}
    fields = {name: value for name, value in {**fields, **changed}.items() if value is not None}
    return Callback(callback.headers, urlencode(fields).encode())


def body(callback: Callback, **changed: Any) -> Callback:
    return Callback(callback.headers, json.dumps({**json.loads(callback.body), **changed}).encode())


def signed(callback: Callback, signature: str | None) -> Callback:
    headers = {name: value for name, value in callback.headers.items() if name != SIGNATURE}
    return Callback(headers if signature is None else {**headers, SIGNATURE: signature}, callback.body)


def other_iyzico(callback: Callback) -> Callback:
    (secret,), said = OTHER_IYZICO.values(), json.loads(callback.body)
    names = ("iyziEventType", "iyziPaymentId", "token", "paymentConversationId", "status")
    return signed(callback, hexmac(secret, (secret + "".join(str(said[name]) for name in names)).encode()))


def other_paytr(callback: Callback) -> Callback:
    ((key, salt),) = OTHER_PAYTR.values()
    said = {name: values[0] for name, values in parse_qs(callback.body.decode()).items()}
    return form(callback, hash=mac(key, said["merchant_oid"] + salt + said["status"] + said["total_amount"]))


def as_is(callback: Callback, content: bytes) -> Callback:
    return Callback(callback.headers, content)


Change = Callable[[Callback], Callback]
EVERYBODY: dict[str, Change] = {
    "empty": lambda told: as_is(told, b""),
    "truncated": lambda told: as_is(told, told.body[: len(told.body) // 2]),
    "another encoding": lambda told: as_is(told, told.body.decode().encode("utf-16")),
    "no text at all": lambda told: as_is(told, b"\xff\xfe\x00" * 20),
    "ten megabytes": lambda told: as_is(told, told.body + b"&x=" + b"x" * 10_000_000),
}
IYZICO: dict[str, Change] = {
    "no signature": lambda told: signed(told, None),
    "empty signature": lambda told: signed(told, ""),
    "wrong signature": lambda told: signed(told, "0" * 64),
    "signature with letters of elsewhere": lambda told: signed(told, "ğ" * 64),
    "key of another merchant": other_iyzico,
    "another status": lambda told: body(told, status="FAILURE"),
    "another order": lambda told: body(told, paymentConversationId="B" * 20),
    "another payment": lambda told: body(told, iyziPaymentId=1),
    "another token": lambda told: body(told, token="x"),
    "another event": lambda told: body(told, iyziEventType="BANK_TRANSFER_AUTH"),
    "a list": lambda told: as_is(told, b"[" + told.body + b"]"),
    "deep": lambda told: as_is(told, b"[" * 60000),
}
PAYTR: dict[str, Change] = {
    "no signature": lambda told: form(told, hash=None),
    "empty signature": lambda told: form(told, hash=""),
    "wrong signature": lambda told: form(told, hash="A" * 43 + "="),
    "key of another merchant": other_paytr,
    "another amount": lambda told: form(told, total_amount="100"),
    "another status": lambda told: form(told, status="failed"),
    "a status of its own": lambda told: form(told, status="info"),
    "another order": lambda told: form(told, merchant_oid="B" * 20),
    "parts moved between fields": lambda told: form(told, status="succes", total_amount="s15000"),
    "many fields": lambda told: as_is(told, told.body + b"&a=1" * 1000),
}
PARAM: dict[str, Change] = {
    "no signature": lambda told: form(told, TURKPOS_RETVAL_Hash=None),
    "empty signature": lambda told: form(told, TURKPOS_RETVAL_Hash=""),
    "another receipt": lambda told: form(told, TURKPOS_RETVAL_Dekont_ID="1"),
    "another amount": lambda told: form(told, TURKPOS_RETVAL_Tahsilat_Tutari="1,00"),
    "another order": lambda told: form(told, TURKPOS_RETVAL_Siparis_ID="B" * 20),
}
FORGERIES = [
    *(("iyzico", name, change) for name, change in {**EVERYBODY, **IYZICO}.items()),
    *(("paytr", name, change) for name, change in {**EVERYBODY, **PAYTR}.items()),
    *(("param", name, change) for name, change in {**EVERYBODY, **PARAM}.items()),
]


@pytest.mark.parametrize("code", ["iyzico", "paytr", "param"])
def test_the_genuine_one_is_read(bank, code):
    order, told = genuine(code, bank)
    message = registry.get(code).read_callback(told)
    assert message.reference == order.reference
    assert message.dedupe_key
    assert message == registry.get(code).read_callback(told), "and counts once"


@pytest.mark.parametrize(
    ("code", "name", "change"), FORGERIES, ids=[f"{row[0]}: {row[1]}" for row in FORGERIES]
)
def test_forgeries(bank, code, name, change):
    _, told = genuine(code, bank)
    with pytest.raises(Forged):
        registry.get(code).read_callback(change(told))


def test_iyzico_says_in_its_message_what_to_ask_and_nothing_to_believe(bank):
    _, told = genuine("iyzico", bank)
    assert registry.get("iyzico").read_callback(told).outcome is None


def test_what_paytr_does_not_sign_shows_as_a_difference(bank):
    """Amount and currency can be changed on the way; then they differ from ours. The sum paid does not."""
    order, told = genuine("paytr", bank)
    changed = form(told, payment_amount="100", currency="USD")
    outcome = registry.get("paytr").read_callback(changed).outcome
    assert outcome
    assert (str(outcome.amount), outcome.currency, outcome.paid) == ("1.00", "USD", order.amount)
    odd = registry.get("paytr").read_callback(form(told, installment_count="x", payment_amount="-1")).outcome
    assert odd
    assert (odd.amount, odd.installments) == (None, 1)


@pytest.mark.parametrize("code", ["iyzico", "paytr"])
def test_the_bank_forges_too(bank, code):
    provider = registry.get(code)
    order, found = after(provider, bank, "forged")
    letter = bank.letters(order.reference)[0]
    with pytest.raises(Forged):
        provider.read_callback(Callback(letter.headers, letter.body))
    assert ask(provider, order, found.remote).state != State.SETTLED


def test_a_result_that_was_turned_at_param_is_only_a_hint(bank):
    """Their hash does not cover the result: a refusal can be turned, and the query knows better."""
    provider, order = registry.get("param"), orders.order()
    step = provider.start(order)
    way = bank.pay(order.reference, "forged")
    assert way["fields"]["TURKPOS_RETVAL_Sonuc"] == "1"
    assert provider.read_return(way["fields"]) == order.reference
    assert provider.read_callback(Callback({}, urlencode(way["fields"]).encode())).outcome is None
    assert ask(provider, order, step.remote).state == State.REFUSED


def test_forged_returns_name_nobody(bank):
    assert registry.get("param").read_return({}) == ""
    assert registry.get("param").read_return({"TURKPOS_RETVAL_Siparis_ID": "A"}) == ""
    assert registry.get("paytr").read_return({"merchant_oid": "A"}) == ""


def test_replies(bank):
    """PayTR sends again until it reads OK and nothing else."""
    paytr = registry.get("paytr")
    taken, refused = paytr.reply(is_taken=True), paytr.reply(is_taken=False)
    assert (taken.body, taken.status, taken.content_type) == ("OK", 200, "text/plain")
    assert refused.body != "OK"
    assert registry.get("iyzico").reply(is_taken=True).status == 200
    assert registry.get("iyzico").reply(is_taken=False).status == 400


@pytest.mark.parametrize(
    "field", ["paymentStatus", "price", "paidPrice", "currency", "basketId", "token", "paymentId"]
)
def test_an_answer_of_iyzico_that_was_changed_is_no_answer(bank, monkeypatch, field):
    provider = registry.get("iyzico")
    order, found = after(provider, bank)
    send, calls = wire.send, []

    def between(method: str, url: str, **options: Any) -> Any:
        answer = send(method, url, **options)
        said = json.loads(answer.content)
        said[field] = "2" if field in said else said.get(field)
        answer._content = json.dumps(said).encode()
        calls.append(url)
        return answer

    monkeypatch.setattr(wire, "send", between)
    assert ask(provider, order, found.remote).state == State.UNKNOWN
    assert calls

"""T16, T27–T29: bad lines, and everything that may come through the doors of providers and browsers."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from finance.models import CommissionLine
from payments import services
from payments.models import Attempt, GatewayEvent, Reason, Refund
from payments.providers import wire
from payments.services import settling
from tests.core.rivals import at_once
from tests.payments.bank import Letter, bank, bank_process  # noqa: F401
from tests.payments.conftest import shelf, shop  # noqa: F401

from .gateways import CODES, Counter, loose_ends, reconcile, stands_at, under_way

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST_REQUEST = 15
TROUBLES = ["delay", "reset", "500", "html", "broken", "lost", "refused", "busy"]


@pytest.fixture
def counter(bank, shelf, shop, ayse) -> Counter:  # noqa: F811
    return Counter(bank, shelf, shop, ayse)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch) -> None:
    """The bank's thirty seconds are two here, and so is our patience one."""
    monkeypatch.setattr(wire, "IN_REQUEST", (1, 1))
    monkeypatch.setattr(wire, "IN_WORKER", (1, 1))


def tell(code: str, letter: Letter, body: bytes | None = None, **headers: str) -> int:
    given = {name: value for name, value in (letter.headers | headers).items() if name != "content-length"}
    kind = given.pop("content-type", "application/json")
    data = letter.body if body is None else body
    return Client(headers=given).post(f"/odeme/bildirim/{code}/", data, content_type=kind).status_code


def letter_of(counter: Counter, attempt: Attempt) -> Letter:
    return counter.bank.letters(attempt.reference)[-1]


# --- T16 ------------------------------------------------------------------------------------


@pytest.mark.trust("T16")
def test_a_bad_line_costs_time_and_nothing_else(verdict, counter, settings):
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    client, longest, unclear = Client(), 0.0, []
    client.force_login(counter.payer)
    for code in CODES:
        for name in TROUBLES:
            counter.bank.trouble(name, provider=code)
            payment, began = counter.start(), time.monotonic()
            wish = {"method": "card", "card": code}
            answer = client.post(f"/odeme/{payment.public_id}/", wish, follow=True)
            longest = max(longest, time.monotonic() - began)
            if answer.status_code not in (200, 422) or not _says_something(answer.content.decode()):
                unclear.append((code, name, answer.status_code))
            attempt = payment.attempts.get()
            if attempt.step:
                counter.bank.pay(attempt.reference)
    for minutes in (2, 5, 11, 41):
        reconcile(timezone.now() + timedelta(minutes=minutes))
    figures = {code: (counter.bank.total(code), stands_at(code)) for code in CODES}
    equal = all(bank_says == books_say for bank_says, books_say in figures.values())
    passed = equal and not unclear and longest <= LONGEST_REQUEST and loose_ends()[0] == 0
    passed &= under_way() == (0, 0)
    figure = f"{len(CODES) * len(TROUBLES)} faults, longest {longest:.1f} s, unclear {unclear}, {figures}"
    verdict(figure, "≤ 15 s, none unclear, bank = books", passed)


def _says_something(page: str) -> bool:
    words = ("haber bekliyoruz", "word from the bank", "sayfasına", "page of", "Başka", "another")
    return any(word in page for word in words)


@pytest.mark.trust("T16")
def test_who_takes_silence_for_no_loses_money(verdict, counter, monkeypatch):
    """The guard switched off: an unknown end is written down as failed and never asked about."""
    attempt = counter.opened("iyzico")
    counter.bank.pay(attempt.reference)

    def failed(payment: Any, one: Attempt, outcome: Any, now: Any) -> bool:
        Attempt.objects.filter(pk=one.pk).update(status="failed", look_at=None)
        return True

    monkeypatch.setitem(settling._HANDLERS, settling.State.UNKNOWN, failed)
    counter.bank.trouble("500", provider="iyzico", times=5)
    services.look_up_attempt(attempt=attempt, now=timezone.now())
    reconcile(timezone.now() + timedelta(minutes=11))
    bank_says, books_say = counter.bank.total("iyzico"), stands_at("iyzico")
    verdict(f"bank {bank_says}, books {books_say} with the guard off", "different", bank_says != books_say)


# --- T27 ------------------------------------------------------------------------------------


@pytest.mark.trust("T27")
def test_true_messages_have_one_effect_each(verdict, counter):
    wrong: list[str] = []
    for code in CODES:
        wrong += [f"{code}: {name}" for name, holds in _true_messages(counter, code) if not holds]
    verdict(f"wrong: {wrong or 'none'} of {len(CODES)} × 5", "none", not wrong)


def _true_messages(counter: Counter, code: str) -> list[tuple[str, bool]]:
    before = CommissionLine.objects.filter(of=None).count()

    def sales() -> int:
        return CommissionLine.objects.filter(of=None).count() - before

    replayed = counter.opened(code)
    counter.bank.pay(replayed.reference)
    letter = letter_of(counter, replayed)
    answers = at_once(lambda _n: tell(code, letter), 10)
    answers += [tell(code, letter) for _ in range(40)]
    held = [("50 replays", set(answers) == {200} and sales() == 1)]

    unknown = letter_of(counter, replayed)
    Attempt.objects.filter(pk=replayed.pk).update(reference="U" * 20)
    GatewayEvent.objects.all().delete()
    status = tell(code, unknown)
    held.append(("unknown order", status == 200 and GatewayEvent.objects.filter(attempt=None).count() == 1))
    Attempt.objects.filter(pk=replayed.pk).update(reference=replayed.reference)

    late = counter.opened(code)
    counter.bank.pay(late.reference)
    letter = letter_of(counter, late)
    Attempt.objects.filter(pk=late.pk).update(status="expired", look_at=None)
    services.expire_due(now=timezone.now() + timedelta(hours=72))
    tell(code, letter)
    late.payment.refresh_from_db()
    held.append(("late by 72 hours", late.payment.status == "paid" and sales() == 2))

    cancelled = counter.opened(code)
    counter.bank.pay(cancelled.reference)
    services.cancel_payment(payment=cancelled.payment, by=None, now=timezone.now())
    tell(code, letter_of(counter, cancelled))
    back = Refund.objects.filter(payment=cancelled.payment, reason=Reason.LATE).count()
    held.append(("after cancelling", back == 1 and sales() == 2))

    refused = counter.opened(code)
    counter.bank.pay(refused.reference, "declined")
    letters = counter.bank.letters(refused.reference)
    if letters:
        tell(code, letters[-1])
    services.look_up_attempt(attempt=refused, now=timezone.now())
    held.append(("a refusal", refused.status in ("failed", "started") and sales() == 2))
    return held


# --- T28 ------------------------------------------------------------------------------------


@pytest.mark.trust("T28")
def test_forged_messages_have_none(verdict, counter, caplog):
    taken, loud, sent = [], 0, 0
    for code in CODES:
        attempt = counter.opened(code)
        counter.bank.pay(attempt.reference, "declined")
        other = counter.paid(code)
        true = letter_of(counter, other)
        before = CommissionLine.objects.count()
        for name, headers, body in _forgeries(true, other.reference, attempt.reference):
            caplog.clear()
            with caplog.at_level(logging.WARNING, "payments.security"):
                status = tell(code, Letter(code, headers, body, []))
            lines = [one for one in caplog.records if one.name == "payments.security"]
            sent, loud = sent + 1, loud + (len(lines) == 1)
            attempt.refresh_from_db()
            if not 400 <= status < 500 or attempt.captured_at or CommissionLine.objects.count() != before:
                taken.append((code, name, status))
        if Client().get(f"/odeme/bildirim/{code}/").status_code != 405:
            taken.append((code, "GET", 0))
    verdict(
        f"{sent} forgeries, taken {taken}, {loud} lines of the log",
        "0 taken, one line each",
        not taken and loud == sent,
    )


def _forgeries(true: Letter, reference: str, wished: str) -> list[tuple[str, dict[str, str], bytes]]:
    """Of a true message: other figures, other orders, cut, written anew, too large, without its signature."""
    signed = {name: value for name, value in true.headers.items() if "sign" in name}
    plain = {name: value for name, value in true.headers.items() if name not in signed}
    wrong = {**true.headers, **{name: "A" * len(value) for name, value in signed.items()}}
    body = true.body
    made = [
        ("another order", true.headers, body.replace(reference.encode(), wished.encode())),
        ("cut", true.headers, body[: len(body) // 2]),
        ("empty", true.headers, b""),
        ("noise", true.headers, b"\xff\xfe\x00noise"),
        ("too large", true.headers, body + b" " * 11 * 1024 * 1024),
        ("wrong signature", wrong if signed else true.headers, body if signed else _other_hash(body)),
    ]
    if signed:
        made.append(("no signature", plain, body))
    return made


def _other_hash(body: bytes) -> bytes:
    """Where the signature is a field of the form."""
    from urllib.parse import parse_qsl, urlencode

    pairs = parse_qsl(body.decode(), keep_blank_values=True)
    return urlencode(
        [(name, value[::-1] if "hash" in name.lower() else value) for name, value in pairs]
    ).encode()


@pytest.mark.trust("T28")
def test_without_signatures_anybody_pays(verdict, counter, monkeypatch):
    """The guard switched off: PayTR's hash is compared with nothing."""
    from urllib.parse import parse_qsl, urlencode

    attempt = counter.opened("paytr")
    counter.bank.pay(attempt.reference, "declined")
    true = letter_of(counter, attempt)
    fields = dict(parse_qsl(true.body.decode(), keep_blank_values=True))
    kurus = str(int(attempt.amount * 100))
    forged = fields | {"status": "success", "total_amount": kurus, "payment_amount": kurus}
    body = urlencode(forged).encode()
    assert tell("paytr", true, body) == 400
    monkeypatch.setattr(wire, "is_same", lambda *_: True)
    tell("paytr", true, body)
    attempt.refresh_from_db()
    paid = attempt.captured_at is not None
    verdict(f"paid without money: {paid}, with the guard off", "paid", paid)


# --- T29 ------------------------------------------------------------------------------------


@pytest.mark.trust("T29")
def test_a_browser_that_comes_back_proves_nothing(verdict, counter):
    wrong = []
    for code in CODES:
        attempt = counter.opened(code)
        url = f"/odeme/{attempt.payment.public_id}/donus/{attempt.reference}/"
        client = Client()
        client.force_login(counter.payer)
        edited = {"status": "success", "amount": "120.00", "token": "x", "TURKPOS_RETVAL_Sonuc": "1"}
        for go in (client.get, client.post):
            page = go(url, edited, follow=True)
            attempt.refresh_from_db()
            waits = (
                "haber bekliyoruz" in page.content.decode() or "word from the bank" in page.content.decode()
            )
            if attempt.captured_at or not waits:
                wrong.append((code, "before", attempt.status))
        counter.bank.pay(attempt.reference)
        time.sleep(2.1)  # the bank is asked every two seconds at most
        client.get(url)
        attempt.refresh_from_db()
        if not attempt.captured_at:
            wrong.append((code, "after", attempt.status))
    verdict(f"wrong: {wrong or 'none'}", "waits before, asks the bank, paid after", not wrong)


@pytest.mark.trust("T29")
def test_who_believes_browsers_gives_things_away(verdict, counter, monkeypatch):
    """The guard switched off: coming back counts as paid."""
    attempt = counter.opened("iyzico")

    def believe(*, attempt: Attempt, now: Any) -> None:
        said = {
            "reference": attempt.reference,
            "amount": attempt.amount,
            "currency": "TRY",
            "is_signed": True,
        }
        services.settle(attempt=attempt, outcome=settling.Outcome(settling.State.SETTLED, **said), now=now)

    monkeypatch.setattr(services, "take_return", believe)
    Client().get(f"/odeme/{attempt.payment.public_id}/donus/{attempt.reference}/")
    bank_says, books_say = counter.bank.total("iyzico"), stands_at("iyzico")
    verdict(f"bank {bank_says}, books {books_say} with the guard off", "different", bank_says != books_say)

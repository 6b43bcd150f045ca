"""Card numbers, CVVs, tokens and identity numbers that come in by any door are found nowhere afterwards."""

from __future__ import annotations

import logging

import pytest
from django.core import mail as sent_mail
from django.test import Client
from django.urls import reverse

from core import journal
from payments import links, masking
from tests.access import attack

pytestmark = pytest.mark.django_db
PLANTED = {
    "card_number": "5528790000000008",
    "cvv": "cvv-70707",
    "token": "belirtec-5f2a9c",
    "identityNumber": "10000000146",
    "cardHolderName": "KART SAHIBI",
}


def found(log: str) -> list[str]:
    everything = "\n".join(text for _table, text in attack.rows()) + log
    everything += "\n".join(mail.body for mail in sent_mail.outbox)
    return sorted(name for name, value in PLANTED.items() if value in everything)


def test_nothing_that_was_planted_is_kept(till, ayse, caplog):
    client = Client()
    client.force_login(ayse)
    payment = till.start("120")
    with caplog.at_level(logging.DEBUG):
        client.post(links.path(payment), {"method": "card", "card": "scripted", **PLANTED})
        attempt = payment.attempts.get()
        client.post(reverse("payments_return", args=[payment.public_id, attempt.reference]), PLANTED)
        client.post("/odeme/bildirim/scripted/", PLANTED)  # forged
        till.provider.pay(attempt.reference)
        body = till.provider.message(attempt.reference, **PLANTED).body
        client.post("/odeme/bildirim/scripted/", body, content_type="application/json")
        while journal.sweep():
            pass
    payment.refresh_from_db()
    assert payment.status == "paid"
    assert found(caplog.text) == []


def test_the_scan_finds_what_is_kept(till, ayse, monkeypatch):
    """The guard switched off: messages are kept as they came."""
    monkeypatch.setattr(masking, "raw", lambda body: body.decode())
    attempt = till.choose(till.start("120"))
    till.provider.pay(attempt.reference)
    body = till.provider.message(attempt.reference, **PLANTED).body
    Client().post("/odeme/bildirim/scripted/", body, content_type="application/json")
    assert found("") == sorted(PLANTED)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (b'{"token": "x1", "paymentId": "77"}', "77"),
        (b"hash=abc&merchant_oid=REF&total_amount=100", "merchant_oid=REF"),
        (b"\xff\x00 not readable 5528790000000008", "[card?]"),
        (b'{"a": [{"cardNumber": "5528790000000008"}]}', "[card?]"),
    ],
)
def test_what_is_needed_stays_readable(body, kept):
    raw = masking.raw(body)
    assert kept in raw
    assert "5528790000000008" not in raw
    assert "x1" not in raw
    assert "abc" not in raw

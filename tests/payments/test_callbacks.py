"""The doors of providers and of browsers that come back: signed words act once, all else does nothing."""

from __future__ import annotations

import json
import logging

import pytest
from django.urls import reverse

from finance.models import CommissionLine
from payments.models import GatewayEvent
from payments.states import AttemptStatus, PaymentStatus
from payments.views.machines import LARGEST

pytestmark = pytest.mark.django_db
CALLBACK = "/odeme/bildirim/scripted/"


@pytest.fixture
def paid_over_there(till):
    attempt = till.choose(till.start("120"))
    till.provider.pay(attempt.reference)
    return attempt


def tell(client, till, attempt, **changes):
    body = till.provider.message(getattr(attempt, "reference", attempt), **changes).body
    return client.post(CALLBACK, body, content_type="application/json")


def test_a_signed_message_pays(client, till, paid_over_there):
    answer = tell(client, till, paid_over_there)
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"OK", "text/plain")
    paid_over_there.payment.refresh_from_db()
    assert paid_over_there.payment.status == PaymentStatus.PAID


def test_forty_times_the_same_act_once(client, till, paid_over_there):
    for _ in range(40):
        assert tell(client, till, paid_over_there).status_code == 200
    assert (GatewayEvent.objects.count(), CommissionLine.objects.count()) == (1, 1)
    assert GatewayEvent.objects.get().repeats == 39


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"sign": "no"}', b"x" * LARGEST])
def test_a_forged_message_does_nothing_and_is_noted_once(client, till, paid_over_there, body, caplog):
    with caplog.at_level(logging.WARNING, "payments.security"):
        answer = client.post(CALLBACK, body, content_type="application/json")
    assert answer.status_code == 400
    assert len([one for one in caplog.records if one.name == "payments.security"]) == 1
    assert not GatewayEvent.objects.exists()


def test_a_large_message_is_not_read(client, till):
    answer = client.post(CALLBACK, b"x" * (LARGEST + 1), content_type="application/json")
    assert answer.status_code == 413


def test_only_posts_of_providers_we_have(client, till):
    assert client.get(CALLBACK).status_code == 405
    assert client.post("/odeme/bildirim/baska/", {}).status_code == 404


def test_a_message_about_no_payment_of_ours_stays_to_be_seen(client, till):
    assert tell(client, till, "Z" * 20).status_code == 200
    event = GatewayEvent.objects.get()
    assert (event.attempt, event.outcome) == (None, "no attempt of ours")


def test_a_message_of_another_provider_is_not_about_ours(client, till, paid_over_there):
    body = till.provider.message(paid_over_there.reference).body
    client.post("/odeme/bildirim/whole/", body, content_type="application/json")
    paid_over_there.refresh_from_db()
    assert paid_over_there.status == AttemptStatus.STARTED


def test_a_message_whose_work_broke_is_done_when_it_comes_again(client, till, paid_over_there, monkeypatch):
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("payments.services.hearing.settle", lambda **_: 1 / 0)
        assert tell(client, till, paid_over_there).status_code == 500
    assert GatewayEvent.objects.get().handled_at is None
    tell(client, till, paid_over_there)
    assert CommissionLine.objects.count() == 1


def test_secrets_of_a_message_are_not_kept(client, till, paid_over_there):
    told = {"token": "GIZLIBELIRTEC", "card": "5528790000000008", "identityNumber": "10000000146"}
    tell(client, till, paid_over_there, **told)
    raw = GatewayEvent.objects.get().raw
    assert not [value for value in told.values() if value in raw]
    assert json.loads(raw)["reference"] == paid_over_there.reference


# --- Browsers -------------------------------------------------------------------------------


def back(client, attempt, method="get", **data):
    url = reverse("payments_return", args=[attempt.payment.public_id, attempt.reference])
    return getattr(client, method)(url, data)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_return_asks_the_provider(client, till, paid_over_there, method):
    answer = back(client, paid_over_there, method, status="success")
    assert answer.status_code == 302
    paid_over_there.refresh_from_db()
    assert paid_over_there.status == AttemptStatus.CAPTURED


def test_a_return_proves_nothing(client, till):
    attempt = till.choose(till.start("120"))
    back(client, attempt, status="success", amount="120.00")
    attempt.refresh_from_db()
    assert attempt.status == AttemptStatus.STARTED


def test_a_return_to_a_wrong_address_is_nobodys(client, till, paid_over_there):
    url = f"/odeme/{paid_over_there.payment.public_id}/donus/{'A' * 20}/"
    assert client.get(url).status_code == 404


def test_doors_stay_open_during_upkeep():
    from upkeep.addresses import is_kept_open

    public_id = "6f1c7f0e-4b1b-4c62-9a53-6d2f6a3a9f10"
    assert is_kept_open("/odeme/bildirim/paytr/")
    assert is_kept_open(f"/odeme/{public_id}/donus/AAAA/")
    assert not is_kept_open(f"/odeme/{public_id}/")

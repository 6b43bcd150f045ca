"""Ödeme: the ways that are shown are the ways there are; what is cancelled goes back on its day."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core import proofs
from payments import proofs as own_proofs
from payments import services
from payments.models import GatewayEvent, OpenMethod, Payment, Reason, RefundPart, TopUp
from payments.services import accounts
from payments.states import RefundStatus
from tests.payments.conftest import provider  # noqa: F401

pytestmark = pytest.mark.django_db
ANSWER = "/yardim/odeme-ve-faturalandirma/odeme-yontemleri/"
LATE_EVENING = datetime(2026, 11, 30, 23, 50, tzinfo=ZoneInfo("Europe/Istanbul"))


def started(user: User, amount: str = "120", key: str = "söz") -> Payment:
    row = TopUp.objects.create(user=user, amount=Decimal(amount), created_at=timezone.now())
    return services.start_payment(key=key, payables=[row], payer=user, now=timezone.now())


def paid(user: User, provider, amount: str = "120", key: str = "söz") -> Payment:  # noqa: F811
    payment = started(user, amount, key)
    given = {"provider": "scripted", "method": "card", "wallet_amount": Decimal(0), "now": timezone.now()}
    attempt = services.choose(payment=payment, **given)
    provider.pay(attempt.reference)
    services.look_up_attempt(attempt=attempt, now=timezone.now())
    payment.refresh_from_db()
    return payment


def offered(user: User, payment: Payment) -> str:
    client = Client()
    client.force_login(user)
    return client.get(f"/odeme/{payment.public_id}/").content.decode()


def table(client: Client) -> str:
    return str(BeautifulSoup(client.get(ANSWER).content, "html.parser").select_one(".table-region"))


def test_a_closed_way_is_gone_from_checkout_and_answer(client, ayse, admin_of_demo):
    """Hangi ödeme yöntemlerini destekliyorsunuz?"""
    payment = started(ayse)
    for name in ("iyzico", "PayTR", "Param"):
        assert name in table(client)
        assert name in offered(ayse, payment)
    assert proofs.examine("payments.ways_as_shown").state == proofs.State.OK

    services.set_way(way=OpenMethod.objects.get(provider="paytr"), is_open=False, by=admin_of_demo)

    for page in (table(client), offered(ayse, payment)):
        assert "PayTR" not in page
        assert "iyzico" in page
    assert proofs.examine("payments.ways_as_shown").state == proofs.State.OK


@pytest.fixture
def admin_of_demo(db) -> User:
    return User.objects.get(email="yonetici@ornek.test")


def test_no_form_and_no_model_takes_a_card(ayse, monkeypatch):
    """Kart numarası alan bir alan yok; biri eklense kanıt kırmızı olur."""
    page = BeautifulSoup(offered(ayse, started(ayse)), "html.parser")
    fields = {field.get("name", "") for field in page.select("main input, main select, main textarea")}
    assert fields <= {"csrfmiddlewaretoken", "use_wallet", "method", "card", "transfer"}
    assert not page.select("main input[type=text], main input[type=tel], main input[autocomplete^=cc-]")
    assert own_proofs._fields_of_forms() == own_proofs._fields_of_models() == []

    monkeypatch.setitem(own_proofs.forms.TopUp.base_fields, "card_number", None)
    assert proofs.examine("payments.ways_as_shown").state == proofs.State.FAILED


def test_a_message_that_comes_forty_times_acts_once(ayse, provider):  # noqa: F811
    """Aynı bildirim kırk kez gelse de bir kez sayılır."""
    payment = started(ayse)
    given = {"provider": "scripted", "method": "card", "wallet_amount": Decimal(0), "now": timezone.now()}
    attempt = services.choose(payment=payment, **given)
    provider.pay(attempt.reference)
    before = wallet(ayse)
    body = provider.message(attempt.reference).body
    for _ in range(40):
        Client().post("/odeme/bildirim/scripted/", body, content_type="application/json")
    assert wallet(ayse) == before + 120
    assert GatewayEvent.objects.get(attempt=attempt).repeats == 39
    assert json.loads(body)["reference"] == attempt.reference


def wallet(user: User) -> Decimal:
    from finance import ledger

    return ledger.balance(accounts.wallet(user))


def test_what_is_cancelled_goes_back_on_its_day(ayse, provider, monkeypatch):  # noqa: F811
    """İade süreci nasıl işliyor?"""
    monkeypatch.setattr(TopUp, "payee", property(lambda row: clinic()))
    monkeypatch.setattr(TopUp, "module", "store")
    with time_machine.travel(LATE_EVENING, tick=False):
        item = mixed(ayse, provider).items.get()
        before = wallet(ayse)
        facts = {"reason": Reason.CANCELLED, "by": ayse, "now": timezone.now()}
        refund = services.refund_item(key="iptal", item=item, amount=item.amount, **facts)
        assert wallet(ayse) == before + 50  # on return
        services.send_due(now=timezone.now())
        card = refund.parts.get(attempt__isnull=False)
        assert timezone.localdate(card.submitted_at) == LATE_EVENING.date()
        assert card.status == RefundStatus.SUCCEEDED
    assert proofs.examine("payments.refund_same_day").state == proofs.State.OK
    with pytest.raises(services.returning.TooMuchBack):
        services.refund_item(key="fazla", item=item, amount=Decimal("0.01"), **facts)


def test_a_bank_that_refuses_or_is_silent_gives_it_to_a_person_the_same_day(ayse, provider):  # noqa: F811
    """Banka reddederse iade aynı gün bir çalışanın önüne düşer."""
    for trouble in ("refused", "silent"):
        provider.at_refund, provider.at_find = trouble, "silent"
        with time_machine.travel(LATE_EVENING, tick=False):
            item = paid(ayse, provider, key=trouble).items.get()
            facts = {"reason": Reason.GOODWILL, "by": None, "now": timezone.now()}
            part = services.refund_item(key=trouble, item=item, amount=Decimal(50), **facts).parts.get()
            services.send_due(now=timezone.now())
            services.watch(now=timezone.now())
            part.refresh_from_db()
            assert timezone.localdate(part.with_person_at) == LATE_EVENING.date()


def test_the_proof_sees_a_refund_that_nobody_sent(ayse, provider):  # noqa: F811
    """Gönderilmeyen bir iadeyi kanıt görür."""
    item = paid(ayse, provider).items.get()
    facts = {"reason": Reason.GOODWILL, "by": None, "now": timezone.now() - timedelta(days=2)}
    services.refund_item(key="unutulan", item=item, amount=Decimal(50), **facts)
    assert proofs.examine("payments.refund_same_day").state == proofs.State.FAILED


def test_the_books_and_the_refunds_agree(ayse, provider):  # noqa: F811
    """Yolda olan para kuruşu kuruşuna bilinir."""
    assert proofs.examine("payments.nothing_left_over").state == proofs.State.OK
    item = paid(ayse, provider).items.get()
    facts = {"reason": Reason.GOODWILL, "by": None, "now": timezone.now()}
    services.refund_item(key="yolda", item=item, amount=Decimal(50), **facts)
    assert proofs.examine("payments.nothing_left_over").state == proofs.State.OK
    RefundPart.objects.filter(refund__key="yolda").update(amount=Decimal(49))
    assert proofs.examine("payments.nothing_left_over").state == proofs.State.FAILED


def clinic():
    from teams.models import Business

    return Business.objects.get(name="Ihlamur Veteriner")


def mixed(user: User, provider) -> Payment:  # noqa: F811
    """50 from the wallet, 70 by card."""
    payment = started(user)
    given = {"provider": "scripted", "method": "card", "wallet_amount": Decimal(50), "now": timezone.now()}
    attempt = services.choose(payment=payment, **given)
    provider.pay(attempt.reference)
    services.look_up_attempt(attempt=attempt, now=timezone.now())
    return payment

"""The back office: who may, what the time line says, what people decide."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core import journal
from core.models import Line
from editorial import setup
from notifications.models import Notice
from payments import events, services
from payments.models import OpenMethod, Reason, Refund
from payments.states import AttemptStatus, RefundStatus
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
D = Decimal


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def money(person):
    """Two people of the money desk."""
    from django.contrib.auth.models import Group

    setup.run(approver=None, deputy=None)
    people = [person("Mert", "Arslan"), person("Nazlı", "Kara")]
    for user, group in zip(people, ("Finans", "Finans onaylayan"), strict=True):
        user.groups.add(Group.objects.get(name=group))
    return people


@pytest.fixture
def desk(money) -> Client:
    return signed_in(money[0])


def show(client, payment) -> str:
    return client.get(reverse("payments_office", args=[payment.pk])).content.decode()


PAGES = ["payments_search", "payments_waiting", "payments_ways"]


def test_only_the_money_desk(till, money, desk, cem):
    payment = till.paid("120")
    urls = [reverse(name) for name in PAGES] + [reverse("payments_office", args=[payment.pk])]
    assert [desk.get(url).status_code for url in urls] == [200] * 4
    stranger = signed_in(cem)
    assert {stranger.get(url).status_code for url in urls} <= {302, 403}
    assert {Client().get(url).status_code for url in urls} == {302}


def test_a_payment_is_found_by_many_things(till, desk, ayse):
    payment = till.paid("123.45")
    reference = payment.attempts.get().reference
    for query in ("ayse@", "Yıldız", reference, f"DV-{reference[:8]}", "123,45", str(payment.public_id)):
        assert (
            reverse("payments_office", args=[payment.pk])
            in desk.get(reverse("payments_search"), {"q": query}).content.decode()
        ), query
    assert "Bir şey bulunamadı" in desk.get(reverse("payments_search"), {"q": "yok"}).content.decode()


def test_one_line_of_everything_that_happened(till, desk, client):
    payment = till.start("120")
    attempt = till.choose(payment)
    till.provider.pay(attempt.reference)
    body = till.provider.message(attempt.reference).body
    for _ in range(2):
        client.post("/odeme/bildirim/scripted/", body, content_type="application/json")
    item = payment.items.get()
    services.refund_item(
        key="r", item=item, amount=D(50), reason=Reason.GOODWILL, by=None, now=timezone.now()
    )
    services.send_due(now=timezone.now())
    page = show(desk, payment)
    for words in (
        "Deneme: Çekildi",
        "Yeniden gelme: 1",
        "₺50,00: Kabul edildi",
        "Ödendi",
        "Ham bildirim",
        attempt.reference,
    ):
        assert words in page, words
    assert Line.objects.filter(name=events.READ).count() == 1


def test_the_time_line_costs_the_same_for_many(till, desk):
    payment = till.paid("120")
    item = payment.items.get()

    def back(number: int) -> None:
        facts = {"reason": Reason.GOODWILL, "by": None, "now": timezone.now()}
        item.refresh_from_db()
        services.refund_item(key=f"r{number}", item=item, amount=D(2), **facts)
        services.send_due(now=timezone.now())

    back(0)
    show(desk, payment)
    with CaptureQueriesContext(connection) as one:
        show(desk, payment)
    for number in range(1, 20):
        back(number)
    with CaptureQueriesContext(connection) as many:
        show(desk, payment)
    assert len(one) == len(many), f"{len(one)} and {len(many)}"


def test_a_refund_by_staff_once_with_the_password(till, desk, money):
    payment = till.paid("120")
    form = desk.get(reverse("payments_office", args=[payment.pk])).context["form"]
    data = {"key": form.initial["key"], "item": payment.items.get().pk, "amount": "50", "reason": "goodwill"}
    url = reverse("payments_refund", args=[payment.pk])
    unsure = Client()
    unsure.force_login(money[0])
    session = unsure.session
    session["account_authentication_methods"] = []
    session.save()
    assert "/hesap/" in unsure.post(url, data).url
    assert not Refund.objects.exists()
    assert [desk.post(url, data).status_code for _ in range(2)] == [302, 302]
    refund = Refund.objects.get()
    assert (refund.amount, refund.by) == (50, money[0])
    assert desk.post(url, data | {"key": "0" * 32, "amount": "500"}).status_code == 422


def test_the_bank_is_asked_by_a_press(till, desk):
    attempt = till.choose(till.start("120"))
    till.provider.pay(attempt.reference)
    desk.post(reverse("payments_ask_bank", args=[attempt.pk]))
    attempt.refresh_from_db()
    assert attempt.status == AttemptStatus.CAPTURED


def test_figures_that_differ_are_decided(till, desk, money):
    attempts = []
    for number in range(2):
        attempts.append(till.choose(till.start("120", key=f"o{number}")))
        till.pay(attempts[-1], amount=D(100))
    page = desk.get(reverse("payments_waiting")).content.decode()
    assert page.count("₺100,00 geldi: geri ver") == 2
    desk.post(reverse("payments_resolve", args=[attempts[0].pk]), {"return": "1"})
    desk.post(reverse("payments_resolve", args=[attempts[1].pk]), {"nothing": "1"})
    assert Refund.objects.get().amount == 100
    attempts[1].refresh_from_db()
    assert attempts[1].status == AttemptStatus.FAILED
    again = desk.post(reverse("payments_resolve", args=[attempts[0].pk]), {"return": "1"}, follow=True)
    assert again.status_code == 200
    assert Refund.objects.count() == 1


def test_two_people_send_it_by_hand(till, desk, money):
    payment = till.start("120")
    till.pay(till.choose(payment, way="transfer", method="transfer"))
    item = payment.items.get()
    facts = {"reason": Reason.CANCELLED, "by": None, "now": timezone.now()}
    part = services.refund_item(key="r", item=item, amount=D(50), **facts).parts.get()
    while journal.sweep():
        pass
    assert Notice.objects.filter(kind="payments.refund_needs_person").count() == 2
    assert "bugün bir çalışan istiyor" in desk.get("/yonetim/").content.decode()
    url = reverse("payments_part", args=[part.pk])
    desk.post(url, {"sent": "1", "bank_reference": "EFT 7"})
    desk.post(url, {"confirm": "1"})
    part.refresh_from_db()
    assert part.status == RefundStatus.MANUAL
    signed_in(money[1]).post(url, {"confirm": "1"})
    part.refresh_from_db()
    assert (part.status, part.settled_by, part.approved_by) == (RefundStatus.SUCCEEDED, *money)


def test_a_refused_refund_waits_for_a_person_who_tries_again(till, desk):
    item = till.paid("120").items.get()
    till.provider.at_refund = "refused"
    facts = {"reason": Reason.CANCELLED, "by": None, "now": timezone.now()}
    part = services.refund_item(key="r", item=item, amount=D(50), **facts).parts.get()
    services.send_due(now=timezone.now())
    assert "Yeniden dene" in desk.get(reverse("payments_waiting")).content.decode()
    till.provider.at_refund = ""
    desk.post(reverse("payments_part", args=[part.pk]), {"again": "1"})
    services.send_due(now=timezone.now() + timedelta(seconds=1))
    part.refresh_from_db()
    assert part.status == RefundStatus.SUCCEEDED


def test_a_way_is_closed_and_opened(till, desk):
    way = OpenMethod.objects.get(provider="scripted")
    desk.post(reverse("payments_ways"), {"way": way.pk, "close": "1"})
    way.refresh_from_db()
    assert not way.is_open
    desk.post(reverse("payments_ways"), {"way": way.pk, "open": "1"})
    way.refresh_from_db()
    assert way.is_open
    assert Line.objects.filter(name=events.WAY).count() == 2

"""A carrier's pages: it answers, sees its journeys, sends its drivers a link; nobody else's."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import TextMessage
from booking.transfers.models import Quote
from booking.transfers.states import Asked
from core.models import Mail
from tests.factories import teams
from tests.factories import transfers as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, offering, bora):
    client.force_login(bora)
    return client


def at(name: str, offering, *more) -> str:
    return reverse(name, args=[offering.business.slug, *more])


def answer(request, **more) -> dict[str, object]:
    vehicle, driver = make.stands(request.offering)
    local = timezone.localtime(request.earliest)
    facts = {"price": "2380", "day": f"{local:%Y-%m-%d}", "time": "08:30", "hours": "6", "minutes": "30"}
    return (
        facts | {"vehicle": vehicle.public_id, "driver": driver.public_id, "holds": "24", "note": ""} | more
    )


def test_requests_are_read_and_answered(desk, offering, ayse):
    assert "Henüz kimse" in desk.get(at("business_quotes", offering)).content.decode()
    request = make.asked(offering, ayse)
    assert "Konak" in desk.get(at("business_quotes", offering)).content.decode()
    page = at("business_quote", offering, request.public_id)
    shown = desk.get(page).content.decode()
    assert "Kadıköy" in shown
    for secret in ("Moda Cad", "Şehitleri", "532"):
        assert secret not in shown
    assert desk.post(page, answer(request)).url == page
    quote = Quote.objects.get()
    assert (quote.price, quote.minutes) == (2380, 390)
    assert timezone.localtime(quote.pickup_at).minute == 30
    assert desk.get(page).status_code == 200
    desk.post(page, answer(request, price="1900,50"))
    assert Quote.objects.get(status="sent").price == Decimal("1900.50")


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": "0"},
        {"price": ""},
        {"time": ""},
        {"hours": "0", "minutes": "0"},
        {"holds": "9"},
        {"day": "2020-01-01"},
    ],
)
def test_wrong_answers_come_back(desk, offering, ayse, wrong):
    request = make.asked(offering, ayse)
    page = at("business_quote", offering, request.public_id)
    got = desk.post(page, answer(request, **wrong))
    assert got.status_code == 422
    assert not Quote.objects.exists()


def test_a_vehicle_of_somebody_else_is_none_to_choose(desk, offering, ayse, cem):
    other = make.carrier(cem, "Başka Taşıma")
    request = make.asked(offering, ayse)
    vehicle, _driver = make.stands(other)
    page = at("business_quote", offering, request.public_id)
    assert desk.post(page, answer(request, vehicle=vehicle.public_id)).status_code == 422


def test_declining(desk, offering, ayse):
    request = make.asked(offering, ayse)
    page = at("business_quote_decline", offering, request.public_id)
    assert desk.get(page).status_code == 200
    assert desk.post(page, {"reason": ""}).status_code == 422
    desk.post(page, {"reason": "O gün doluyuz"})
    request.refresh_from_db()
    assert (request.status, request.reason) == (Asked.DECLINED, "O gün doluyuz")


def test_journeys_of_today_and_the_card(desk, offering, ayse):
    soon = timezone.now() + timedelta(minutes=45)
    job = make.fixed(offering, ayse, when=soon)
    page = desk.get(at("business_transfers", offering)).content.decode()
    assert job.animals in page
    if timezone.localdate(soon) == timezone.localdate():
        assert job.animals in desk.get(at("business_panel", offering)).content.decode()
    one = desk.get(at("business_transfer", offering, job.public_id)).content.decode()
    assert "Moda Cad. 12" in one
    booking = desk.get(at("business_booking", offering, job.booking.public_id)).content.decode()
    assert "adim/geldi" not in booking
    assert at("business_transfer", offering, job.public_id) in booking
    assert desk.get(at("business_calendar", offering)).status_code == 200


def test_a_link_for_a_driver_without_an_account(desk, offering, ayse):
    job = make.fixed(offering, ayse)
    page = at("business_transfer_link", offering, job.public_id)
    assert desk.get(page).status_code == 200
    assert desk.post(page, {"phone": "", "email": ""}).status_code == 422
    desk.post(page, {"phone": "0532 765 43 21", "email": ""})
    desk.post(page, {"phone": "", "email": "surucu@ornek.test"})
    assert "/nakil/surucu/" in TextMessage.objects.get(to="+905327654321").text
    assert "/nakil/surucu/" in Mail.objects.get(to="surucu@ornek.test").text
    assert make.fresh(job).link_number == 3


def test_links_are_not_sent_without_end(desk, offering, ayse):
    job = make.fixed(offering, ayse)
    page = at("business_transfer_link", offering, job.public_id)
    got = [desk.post(page, {"phone": "", "email": "s@ornek.test"}).status_code for _n in range(7)]
    assert got == [302] * 6 + [422]


def test_only_members_with_the_right_of_this_carrier(client, offering, ayse, cem, deniz):
    job = make.rolling(offering, ayse)
    request, event = make.asked(offering, ayse), job.events.get()
    teams.member(offering.business, cem, "accountant")
    make.carrier(deniz, "Başka Taşıma")
    pages = [
        at("business_quotes", offering),
        at("business_quote", offering, request.public_id),
        at("business_quote_decline", offering, request.public_id),
        at("business_transfers", offering),
        at("business_transfer", offering, job.public_id),
        at("business_transfer_live", offering, job.public_id),
        at("business_transfer_photo", offering, job.public_id, event.public_id),
        at("business_transfer_link", offering, job.public_id),
    ]
    for user, expected in ((cem, 403), (deniz, 404), (ayse, 404)):
        client.force_login(user)
        for page in pages:
            assert client.get(page).status_code == expected, (user, page)
            assert client.post(page).status_code in (expected, 405), (user, page)
    client.logout()
    for page in pages:
        assert "/hesap/giris/" in client.get(page).url


def test_another_carriers_things_are_not_reached_by_the_own_address(client, offering, ayse, deniz):
    other = make.carrier(deniz, "Başka Taşıma")
    job, request = make.rolling(offering, ayse), make.asked(offering, ayse)
    client.force_login(deniz)
    for name, thing in (
        ("business_quote", request.public_id),
        ("business_quote_decline", request.public_id),
        ("business_transfer", job.public_id),
        ("business_transfer_live", job.public_id),
        ("business_transfer_link", job.public_id),
        ("business_transfer_drive", job.public_id),
    ):
        assert client.get(at(name, other, thing)).status_code == 404, name
        assert client.post(at(name, other, thing), {"reason": "x"}).status_code in (404, 405), name


def test_lists_cost_the_same_for_many(client, wide, ayse, bora):
    client.force_login(bora)
    now = timezone.now() + timedelta(minutes=45)
    pages = [at("business_quotes", wide), at("business_transfers", wide), at("business_panel", wide)]
    make.fixed(wide, ayse, when=now)
    make.quoted(make.asked(wide, ayse, when=now + timedelta(days=30)))
    make.asked(wide, ayse)
    make.fixed(wide, ayse, when=now + timedelta(days=9))
    [_cost(client, page) for page in pages]
    few = [_cost(client, page) for page in pages]
    make.fixed(wide, ayse, when=now, number=1)
    for number in range(1, 3):
        make.fixed(wide, ayse, when=now + timedelta(days=number))
        make.quoted(make.asked(wide, ayse, when=now + timedelta(days=30 + number)))
    assert [_cost(client, page) for page in pages] == few


def _cost(client, page) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)

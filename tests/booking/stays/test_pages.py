"""Pages of stays: what a night costs, another day of leaving, what is asked on arrival."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking.models import Booking
from booking.requirements.models import Answer, Care, Diet, OwnRequirement, Tick
from booking.stays.models import LeavingChange, LeavingWish
from core import money
from tests.booking.stays.test_leaving import arrived, fix
from tests.factories import booking as make
from tests.factories import pets, teams

pytestmark = pytest.mark.django_db


def mine(name, booking):
    return reverse(f"my_{name}", args=[booking.public_id])


def desk(name, booking, *more):
    return reverse(f"business_{name}", args=[booking.business.slug, booking.public_id, *more])


def text(answer):
    return answer.content.decode()


# --- Before booking -------------------------------------------------------------------------


def test_two_animals_and_nights_are_broken_down(client, stay, ayse):
    animals = [pets.pet(ayse, "Duman"), pets.pet(ayse, "Boncuk"), pets.pet(ayse, "Zeytin")]
    client.force_login(ayse)
    start = make.at(make.monday(), 14)
    asked = {"hayvan": [str(one.public_id) for one in animals], "gece": "4", "saat": start.isoformat()}
    page = text(client.get(reverse("offering", args=[stay.public_id]), asked))
    for amount in (4 * 850, 4 * 2 * 400, 4 * 1650):
        assert money.display(Decimal(amount)) in page
    assert "4 gece × ₺850,00" in page
    assert "4 gece × 2 ek hayvan × ₺400,00" in page
    assert "14:00" in page
    assert "12:00" in page
    assert "Mikroçip" in page or "Çip" in page


def test_one_animal_has_one_line(client, stay, ayse):
    pets.pet(ayse, "Duman")
    client.force_login(ayse)
    page = text(client.get(reverse("offering", args=[stay.public_id]), {"gece": "2"}))
    assert "2 gece × ₺850,00" in page
    assert "ek hayvan ×" not in page


# --- On arrival -----------------------------------------------------------------------------


def test_the_owner_fills_it_in(client, booked, ayse):
    client.force_login(ayse)
    assert "Kuduz" in text(client.get(booked.url()))
    address, item = mine("booking_arrival", booked), booked.items.get().pk
    page = text(client.get(address))
    assert f"rabies_{item}_on" in page
    assert f"identity_{item}" not in page  # stands in the file
    given = timezone.localdate() - timedelta(days=3)
    typed = {
        f"rabies_{item}_on": str(given),
        f"rabies_{item}_until": str(given + timedelta(days=365)),
        f"feeding_{item}": "Sabah akşam 40 g",
        f"medicine_{item}": "",
        "contact_name": "Oya Kurt",
        "contact_phone": "0532 000 00 05",
        "vet_name": "",
        "vet_phone": "",
    }
    wrong = typed | {f"rabies_{item}_until": str(given)}
    answer = client.post(address, wrong)
    assert answer.status_code == 422
    assert "Sabah akşam 40 g" in text(answer)
    assert client.post(address, typed).status_code == 302
    assert Answer.objects.get().given_on == given
    assert Care.objects.get().contact_phone == "+905320000005"
    assert Diet.objects.get().feeding == "Sabah akşam 40 g"
    page = text(client.get(booked.url()))
    assert "Oya Kurt" in page
    Booking.objects.filter(pk=booked.pk).update(status="completed")
    assert client.get(address).status_code == 404


def test_days_still_to_come_and_bad_numbers_are_refused(client, stay, ayse):
    pet = pets.pet(ayse, "Boncuk")
    booking = make.held(stay, ayse, make.at(make.monday(), 14), animals=[pet])
    make.pay(booking)
    client.force_login(ayse)
    item = booking.items.get().pk
    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = {f"identity_{item}": "123", f"rabies_{item}_on": str(tomorrow)}
    answer = client.post(mine("booking_arrival", booking), typed)
    assert answer.status_code == 422
    for name in (f"identity_{item}", f"rabies_{item}_on"):
        assert f"id_{name}_error" in text(answer)


def test_the_desk_sees_ticks_and_waives(client, booked, hotel, bora):
    row = OwnRequirement.objects.create(
        business=hotel, kind="stay", what="other", words="Mama", since=booked.made_at - timedelta(days=1)
    )
    client.force_login(bora)
    page = text(client.get(desk("booking", booked)))
    assert "Mama" in page
    answer = client.post(desk("booking_step", booked, "geldi"), follow=True)
    assert "Kuduz" in text(answer).split("booking-desk__when")[0]
    item, given = booked.items.get().pk, timezone.localdate() - timedelta(days=9)
    assert client.get(desk("booking_arrival", booked)).status_code == 200
    client.post(desk("booking_arrival", booked), {f"rabies_{item}_on": str(given)})
    assert Tick.objects.get().code == "rabies"
    waive = f"{desk('booking_waive', booked)}?kod={row.code}&hayvan={item}"
    assert client.post(waive, {"reason": ""}).status_code == 422
    assert client.get(waive).status_code == 200
    assert client.get(f"{desk('booking_waive', booked)}?kod=yok").status_code == 404
    assert client.post(waive, {"reason": "Mamayı biz veririz"}).status_code == 302
    client.post(desk("booking_step", booked, "geldi"))
    booked.refresh_from_db()
    assert booked.status == "in_service"
    assert "Mamayı biz veririz" in text(client.get(desk("booking", booked)))


def test_a_tick_at_the_desk(client, booked, bora):
    client.force_login(bora)
    item = str(booked.items.get().pk)
    client.post(desk("booking_seen", booked), {"kod": "identity", "hayvan": item})
    assert Tick.objects.get().code == "identity"
    client.post(desk("booking_seen", booked), {"kod": "identity", "hayvan": item})
    assert not Tick.objects.exists()
    client.post(desk("booking_seen", booked), {"kod": "identity", "hayvan": "99999999"})
    client.post(desk("booking_seen", booked), {"kod": "identity", "hayvan": "x"})
    assert not Tick.objects.exists()


def test_what_a_business_asks_for(client, hotel, stay, bora):
    client.force_login(bora)
    address = reverse("business_requirements", args=[hotel.slug])
    assert client.get(address).status_code == 200
    new = reverse("business_requirement_new", args=[hotel.slug])
    assert client.get(f"{new}?tur=visit").status_code == 404
    assert client.post(f"{new}?tur=stay", {"what": "vaccine", "vaccine": ""}).status_code == 422
    assert client.post(f"{new}?tur=stay", {"what": "other", "words": ""}).status_code == 422
    given = {"what": "vaccine", "vaccine": "kennel_cough", "species": ["dog"], "words": "gereksiz"}
    assert client.post(f"{new}?tur=stay", given).status_code == 302
    assert client.post(f"{new}?tur=stay", given).status_code == 422
    row = OwnRequirement.objects.get()
    assert row.title in text(client.get(address))
    assert row.title in text(client.get(reverse("offering", args=[stay.public_id])))
    client.post(reverse("business_requirement_retire", args=[hotel.slug, row.pk]))
    assert row.title not in text(client.get(reverse("offering", args=[stay.public_id])))


def test_a_clinic_asks_for_nothing(client, ayse):
    clinic = make.clinic(ayse, "Çınar Veteriner")
    client.force_login(ayse)
    assert client.get(reverse("business_requirements", args=[clinic.slug])).status_code == 404
    assert client.get(reverse("business_reports", args=[clinic.slug])).status_code == 404


# --- Leaving --------------------------------------------------------------------------------


def test_the_owner_stays_longer_and_leaves_earlier(client, booked, ayse):
    client.force_login(ayse)
    address, last = mine("stay_leaving", booked), timezone.localdate(booked.ends_at)
    assert client.get(address).status_code == 200
    page = text(client.get(address, {"gun": str(last + timedelta(days=2))}))
    assert 'name="agreed" value="1700.00"' in page
    later = {"gun": str(last + timedelta(days=2)), "agreed": "850.00"}
    client.post(address, later)
    assert not LeavingChange.objects.exists()
    client.post(address, later | {"agreed": "1700.00"})
    booked.refresh_from_db()
    assert (booked.nights, booked.price) == (5, 5 * 850)
    assert "Daha uzun kalıyor" in text(client.get(booked.url()))
    back = text(client.get(address, {"gun": str(last)}))
    amount = back.split('name="agreed" value="')[1].split('"')[0]
    client.post(address, {"gun": str(last), "agreed": amount})
    booked.refresh_from_db()
    assert booked.nights == 3
    for wrong in ("", "NaN", "abc"):
        client.post(address, {"gun": str(last - timedelta(days=1)), "agreed": wrong})
    booked.refresh_from_db()
    assert booked.nights == 3
    assert client.post(address, {"gun": "2020-01-01", "agreed": "1"}).status_code == 422


def test_the_desk_changes_it_and_decides(client, booked, bora):
    client.force_login(bora)
    address, last = desk("stay_leaving", booked), timezone.localdate(booked.ends_at)
    assert client.get(address).status_code == 200
    earlier = {"gun": str(last - timedelta(days=1)), "back": "9000"}
    assert client.post(address, earlier).status_code == 422
    assert client.post(address, earlier | {"back": "850,00"}).status_code == 302
    booked.refresh_from_db()
    assert (booked.nights, booked.refunded) == (2, 850)


def test_the_desk_says_how_much_goes_back(client, booked, bora, ayse):
    from booking.states import By
    from booking.stays import services as stays

    day = timezone.localdate(booked.starts_at) + timedelta(days=1)
    arrived(booked)
    change = stays.shorten(
        booking=booked, day=day, role=By.CUSTOMER, by=ayse, now=booked.starts_at, back=Decimal(0)
    )
    client.force_login(bora)
    assert "Duman" in text(client.get(reverse("business_reports", args=[booked.business.slug])))
    address = desk("stay_back", booked, change.pk)
    assert client.get(address).status_code == 200
    assert client.post(address, {"amount": "9999"}).status_code == 422
    assert client.post(address, {"amount": "500"}).status_code == 302
    assert client.get(address).status_code == 404
    booked.refresh_from_db()
    assert booked.refunded == 500


def test_a_wish_is_answered(client, booked, stay, ayse, bora):
    type(stay).objects.update(on_request=True)
    last = timezone.localdate(booked.ends_at)
    asked = {"gun": str(last + timedelta(days=1)), "agreed": "850.00"}
    client.force_login(ayse)
    client.post(mine("stay_leaving", booked), asked)
    assert LeavingWish.objects.exists()
    assert client.get(booked.url()).status_code == 200
    client.post(mine("stay_wish_back", booked))
    assert not LeavingWish.objects.exists()
    client.post(mine("stay_leaving", booked), asked)
    client.force_login(bora)
    assert client.get(desk("booking", booked)).status_code == 200
    client.post(desk("stay_wish_accept", booked))
    booked.refresh_from_db()
    assert booked.nights == 4
    client.post(desk("stay_wish_decline", booked))
    assert LeavingChange.objects.count() == 1


# --- Whose ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["booking_arrival", "stay_leaving", "stay_wish_back"])
def test_a_strangers_stay_is_not_there(client, booked, bora, name):
    client.force_login(bora)
    answer = client.post(mine(name, booked)) if name == "stay_wish_back" else client.get(mine(name, booked))
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("template", "reports", "asked"), [("manager", 200, 200), ("staff", 200, 403), ("accountant", 403, 403)]
)
def test_rights_at_a_hotel(client, hotel, booked, cem, template, reports, asked):
    row = OwnRequirement.objects.create(business=hotel, kind="stay", what="vet", since=timezone.now())
    pages = {
        reverse("business_reports", args=[hotel.slug]): reports,
        reverse("business_requirements", args=[hotel.slug]): asked,
        reverse("business_requirement_new", args=[hotel.slug]): asked,
    }
    client.force_login(cem)
    assert {client.get(page).status_code for page in pages} == {404}
    teams.member(hotel, cem, template)
    assert {page: client.get(page).status_code for page in pages} == pages
    retire = reverse("business_requirement_retire", args=[hotel.slug, row.pk])
    assert client.post(retire).status_code == (302 if asked == 200 else 403)
    client.logout()
    assert client.get(reverse("business_reports", args=[hotel.slug])).status_code == 302


def test_what_another_hotel_asks_for_is_not_ours(client, hotel, ayse, bora):
    other = make.clinic(ayse, "Başka Otel", "hotel")
    row = OwnRequirement.objects.create(business=other, kind="stay", what="vet", since=timezone.now())
    client.force_login(bora)
    assert client.post(reverse("business_requirement_retire", args=[hotel.slug, row.pk])).status_code == 404


def test_a_visit_has_no_pages_of_a_stay(client, bora, ayse):
    clinic = make.clinic(bora)
    visit = fix(make.held(make.offering(clinic, make.resource(clinic)), ayse, make.at(make.monday(), 9)))
    client.force_login(ayse)
    assert client.get(mine("stay_leaving", visit)).status_code == 404
    assert client.get(mine("booking_arrival", visit)).status_code == 404
    client.force_login(bora)
    assert client.get(desk("stay_report", visit)).status_code == 404
    assert client.get(desk("booking_arrival", visit)).status_code == 404


def test_pages_cost_the_same_with_many(client, booked, stay, ayse, bora, duman):
    def cost(address):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    client.force_login(bora)
    type(stay.needs.get().resources.get()).objects.update(capacity=60)
    reports = reverse("business_reports", args=[booked.business.slug])
    arrived(booked)
    pages = [reports, desk("booking", booked), desk("stay_leaving", booked)]
    booked.reports.create(day=make.monday(5), text="x", written_at=timezone.now())
    [cost(one) for one in pages]
    few = [cost(one) for one in pages]
    for number in range(20):
        pet = pets.pet(ayse, f"Konuk {number}")
        arrived(fix(make.held(stay, ayse, make.at(make.monday(), 14), animals=[pet], nights=2)))
        booked.reports.create(day=make.monday() - timedelta(days=number), text="x", written_at=timezone.now())
    assert [cost(one) for one in pages] == few


def test_who_may_waive(client, booked, hotel, bora, cem, deniz):
    asked = OwnRequirement.objects.create(
        business=hotel, kind="stay", what="other", words="Mama", since=booked.made_at - timedelta(days=1)
    )
    waive = f"{desk('booking_waive', booked)}?kod={asked.code}&hayvan={booked.items.get().pk}"
    teams.member(hotel, cem, "accountant")
    for user, status in ((bora, 200), (cem, 403), (deniz, 404)):
        client.force_login(user)
        assert client.get(waive).status_code == status
        assert status == 200 or client.post(waive, {"reason": "Olsun"}).status_code == status
    assert not Tick.objects.exists()

"""Pages of courses: every session before it is kept, the rest of it given up, the desk's form."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking.models import Booking
from booking.series.models import Course
from booking.states import Status
from core import money
from tests.booking.series.conftest import WEEK, first, held, of, pay, rows
from tests.factories import booking as make
from tests.factories import pets

pytestmark = pytest.mark.django_db


def page_of(course):
    return reverse("course", args=[course.offering.public_id])


def rest_of(booking):
    return reverse("my_course_rest", args=[booking.public_id])


def desk(name, offering):
    return reverse(name, args=[offering.business.slug, offering.public_id])


def text(answer):
    return answer.content.decode()


def asked(pet, **more):
    return {"saat": first().isoformat(), "hayvan": str(pet.public_id)} | more


def test_from_the_offering_to_a_payment(client, course, visit, ayse):
    pet = pets.pet(ayse)
    client.force_login(ayse)
    page = text(client.get(visit.get_absolute_url(), asked(pet)))
    assert f'action="{page_of(course)}"' in page
    assert money.display(Decimal(1800)) in page
    page = text(client.get(page_of(course), asked(pet)))
    assert page.count("course__session") >= 4
    assert money.display(Decimal(1800)) in page
    assert money.display(Decimal(450)) in page
    answer = client.post(page_of(course), asked(pet, key="k"))
    assert answer.status_code == 302
    assert client.get(answer.url).status_code == 200
    assert Booking.objects.filter(status=Status.HELD).count() == 4
    assert client.post(page_of(course), asked(pet, key="k")).url == answer.url
    assert money.display(Decimal(1800)) in text(client.get(Booking.objects.get(place=3).url()))


def test_one_lost_in_between_is_refused_with_what_is_free(client, course, visit, ayse, bora):
    other = make.offering(visit.business, visit.needs.get().resources.get(), name="Kontrol")
    make.held(other, bora, first() + WEEK)
    pet = pets.pet(ayse)
    client.force_login(ayse)
    answer = client.post(page_of(course), asked(pet, key="k"))
    assert answer.status_code == 409
    instead = first() + WEEK + timedelta(minutes=30)
    assert f'name="saat2" id="saat2-{int(instead.timestamp())}"' in text(answer)
    assert not Booking.objects.filter(customer=ayse).exists()
    page = text(client.get(page_of(course), asked(pet, saat2=instead.isoformat())))
    hidden = f'<input type="hidden" name="saat2" value="{timezone.localtime(instead).isoformat()}">'
    assert hidden in page
    assert client.post(page_of(course), asked(pet, key="k", saat2=instead.isoformat())).status_code == 302


def test_signing_in_keeps_the_choices(client, course, ayse):
    moment = (first() + WEEK + timedelta(hours=1)).isoformat()
    answer = client.post(page_of(course), asked(pets.pet(ayse), saat2=moment))
    assert answer.status_code == 302
    assert "saat2" in answer.url


@pytest.mark.parametrize("saat", ["", "x", "2026-01-01T09:00", "9999-99-99T00:00+03:00"])
def test_without_a_first_time_one_goes_back_to_choose(client, course, visit, ayse, saat):
    assert client.get(page_of(course), {"saat": saat}).url == visit.get_absolute_url()
    client.force_login(ayse)
    assert client.post(page_of(course), {"saat": saat}).status_code == 302


def test_what_is_no_course_or_not_open_is_404(client, course, visit):
    other = make.offering(visit.business, name="Kontrol")
    assert client.get(reverse("course", args=[other.public_id]), {"saat": "x"}).status_code == 404
    type(visit).objects.update(is_open=False)
    assert client.get(page_of(course)).status_code == 404


def test_single_times_are_not_held_by_another_way(client, course, visit, ayse):
    client.force_login(ayse)
    assert client.post(visit.get_absolute_url(), asked(pets.pet(ayse), key="k")).status_code == 422
    assert not Booking.objects.exists()


def test_hers_are_listed_and_the_rest_is_given_up(client, fixed, ayse):
    client.force_login(ayse)
    page = text(client.get(rows(fixed)[2].url()))
    assert all(one.url() in page for one in rows(fixed) if one.place != 3)
    assert rest_of(rows(fixed)[2]) in page
    page = text(client.get(rest_of(fixed)))
    assert 'name="agreed" value="1800.00"' in page
    refused = client.post(rest_of(fixed), {"agreed": "1350.00", "sessions": "3"})
    assert refused.status_code == 422
    for nonsense in ({}, {"agreed": "x", "sessions": "4"}, {"agreed": "1800.00", "sessions": "²"}):
        assert client.post(rest_of(fixed), nonsense).status_code == 422
    assert client.post(rest_of(fixed), {"agreed": "1800.00", "sessions": "4"}).url == fixed.url()
    assert {one.status for one in Booking.objects.all()} == {Status.CANCELLED}
    assert client.get(rest_of(fixed)).status_code == 200


def test_a_strangers_course_and_a_single_time_are_404(client, fixed, visit, ayse, bora):
    client.force_login(bora)
    for send in (client.get, client.post):
        assert send(rest_of(fixed)).status_code == 404
    assert client.get(fixed.url()).status_code == 404
    Course.objects.all().delete()
    visit.refresh_from_db()
    single = make.held(visit, bora, first() + timedelta(hours=3))
    assert client.get(rest_of(single)).status_code == 404


def test_the_desk_sells_a_course_and_stops(client, visit, bora):
    client.force_login(bora)
    where = desk("business_course", visit)
    assert where in text(client.get(desk("business_offering", visit)))
    assert client.get(where).status_code == 200
    dear = client.post(where, {"sessions": "3", "every_weeks": "4", "price": "1500,01"})
    assert dear.status_code == 422
    assert "1500,01" in text(dear)
    for wrong in ({"sessions": "13"}, {"every_weeks": "0"}, {"price": "2"}, {"sessions": ""}):
        given = {"sessions": "3", "every_weeks": "4", "price": "1200"} | wrong
        assert client.post(where, given).status_code == 422
    assert client.post(where, {"sessions": "3", "every_weeks": "4", "price": "1200"}).status_code == 302
    assert Course.objects.get().price == 1200
    client.post(desk("business_course_end", visit))
    assert not Course.objects.exists()


def test_stays_have_no_courses(client, visit, bora):
    type(visit).objects.update(kind="consultation")
    client.force_login(bora)
    assert client.get(desk("business_course", visit)).status_code == 404


def test_the_desk_sees_the_sessions(client, fixed, visit, bora):
    client.force_login(bora)
    page = text(client.get(reverse("business_booking", args=[visit.business.slug, fixed.public_id])))
    assert all(str(one.public_id) in page for one in rows(fixed))


def test_pages_cost_the_same_for_two_and_twelve(client, visit, ayse, bora):
    pet, counts = pets.pet(ayse), []
    for number, sessions in enumerate((2, 12)):
        Course.objects.all().delete()
        course = of(visit, sessions=sessions, price=900)
        start = first() + timedelta(hours=number)
        head = held(course, ayse, start=start, animals=[pet])
        pay(head)
        visit_page = reverse("business_booking", args=[visit.business.slug, head.public_id])
        wanted = {"saat": (start + timedelta(hours=3)).isoformat(), "hayvan": str(pet.public_id)}
        seen = []
        for who, address, given in (
            (ayse, page_of(course), wanted),
            (ayse, head.url(), {}),
            (ayse, rest_of(head), {}),
            (ayse, reverse("my_bookings"), {}),
            (bora, visit_page, {}),
        ):
            client.force_login(who)
            client.get(address, given)
            with CaptureQueriesContext(
                connection,
            ) as found:
                assert client.get(address, given).status_code == 200
            seen.append(len(found))
        counts.append(seen)
    assert counts[0] == counts[1]

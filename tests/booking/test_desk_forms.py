"""Forms and buttons of the business side, through the doors people use."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from booking import moved, services
from booking.models import Absence, Booking, BusyFeed, Offering, Resource
from booking.services import Guest
from booking.states import Status
from payments import queries as money
from tests.factories import booking as make
from tests.factories import sales, teams

pytestmark = pytest.mark.django_db
NOW = timezone.now
GUEST = Guest("Melek Su", "+905321234567", "Boncuk", "rabbit")


@pytest.fixture
def clinic(bora):
    return make.clinic(bora)


@pytest.fixture
def vets(clinic):
    return [make.resource(clinic, name) for name in ("Dr. Bora", "Dr. Elif")]


@pytest.fixture
def visit(clinic, vets):
    return make.offering(clinic, vets)


@pytest.fixture
def nine():
    return make.at(make.monday(2), 9)


@pytest.fixture
def guest(visit, bora, nine):
    return services.walk_in(offering=visit, guest=GUEST, starts_at=nine, by=bora, now=NOW())


@pytest.fixture
def desk(client, bora):
    client.force_login(bora)
    return client


def url(name, clinic, *more):
    return reverse(name, args=[clinic.slug, *more])


def filled(client, page, **more):
    """The form of a page as a browser would send it, with some of it changed."""
    form = BeautifulSoup(client.get(page).content, "html.parser").select_one("form.panel__form")
    data = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            values = [chosen["value"]] if chosen else []
        elif control.get("type") in ("checkbox", "radio"):
            values = [control.get("value", "on")] if control.has_attr("checked") else []
        else:
            values = [control.text if control.name == "textarea" else control.get("value", "")]
        data.setdefault(control["name"], []).extend(values)
    return data | more


# --- Services and what they rest on ----------------------------------------------------------------


def new_offering(client, clinic, vets, **more):
    page = f"{url('business_offering_new', clinic)}?tur=visit"
    wanted = {"name": "Aşı", "price": "400,50", "need_1": [one.pk for one in vets]} | more
    return client.post(page, filled(client, page, **wanted))


def test_a_service_is_written_changed_opened_and_closed(desk, clinic, vets):
    assert new_offering(desk, clinic, vets).status_code == 302
    row = Offering.objects.get()
    assert (row.kind, row.name, str(row.price), row.is_open) == ("visit", "Aşı", "400.50", False)
    assert row.policy == [[24, 100], [3, 50]]
    page = url("business_offering", clinic, row.public_id)
    assert (
        desk.post(page, filled(desk, page, name="Kuduz aşısı", hours_2="", percent_2="")).status_code == 302
    )
    row.refresh_from_db()
    assert (row.name, row.policy, row.needs.get().resources.count()) == ("Kuduz aşısı", [[24, 100]], 2)
    for is_open in (True, False):
        desk.post(url("business_offering_switch", clinic, row.public_id))
        row.refresh_from_db()
        assert row.is_open is is_open


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours_1": "3", "percent_1": "50", "hours_2": "24", "percent_2": "100"},
        {"hours_3": "2", "percent_3": ""},
        {"count_1": "9"},
        {"price": "-1"},
        {"name": ""},
        {"minutes": "2"},
        {"deposit_percent": "130"},
        {"horizon_days": "-3"},
        {"need_1": ["0"]},
    ],
)
def test_a_service_that_makes_no_sense_is_said_beside_its_field(desk, clinic, vets, wrong):
    answer = new_offering(desk, clinic, vets, **wrong)
    assert answer.status_code == 422
    assert not Offering.objects.exists()
    assert set(answer.context["form"].errors) & set(wrong)


def test_a_service_without_anything_is_not_opened(desk, clinic, vets):
    new_offering(desk, clinic, vets, need_1=[])
    row = Offering.objects.get()
    answer = desk.post(url("business_offering_switch", clinic, row.public_id), follow=True)
    row.refresh_from_db()
    assert not row.is_open
    assert "dayandığını" in answer.content.decode()


def test_kinds_of_others_cannot_be_offered(desk, clinic):
    assert desk.get(f"{url('business_offering_new', clinic)}?tur=stay").status_code == 404


def test_the_suggestions_make_a_clinic_bookable(desk, clinic):
    page = url("business_booking_setup", clinic)
    prices = {f"price_{number}": "100" for number in range(4)}
    assert desk.post(page, filled(desk, page, **prices)).status_code == 302
    assert Offering.objects.filter(is_open=True).count() == 4
    assert Resource.objects.get().membership.user == clinic.memberships.get().user
    assert desk.get(page).status_code == 302
    desk.post(page, prices)
    assert Offering.objects.count() == 4


def test_suggestions_without_a_price_or_a_person(desk, clinic):
    page = url("business_booking_setup", clinic)
    answer = desk.post(page, filled(desk, page))
    assert (answer.status_code, Offering.objects.count()) == (422, 0)
    given = filled(desk, page, **{f"price_{number}": "1" for number in range(4)})
    del given["stand_0"]
    assert desk.post(page, given).status_code == 422


def test_a_resource_is_made_gets_hours_and_is_retired(desk, clinic):
    page = url("business_resource_new", clinic)
    wanted = {"name": "Röntgen odası", "kind": "room"}
    assert desk.post(page, filled(desk, page, **wanted)).status_code == 302
    row = Resource.objects.get()
    hours = {"d0_1_from": "09:00", "d0_1_to": "12:00"}
    assert desk.post(url("business_resource_shifts", clinic, row.public_id), hours).status_code == 302
    assert row.shifts.get().starts == 9 * 60
    wrong = {"d0_1_from": "09:00", "d0_1_to": ""}
    assert desk.post(url("business_resource_shifts", clinic, row.public_id), wrong).status_code == 422
    desk.post(url("business_resource_retire", clinic, row.public_id))
    row.refresh_from_db()
    assert not row.is_active
    page = url("business_resource", clinic, row.public_id)
    desk.post(page, filled(desk, page, is_active="on"))
    row.refresh_from_db()
    assert row.is_active


def test_one_name_in_a_branch(desk, clinic, vets):
    page = url("business_resource_new", clinic)
    answer = desk.post(page, filled(desk, page, name="Dr. Bora", kind="person"))
    assert answer.status_code == 422
    assert Resource.objects.count() == 2


def test_what_is_booked_on_is_not_retired(desk, clinic, vets, guest):
    desk.post(url("business_resource_retire", clinic, vets[0].public_id))
    vets[0].refresh_from_db()
    assert vets[0].is_active


@pytest.mark.parametrize("wrong", ["", "x", "http://ornek.test/a.ics", "ftp://ornek.test/a.ics"])
def test_addresses_that_are_none(desk, clinic, vets, wrong):
    page = url("business_feed_add", clinic, vets[0].public_id)
    assert desk.post(page, {"url": wrong}).status_code == 422
    assert not BusyFeed.objects.exists()


def test_another_calendar_is_read_and_let_go(desk, clinic, vets):
    page = url("business_feed_add", clinic, vets[0].public_id)
    assert desk.post(page, {"url": "webcal://takvim.ornek.test/gizli/a.ics"}).status_code == 302
    feed = BusyFeed.objects.get()
    assert feed.url.startswith("https://")
    shown = desk.get(url("business_resource", clinic, vets[0].public_id)).content.decode()
    assert "takvim.ornek.test" in shown
    assert "gizli" not in shown
    assert desk.post(page, {"url": feed.url}).status_code == 422
    desk.post(url("business_feed_remove", clinic, vets[0].public_id, feed.pk))
    assert not BusyFeed.objects.exists()


# --- The day --------------------------------------------------------------------------------------


def block(client, clinic, vet, first, **more):
    data = {"resource": str(vet.public_id), "kind": "leave", "first": first, "last": first} | more
    return client.post(url("business_block", clinic), data)


def test_blocked_time_leads_to_what_stands_in_it(desk, clinic, vets, guest, nine):
    answer = block(desk, clinic, vets[0], nine.date())
    row = Absence.objects.get()
    assert answer.url == url("business_absence", clinic, row.pk)
    assert "Boncuk" in desk.get(answer.url).content.decode()
    assert row.during.upper - row.during.lower == timedelta(days=1)
    desk.post(url("business_absence_remove", clinic, row.pk))
    assert not Absence.objects.exists()


def test_blocked_hours(desk, clinic, vets, nine):
    answer = block(desk, clinic, vets[0], nine.date(), starts="12:00", ends="13:00")
    assert "takvim" in answer.url
    assert Absence.objects.get().during.lower == nine + timedelta(hours=3)


@pytest.mark.parametrize(
    "wrong",
    [{"starts": "12:00"}, {"starts": "12:00", "ends": "11:00"}, {"last": "2020-01-01"}, {"kind": "feed"}],
)
def test_blocked_time_without_sense(desk, clinic, vets, nine, wrong):
    assert block(desk, clinic, vets[0], nine.date(), **wrong).status_code == 422
    assert not Absence.objects.exists()


def walk_in(client, clinic, offering, moment, **more):
    local = timezone.localtime(moment)
    data = {
        "offering": str(offering.public_id),
        "gun": local.date(),
        "saat": f"{local:%H:%M}",
        "name": "Melek Su",
        "phone": "0532 123 45 67",
        "animal": "Boncuk",
        "species": "rabbit",
    }
    return client.post(url("business_walk_in", clinic), data | more)


def test_a_walk_in_through_its_form(desk, clinic, visit, vets, nine):
    assert walk_in(desk, clinic, visit, nine, kaynak=str(vets[1].public_id)).status_code == 302
    booking = Booking.objects.get()
    assert booking.claims.get().resource == vets[1]
    assert booking.guest_phone == "+905321234567"
    answer = walk_in(desk, clinic, visit, nine, kaynak=str(vets[1].public_id))
    assert answer.status_code == 422
    assert "Melek Su" in answer.content.decode()
    assert Booking.objects.count() == 1


def refuses(client, clinic, visit, offering, resource, nine):
    """Neither in the block nor in the walk-in can these be chosen."""
    assert block(client, clinic, resource, nine.date()).status_code == 422
    assert walk_in(client, clinic, offering, nine).status_code == 422
    answer = walk_in(client, clinic, visit, nine, kaynak=str(resource.public_id))
    assert "kaynak" in answer.context["form"].errors
    assert not Absence.objects.exists()
    assert not Booking.objects.exists()


def test_what_others_have_is_no_choice(desk, clinic, visit, deniz, nine):
    theirs = make.resource(make.clinic(deniz, "Papatya"))
    refuses(desk, clinic, visit, make.offering(theirs.business, theirs), theirs, nine)


def test_what_is_out_of_use_is_no_choice(desk, clinic, visit, vets, nine):
    Resource.objects.filter(pk=vets[0].pk).update(is_active=False)
    assert block(desk, clinic, vets[0], nine.date()).status_code == 422


@pytest.fixture
def elsewhere(client, clinic, cem):
    """A manager of another branch."""
    member = teams.member(clinic, cem, "manager")
    member.locations.set([clinic.locations.create(name="Şişli")])
    client.force_login(cem)
    return client


def test_what_stands_in_another_branch_is_no_choice(elsewhere, clinic, visit, vets, nine):
    refuses(elsewhere, clinic, visit, visit, vets[0], nine)


def test_what_stands_in_another_branch_is_not_there(elsewhere, clinic, visit, vets, asked, nine):
    away = services.add_absence(
        resource=vets[0], kind="leave", starts_at=nine, ends_at=nine + timedelta(days=1), by=None
    )
    for name, key in (
        ("business_absence", away.pk),
        ("business_offering", visit.public_id),
        ("business_resource", vets[0].public_id),
    ):
        assert elsewhere.get(url(name, clinic, key)).status_code == 404, name
    assert "Pamuk" not in elsewhere.get(url("business_requests", clinic)).content.decode()


def test_what_another_calendar_says_is_changed_there(desk, clinic, vets, nine):
    feed = BusyFeed.objects.create(resource=vets[0], url="https://takvim.ornek.test/a.ics")
    during = (nine, nine + timedelta(hours=1))
    row = Absence.objects.create(resource=vets[0], kind=Absence.Kind.FEED, feed=feed, during=during)
    assert desk.get(url("business_absence", clinic, row.pk)).status_code == 404
    assert desk.post(url("business_absence_remove", clinic, row.pk)).status_code == 404


def step(client, clinic, booking, code):
    client.post(reverse("business_booking_step", args=[clinic.slug, booking.public_id, code]))
    booking.refresh_from_db()
    return booking.status


def test_a_day_by_its_buttons(desk, clinic, guest):
    Booking.objects.update(starts_at=NOW() - timedelta(minutes=5))
    assert step(desk, clinic, guest, "geldi") == Status.IN_SERVICE
    step(desk, clinic, guest, "iceri")
    assert guest.taken_in_at
    assert step(desk, clinic, guest, "tamam") == Status.COMPLETED
    assert step(desk, clinic, guest, "geri-al") == Status.IN_SERVICE
    assert step(desk, clinic, guest, "geri-al") == Status.IN_SERVICE
    assert step(desk, clinic, guest, "geri-al") == Status.CONFIRMED
    assert step(desk, clinic, guest, "gelmedi") == Status.NO_SHOW
    assert step(desk, clinic, guest, "geldi") == Status.NO_SHOW


def test_a_step_there_is_not(desk, clinic, guest):
    answer = desk.post(reverse("business_booking_step", args=[clinic.slug, guest.public_id, "uc"]))
    assert answer.status_code == 404


def move(client, clinic, booking, moment, **more):
    local = timezone.localtime(moment)
    data = {"gun": local.date(), "saat": f"{local:%H:%M}"} | more
    return client.post(url("business_booking_move", clinic, booking.public_id), data)


def test_moved_and_moved_back(desk, clinic, guest, vets, nine):
    later = nine + timedelta(hours=2)
    answer = move(desk, clinic, guest, later, kaynak=str(vets[1].public_id))
    assert answer.status_code == 302
    undo = url("business_booking_undo", clinic, guest.public_id)
    assert undo in desk.get(answer.url).content.decode()
    guest.refresh_from_db()
    assert (guest.starts_at, guest.claims.get().resource) == (later, vets[1])
    assert desk.get(undo).status_code == 405
    desk.post(undo)
    guest.refresh_from_db()
    assert (guest.starts_at, guest.claims.get().resource) == (nine, vets[0])
    desk.post(undo)
    guest.refresh_from_db()
    assert guest.starts_at == nine


def test_only_what_one_moved_last_is_moved_back(desk, clinic, visit, guest, bora, nine):
    later = nine + timedelta(hours=2)
    second = services.walk_in(offering=visit, guest=GUEST, starts_at=later, by=bora, now=NOW())
    move(desk, clinic, guest, nine + timedelta(hours=4))
    desk.post(url("business_booking_undo", clinic, second.public_id))
    second.refresh_from_db()
    assert second.starts_at == later


def test_moved_only_to_what_it_may_stand_on(desk, clinic, guest, vets, nine):
    Resource.objects.filter(pk=vets[1].pk).update(is_active=False)
    for one in (make.resource(clinic, "Röntgen", kind="room"), vets[1]):
        answer = move(desk, clinic, guest, nine + timedelta(hours=2), kaynak=str(one.public_id))
        assert "kaynak" in answer.context["form"].errors


def test_moved_back_once(desk, clinic, guest, bora, nine):
    """A page that still shows the button takes nothing back that somebody else did since."""
    undo, later = url("business_booking_undo", clinic, guest.public_id), nine + timedelta(hours=4)
    move(desk, clinic, guest, nine + timedelta(hours=2))
    desk.post(undo)
    guest.refresh_from_db()
    services.rearrange(booking=guest, starts_at=later, by=bora, now=NOW())
    desk.post(undo)
    guest.refresh_from_db()
    assert guest.starts_at == later


def test_after_a_quarter_of_an_hour_it_stays(desk, clinic, guest, nine, monkeypatch):
    later = nine + timedelta(hours=2)
    move(desk, clinic, guest, later)
    monkeypatch.setattr(moved, "FOR", timedelta())
    desk.post(url("business_booking_undo", clinic, guest.public_id))
    guest.refresh_from_db()
    assert guest.starts_at == later


def test_what_was_moved_is_said_in_its_own_business(desk, clinic, guest, bora, nine):
    other = make.clinic(bora, "İkinci")
    move(desk, clinic, guest, nine + timedelta(hours=2))
    assert "geri-tasi" in desk.get(url("business_calendar", clinic)).content.decode()
    assert "geri-tasi" not in desk.get(url("business_calendar", other)).content.decode()


def test_a_move_onto_what_is_taken_is_refused_with_what_was_typed(
    desk, clinic, visit, guest, bora, vets, nine
):
    for vet in vets:
        services.walk_in(
            offering=visit, guest=GUEST, starts_at=nine + timedelta(hours=1), on=[vet], by=bora, now=NOW()
        )
    answer = move(desk, clinic, guest, nine + timedelta(hours=1))
    assert answer.status_code == 422
    assert "10:00" in answer.content.decode()
    guest.refresh_from_db()
    assert guest.starts_at == nine


def test_clearing_an_absence_comes_back_to_it(desk, clinic, guest, vets, bora, nine):
    row = services.add_absence(
        resource=vets[0], kind="leave", starts_at=nine, ends_at=nine + timedelta(days=1), by=bora
    )
    page = url("business_booking_move", clinic, guest.public_id)
    elsewhere = str(row.pk).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for number, hour in ((row.pk, 10), (elsewhere, 11)):
        answer = desk.post(f"{page}?yok={number}", {"gun": nine.date(), "saat": f"{hour}:00"})
        assert answer.url == url("business_absence", clinic, row.pk)


def test_the_absence_of_others_is_no_way_back(desk, clinic, guest, deniz, nine):
    theirs = make.resource(make.clinic(deniz, "Papatya"))
    row = services.add_absence(
        resource=theirs, kind="leave", starts_at=nine, ends_at=nine + timedelta(days=1), by=None
    )
    page = f"{url('business_booking_move', clinic, guest.public_id)}?yok={row.pk}"
    answer = desk.post(page, {"gun": nine.date(), "saat": "10:00"})
    assert answer.url.startswith(f"{url('business_calendar', clinic)}?gun=")


@pytest.fixture
def asked(visit, ayse, nine):
    sales.rate(module="appointment")
    Offering.objects.update(on_request=True)
    visit.refresh_from_db()
    booking = make.held(visit, ayse, nine)
    make.pay(booking)
    return booking


def test_a_request_is_accepted(desk, clinic, asked):
    assert "1" in desk.get(url("business_requests", clinic)).content.decode()
    assert step(desk, clinic, asked, "kabul") == Status.CONFIRMED


def test_a_request_is_declined_with_a_reason_and_its_money_back(desk, clinic, asked, ayse):
    page = url("business_booking_decline", clinic, asked.public_id)
    assert desk.post(page, {"reason": ""}).status_code == 422
    assert desk.post(page, {"reason": "O gün yokuz"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.status, asked.reason, money.balance(ayse)) == (Status.DECLINED, "O gün yokuz", 500)
    assert desk.post(page, {"reason": "Yine"}).status_code == 422


def test_cancelled_by_the_business_all_goes_back(desk, clinic, asked, ayse):
    step(desk, clinic, asked, "kabul")
    page = url("business_booking_cancel", clinic, asked.public_id)
    assert "500" in desk.get(page).content.decode()
    assert desk.post(page, {"reason": "Hastayım"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.status, money.balance(ayse)) == (Status.CANCELLED, 500)
    assert "Hastayım" in desk.get(url("business_booking", clinic, asked.public_id)).content.decode()

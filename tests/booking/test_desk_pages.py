"""Pages of bookings in the panel of a business: that they open, to whom, at what cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking import permissions, services
from booking.models import Absence, Offering
from booking.services import Guest
from teams import rights
from tests.factories import booking as make
from tests.factories import pets, teams

pytestmark = pytest.mark.django_db
NOW, DAY = timezone.now, timedelta(days=1)
GUEST = Guest("Melek Su", "+905321234567", "Boncuk", "rabbit")


@pytest.fixture
def clinic(bora):
    return make.clinic(bora)


@pytest.fixture
def vet(clinic):
    return make.resource(clinic, "Dr. Bora")


@pytest.fixture
def visit(clinic, vet):
    return make.offering(clinic, vet)


@pytest.fixture
def guest(visit, bora):
    return services.walk_in(
        offering=visit, guest=GUEST, starts_at=make.at(make.monday(), 9), by=bora, now=NOW()
    )


@pytest.fixture
def desk(client, bora):
    client.force_login(bora)
    return client


def address(name, clinic, *more, **query):
    tail = "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""
    return reverse(name, args=[clinic.slug, *more]) + tail


def pages(clinic, vet, visit, guest):
    absence = services.add_absence(
        resource=vet, kind="block", starts_at=guest.starts_at, ends_at=guest.ends_at, by=None
    )
    day = guest.starts_at.date()
    return [
        address("business_calendar", clinic),
        *(address("business_calendar", clinic, gun=day, gorunum=one) for one in ("gun", "hafta", "liste")),
        address("business_calendar", clinic, gun=day, kaynak=vet.public_id),
        address("business_calendar", clinic, gun="yok", gorunum="yok", kaynak="yok", sube="yok"),
        address("business_walk_in", clinic),
        address("business_block", clinic),
        address("business_absence", clinic, absence.pk),
        address("business_requests", clinic),
        address("business_booking", clinic, guest.public_id),
        address("business_booking_move", clinic, guest.public_id),
        address("business_booking_cancel", clinic, guest.public_id),
        address("business_offerings", clinic),
        address("business_offering_new", clinic, tur="consultation"),
        address("business_offering", clinic, visit.public_id),
        address("business_resources", clinic),
        address("business_resource_new", clinic),
        address("business_resource", clinic, vet.public_id),
        address("business_resource_shifts", clinic, vet.public_id),
        address("business_feed_add", clinic, vet.public_id),
        address("business_booking_figures", clinic),
        address("business_panel", clinic),
    ]


def test_every_page_opens(desk, clinic, vet, visit, guest):
    for page in pages(clinic, vet, visit, guest):
        answer = desk.get(page)
        assert answer.status_code == 200, page
        assert b"Invalid" not in answer.content, page


def test_an_empty_clinic_is_led_to_its_services(desk, clinic):
    page = desk.get(address("business_calendar", clinic)).content.decode()
    assert reverse("business_offerings", args=[clinic.slug]) in page
    assert desk.get(address("business_booking_setup", clinic)).status_code == 200


def cost(client, page) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


@pytest.mark.parametrize("view", ["gun", "hafta", "liste"])
def test_the_calendar_costs_the_same_with_20_bookings(desk, clinic, visit, bora, guest, view, person):
    day = guest.starts_at.date()
    page = address("business_calendar", clinic, gun=day, gorunum=view)
    cost(desk, page)
    few = cost(desk, page)
    for number in range(1, 20):
        services.walk_in(
            offering=visit,
            guest=GUEST,
            starts_at=guest.starts_at + timedelta(minutes=30 * number),
            by=bora,
            now=NOW(),
        )
    assert cost(desk, page) == few


def test_other_lists_cost_the_same_with_many(desk, clinic, visit, guest):
    lists = ("business_offerings", "business_resources", "business_booking_figures", "business_requests")
    addresses = [address(one, clinic) for one in lists]
    for page in addresses:
        cost(desk, page)
    few = [cost(desk, page) for page in addresses]
    for number in range(5):
        make.offering(clinic, make.resource(clinic), name=f"Muayene {number}")
    assert [cost(desk, page) for page in addresses] == few


def test_requests_and_what_stands_in_an_absence_cost_the_same_with_many(desk, clinic, vet, visit, ayse):
    Offering.objects.update(on_request=True, deposit_percent=0)
    visit.refresh_from_db()
    nine, pet = make.at(make.monday(2), 9), pets.pet(ayse)
    end = nine + timedelta(days=1)
    away = services.add_absence(resource=vet, kind="leave", starts_at=end, ends_at=end + DAY, by=None)
    Absence.objects.filter(pk=away.pk).update(during=(nine, end))
    addresses = [address("business_requests", clinic), address("business_absence", clinic, away.pk)]

    def ask(number: int) -> None:
        Absence.objects.filter(pk=away.pk).update(during=(end, end + DAY))
        starts_at = nine + timedelta(minutes=30 * number)
        services.take_free(booking=make.held(visit, ayse, starts_at, animals=[pet]), by=ayse, now=NOW())
        Absence.objects.filter(pk=away.pk).update(during=(nine, end))

    ask(0)
    for page in addresses:
        cost(desk, page)
    few = [cost(desk, page) for page in addresses]
    for number in range(1, 20):
        ask(number)
    assert [cost(desk, page) for page in addresses] == few
    assert desk.get(addresses[1]).content.decode().count("booking-desk__row") == 20


RIGHTS = [
    ("business_calendar", permissions.CALENDAR),
    ("business_requests", permissions.CALENDAR),
    ("business_offerings", permissions.OFFERINGS),
    ("business_resources", permissions.OFFERINGS),
    ("business_booking_figures", permissions.FIGURES),
]


@pytest.mark.parametrize(("name", "right"), RIGHTS)
def test_each_right_opens_its_pages(client, clinic, cem, name, right):
    role = clinic.roles.create(name="Gece", chosen=[])
    membership = teams.member(clinic, cem)
    type(membership).objects.filter(pk=membership.pk).update(role=role)
    client.force_login(cem)
    assert client.get(address(name, clinic)).status_code == 403
    type(role).objects.filter(pk=role.pk).update(chosen=[right])
    assert client.get(address(name, clinic)).status_code == 200


def test_who_holds_the_rights_from_the_start():
    assert permissions.CALENDAR in rights.of_template(rights.RECEPTION)
    assert permissions.OFFERINGS not in rights.of_template(rights.RECEPTION)
    assert permissions.FIGURES not in rights.of_template(rights.VET)


@pytest.mark.parametrize("module", ["appointment", "consultation", "transfer"])
def test_any_of_three_modules_opens_the_calendar(desk, clinic, module):
    for one in ("appointment", "consultation", "transfer"):
        clinic.module_switches.update_or_create(module=one, defaults={"is_on": one == module})
    page = desk.get(address("business_calendar", clinic))
    assert page.status_code == 200
    assert address("business_calendar", clinic) in page.content.decode()


def test_none_of_the_three_closes_it(desk, clinic):
    for one in ("appointment", "consultation", "transfer"):
        clinic.module_switches.update_or_create(module=one, defaults={"is_on": False})
    assert desk.get(address("business_calendar", clinic)).status_code == 404
    assert address("business_calendar", clinic) not in desk.get(clinic.panel_url).content.decode()


def test_what_belongs_to_others_is_not_found(client, clinic, visit, vet, guest, deniz):
    other = make.clinic(deniz, "Papatya")
    client.force_login(deniz)
    absence = services.add_absence(
        resource=vet, kind="leave", starts_at=guest.starts_at, ends_at=guest.ends_at, by=None
    )
    for name, key in (
        ("business_booking", guest.public_id),
        ("business_booking_move", guest.public_id),
        ("business_offering", visit.public_id),
        ("business_resource", vet.public_id),
        ("business_absence", absence.pk),
    ):
        assert client.get(address(name, other, key)).status_code == 404, name
    assert client.post(address("business_absence_remove", other, absence.pk)).status_code == 404
    assert (
        client.post(reverse("business_booking_step", args=[other.slug, guest.public_id, "geldi"])).status_code
        == 404
    )


def test_a_branch_one_does_not_work_in_is_not_seen(client, clinic, visit, guest, cem):
    away = clinic.locations.create(name="Şişli")
    membership = teams.member(clinic, cem)
    membership.locations.set([away])
    client.force_login(cem)
    assert client.get(address("business_booking", clinic, guest.public_id)).status_code == 404
    for branch in ("", guest.location_id):
        page = address("business_calendar", clinic, gun=guest.starts_at.date(), sube=branch)
        assert "Boncuk" not in client.get(page).content.decode()


def test_the_file_is_linked_only_where_it_is_open(desk, clinic, visit, ayse):
    pet = pets.pet(ayse)
    booking = make.held(visit, ayse, make.at(make.monday(), 11), animals=[pet])
    page = address("business_booking", clinic, booking.public_id)
    link = reverse("pets:patient", args=[clinic.slug, pet.public_id])
    assert link not in desk.get(page).content.decode()
    pets.grant(pet, clinic)
    assert link in desk.get(page).content.decode()


def test_the_file_is_linked_only_for_whom_it_is_open(client, clinic, visit, ayse, bora, cem, deniz):
    pet = pets.pet(ayse)
    booking = make.held(visit, ayse, make.at(make.monday(), 11), animals=[pet])
    page = address("business_booking", clinic, booking.public_id)
    link = reverse("pets:patient", args=[clinic.slug, pet.public_id])
    pets.grant(pet, make.clinic(deniz, "Papatya"))
    client.force_login(bora)
    assert link not in client.get(page).content.decode(), "open for another business"
    pets.grant(pet, clinic)
    assert link in client.get(page).content.decode()
    role = clinic.roles.create(name="Gece", chosen=[permissions.CALENDAR])
    membership = teams.member(clinic, cem)
    type(membership).objects.filter(pk=membership.pk).update(role=role)
    client.force_login(cem)
    assert link not in client.get(page).content.decode(), "without the right to read files"


def test_the_first_page_and_the_search_show_bookings(desk, clinic, guest):
    assert "sıradakiler" in desk.get(clinic.panel_url).content.decode()
    for words in ("Boncuk", "Melek", guest.number[:5], "boncuk"):
        page = desk.get(address("business_search", clinic, q=words)).content.decode()
        assert str(guest.public_id) in page, words


def test_the_search_of_others_finds_nothing(client, clinic, guest, deniz):
    other = make.clinic(deniz, "Papatya")
    client.force_login(deniz)
    page = client.get(address("business_search", other, q="Boncuk")).content.decode()
    assert str(guest.public_id) not in page


def test_the_record_of_the_business_tells_of_the_calendar(desk, clinic, vet, bora):
    services.set_shifts(resource=vet, week={0: [(540, 600)]}, by=bora)
    services.add_feed(resource=vet, url="https://takvim.ornek.test/gizli.ics", by=bora)
    page = desk.get(address("team_records", clinic)).content.decode()
    assert "saatlerini değiştirdi" in page
    assert "takvim.ornek.test" in page
    assert "gizli" not in page

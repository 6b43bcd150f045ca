"""A-09: a stay needs a permit for this address, this work and these animals, valid in every night."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from booking import errors, permits, services
from booking.models import Booking
from booking.services import Guest
from teams.models import Location
from tests.factories import booking as make
from tests.factories import pets, teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def monday():
    return make.monday()


@pytest.fixture
def book(stay, ayse, monday):
    def press(nights: int = 3, species: str = "cat"):
        pet = pets.pet(ayse, "Tonton", species=species)
        return make.held(stay, ayse, make.at(monday, 14), animals=[pet], nights=nights)

    return press


def test_a_night_counts_by_the_day_on_which_it_begins(hotel, book, monday):
    hotel.licences.update(valid_until=monday + timedelta(days=2))
    assert book(3).nights == 3
    with pytest.raises(errors.PermitEnds):
        book(4)


def test_valid_on_the_day_of_booking_is_not_enough(hotel, book, monday):
    hotel.licences.update(valid_until=monday)
    with pytest.raises(errors.PermitEnds) as refused:
        book(2)
    assert str((monday + timedelta(days=1)).day) in str(refused.value.message)


def test_a_renewal_takes_over_in_the_middle(hotel, book, monday):
    hotel.licences.update(valid_until=monday)
    with pytest.raises(errors.PermitEnds):
        book(3)
    teams.licence(hotel, "work_permit", status="in_force", valid_from=monday + timedelta(days=1))
    assert book(3).nights == 3


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"address": "Başka bir yer"}, errors.PermitElsewhere),
        ({"activity": "training"}, errors.PermitForOtherWork),
        ({"species": ["dog"]}, errors.PermitForOtherAnimals),
        ({"valid_until": timezone.localdate()}, errors.PermitEnds),
        ({"status": "expired"}, errors.PermitEnds),
        ({"status": "withdrawn"}, errors.PermitElsewhere),
    ],
)
def test_each_way_to_be_wrong_says_which(hotel, book, facts, wanted):
    hotel.licences.update(**facts)
    with pytest.raises(wanted):
        book()
    assert not Booking.objects.exists()


def test_the_page_shows_what_the_permit_allows(client, hotel, stay, monday):
    hotel.licences.update(valid_until=monday + timedelta(days=3))
    page = client.get(reverse("offering", args=[stay.public_id]), {"hafta": str(monday), "gece": "2"})
    shown = [day.on for day in page.context["choice"].days if day.slots]
    assert shown == [monday, monday + timedelta(days=1), monday + timedelta(days=2)]


def test_the_page_knows_for_which_animals(client, hotel, stay, ayse, monday):
    pets.pet(ayse, "Tonton")
    client.force_login(ayse)
    hotel.licences.update(species=["dog"])
    page = client.get(reverse("offering", args=[stay.public_id]), {"hafta": str(monday)})
    assert not page.context["choice"].has_times


def test_another_branch_has_no_part_in_it(hotel, book):
    other = Location.objects.create(business=hotel, name="Şişli")
    hotel.licences.update(location=other, address=other.address)
    with pytest.raises(errors.PermitElsewhere):
        book()


def test_two_permits_are_not_one_for_both(hotel, stay, ayse, monday):
    hotel.licences.update(species=["cat"])
    teams.licence(hotel, "work_permit", status="in_force", species=["dog"])
    both = [pets.pet(ayse, "Kedi"), pets.pet(ayse, "Köpek", species="dog")]
    with pytest.raises(errors.PermitForOtherAnimals):
        make.held(stay, ayse, make.at(monday, 14), animals=both, nights=1)


def test_the_text_reaches_the_page(client, hotel, stay, ayse, monday):
    pet = pets.pet(ayse, "Pıtır", species="rabbit")
    client.force_login(ayse)
    given = {"saat": make.at(monday, 14).isoformat(), "hayvan": str(pet.public_id), "gece": "2"}
    answer = client.post(reverse("offering", args=[stay.public_id]), given)
    assert answer.status_code == 422
    assert "Tavşan" in answer.content.decode().split("booking__services")[0]


def test_the_desk_is_bound_by_it_too(hotel, stay, booked, bora, monday):
    hotel.licences.update(valid_until=monday + timedelta(days=3))
    more = {"by": bora, "now": timezone.now()}
    with pytest.raises(errors.PermitEnds):
        services.rearrange(booking=booked, starts_at=make.at(monday + timedelta(days=2), 14), **more)
    guest = Guest("Melek", "", "Boncuk", "cat")
    with pytest.raises(errors.PermitEnds):
        services.walk_in(offering=stay, guest=guest, starts_at=make.at(monday, 14), nights=5, **more)


def test_without_the_look_at_each_night_it_would_pass(hotel, book, monday, monkeypatch):
    """The guard switched off."""
    hotel.licences.update(valid_until=monday)
    monkeypatch.setattr(permits, "_check_day", lambda rows, wanted, day: None)
    assert book(3).nights == 3

"""Pages of the waiting list: getting in line, one's own wishes, the desk's view of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking import services as bookings
from booking.errors import WrongPets
from booking.waitlist import demo, handing_out, services
from booking.waitlist.models import Entry
from booking.waitlist.states import Status
from tests.factories import booking as make
from tests.factories import pets, teams, waiting

pytestmark = pytest.mark.django_db


def url(name, entry) -> str:
    return reverse(f"my_wait{name}", args=[entry.public_id])


@pytest.fixture
def pamuk(deniz):
    return pets.pet(deniz)


@pytest.fixture
def entry(visit, taken, deniz, pamuk, day):
    return waiting.wait(visit, deniz, day, animals=[pamuk])


@pytest.fixture
def offered(entry, taken, give_up):
    now = timezone.now()
    bookings.cancel(booking=taken, role="customer", by=taken.customer, now=now)
    slot = next(iter([make.at(entry.first, 9)]))
    from booking.slots import Slot

    handing_out.offer(entry, list(entry.pets.all()), Slot(slot, slot + timedelta(minutes=30)), now=now)
    entry.refresh_from_db()
    return entry


def join(client, visit, pet, day, **more):
    given = {"hayvan": [str(pet.public_id)], "ilk": str(day), "son": str(day)} | more
    return client.post(reverse("waitlist_join", args=[visit.public_id]), given)


def test_the_page_of_the_offering_invites(client, visit, day):
    page = client.get(visit.get_absolute_url(), {"hafta": str(day)}).content.decode()
    assert reverse("waitlist_join", args=[visit.public_id]) in page
    assert f"ilk={day}" in page


def test_getting_in_line(client, visit, taken, deniz, pamuk, day):
    address = reverse("waitlist_join", args=[visit.public_id])
    assert client.get(address).status_code == 302  # signs in first
    client.force_login(deniz)
    page = client.get(address, {"ilk": str(day), "son": str(day)}).content.decode()
    assert f'value="{day}"' in page
    assert "checked" in page  # her only animal
    answer = join(client, visit, pamuk, day, vakit=["sabah"])
    entry = Entry.objects.get()
    assert answer.url == entry.get_absolute_url()
    assert (entry.customer, entry.parts, entry.first) == (deniz, ["sabah"], day)


def test_what_is_refused_comes_back_as_it_was_typed(client, visit, taken, deniz, pamuk, day):
    client.force_login(deniz)
    answer = join(client, visit, pamuk, day, son=str(day - timedelta(days=1)), vakit=["aksam"])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"son"}
    assert 'value="aksam" id="id_vakit_2" checked' in page or "checked" in page.split('value="aksam"')[1][:60]
    assert join(client, visit, pamuk, day, hayvan=[]).status_code == 422
    assert join(client, visit, pamuk, day, ilk="x", son="2026-99-99").status_code == 422
    join(client, visit, pamuk, day)
    assert join(client, visit, pamuk, day).status_code == 422
    assert Entry.objects.count() == 1


def test_a_free_time_is_shown_instead(client, visit, deniz, pamuk, day):
    client.force_login(deniz)
    answer = join(client, visit, pamuk, day)
    assert answer.status_code == 422
    assert "09%3A00" in answer.content.decode().split("notice--ok")[1]
    assert not Entry.objects.exists()


def test_somebody_elses_animal_is_no_choice(client, visit, taken, ayse, deniz, pamuk, day):
    client.force_login(deniz)
    assert join(client, visit, pets.pet(ayse, "Duman"), day).status_code == 422


@pytest.mark.parametrize("case", ["closed", "suspended"])
def test_what_is_not_open_is_not_there(client, visit, taken, deniz, pamuk, day, case):
    client.force_login(deniz)
    if case == "closed":
        type(visit).objects.update(is_open=False)
    else:
        type(visit.business).objects.update(status="suspended")
    assert client.get(reverse("waitlist_join", args=[visit.public_id])).status_code == 404
    assert join(client, visit, pamuk, day).status_code == 404


def test_a_stay_asks_for_nights(client, bora, deniz, pamuk, ayse, day):
    hotel = make.clinic(bora, "Patipark", "hotel", week=range(7))
    stay = make.offering(hotel, make.resource(hotel, kind="kennel"), kind="stay")
    make.held(stay, ayse, make.at(day, 14), nights=2)
    client.force_login(deniz)
    page = client.get(reverse("waitlist_join", args=[stay.public_id]), {"gece": "2"}).content.decode()
    assert 'name="gece"' in page
    assert 'name="vakit"' not in page
    join(client, stay, pamuk, day, gece="2")
    assert Entry.objects.get().nights == 2


# --- Hers ------------------------------------------------------------------------------------------


def test_pages_in_every_state(client, offered, deniz):
    client.force_login(deniz)
    page = client.get(offered.get_absolute_url()).content.decode()
    assert reverse("my_booking_pay", args=[offered.booking.public_id]) in page
    assert url("_pass", offered) in page
    for status in Status:
        Entry.objects.update(status=status, ended_at=timezone.now(), number=1)
        for address in (offered.get_absolute_url(), reverse("my_waits"), reverse("my_bookings")):
            assert client.get(address).status_code == 200
    Entry.objects.update(status="expired", booking=None)
    assert client.get(offered.get_absolute_url()).status_code == 200
    Entry.objects.all().delete()
    assert client.get(reverse("my_waits")).status_code == 200


def test_her_appointments_name_what_she_waits_for(client, entry, deniz):
    client.force_login(deniz)
    page = client.get(reverse("my_bookings")).content.decode()
    assert entry.get_absolute_url() in page
    assert (
        entry.get_absolute_url()
        not in client.get(reverse("my_bookings"), {"donem": "gecmis"}).content.decode()
    )


def test_withdrawing(client, entry, deniz):
    client.force_login(deniz)
    assert client.get(url("_withdraw", entry)).status_code == 405
    assert client.post(url("_withdraw", entry)).url == reverse("my_waits")
    entry.refresh_from_db()
    assert entry.status == Status.WITHDRAWN
    client.post(url("_withdraw", entry))  # twice is said, not broken
    assert client.get(entry.get_absolute_url()).status_code == 200


def test_passing_on_and_getting_in_line_again(client, offered, deniz, ayse, visit):
    client.force_login(deniz)
    client.post(url("_pass", offered))
    offered.refresh_from_db()
    assert offered.status == Status.PASSED
    make.held(visit, ayse, make.at(offered.first, 9), animals=[pets.pet(ayse, "Duman")])
    answer = client.post(url("_again", offered))
    again = Entry.objects.exclude(pk=offered.pk).get()
    assert answer.url == again.get_absolute_url()
    assert (again.status, list(again.pets.all())) == (Status.WAITING, list(offered.pets.all()))


def test_what_is_kept_no_longer_is_not_offered_for_payment(client, offered, deniz):
    client.force_login(deniz)
    pay = reverse("my_booking_pay", args=[offered.booking.public_id])
    assert pay in client.get(offered.get_absolute_url()).content.decode()
    type(offered.booking).objects.update(until=timezone.now())
    assert pay not in client.get(offered.get_absolute_url()).content.decode()


def test_again_is_for_what_is_over_and_has_days_left(client, offered, deniz):
    client.force_login(deniz)
    assert url("_again", offered) not in client.get(offered.get_absolute_url()).content.decode()
    client.post(url("_pass", offered))
    assert url("_again", offered) in client.get(offered.get_absolute_url()).content.decode()
    gone = timezone.localdate() - timedelta(days=1)
    Entry.objects.update(first=gone, last=gone)
    assert url("_again", offered) not in client.get(offered.get_absolute_url()).content.decode()


def test_again_begins_today_when_its_first_day_is_over(offered, deniz, ayse, visit):
    services.pass_on(entry=offered, by=deniz, now=timezone.now())
    make.held(visit, ayse, make.at(offered.first, 9), animals=[pets.pet(ayse, "Duman")])
    offered.first = timezone.localdate() - timedelta(days=1)
    assert services.again(entry=offered, by=deniz, now=timezone.now()).first == timezone.localdate()


@pytest.mark.parametrize("case", ["somebody else keeps it", "died"])
def test_again_only_with_an_animal_that_is_still_hers(entry, deniz, ayse, pamuk, case):
    if case == "died":
        type(pamuk).objects.filter(pk=pamuk.pk).update(status="passed_away", died_on=timezone.localdate())
    else:
        pamuk.keepers.update(user=ayse)
    services.withdraw(entry=entry, by=deniz, now=timezone.now())
    with pytest.raises(WrongPets):
        services.again(entry=entry, by=deniz, now=timezone.now())


def test_taking_it(client, offered, deniz):
    client.force_login(deniz)
    client.post(reverse("my_booking_pay", args=[offered.booking.public_id]))
    offered.booking.refresh_from_db()
    assert offered.booking.status == "confirmed"


@pytest.mark.parametrize("name", ["", "_withdraw", "_pass", "_again"])
def test_a_strangers_wish_is_not_there(client, offered, ayse, name):
    client.force_login(ayse)
    press = client.post if name else client.get
    assert press(url(name, offered)).status_code == 404
    client.logout()
    assert press(url(name, offered)).status_code == 302
    offered.refresh_from_db()
    assert offered.status == Status.OFFERED


# --- The desk's --------------------------------------------------------------------------------------


def desk(clinic) -> str:
    return reverse("business_waitlist", args=[clinic.slug])


def test_the_desk_sees_first_names_and_animals(client, clinic, entry, bora, day):
    client.force_login(bora)
    page = client.get(desk(clinic)).content.decode()
    assert "Deniz" in page
    assert "Deniz Er" not in page
    assert "deniz@" not in page
    assert "Pamuk" in page
    calendar = client.get(
        reverse("business_calendar", args=[clinic.slug]), {"gun": str(day)}
    ).content.decode()
    assert "1 kişi bu günlerde yer bekliyor" in calendar
    other = client.get(
        reverse("business_calendar", args=[clinic.slug]), {"gun": str(day + timedelta(days=1))}
    ).content.decode()
    assert "yer bekliyor" not in other
    assert (
        "1 kişi yer açılmasını bekliyor"
        in client.get(reverse("business_offerings", args=[clinic.slug])).content.decode()
    )


def test_only_with_the_right_and_in_ones_own_branches(client, clinic, entry, bora, cem, person):
    member = teams.member(clinic, cem)
    client.force_login(cem)
    assert "Pamuk" in client.get(desk(clinic)).content.decode()
    member.locations.set([clinic.locations.create(name="Şube")])
    assert "Pamuk" not in client.get(desk(clinic)).content.decode()
    accountant = person("İpek", "Su", email="ipek@ornek.test")
    teams.member(clinic, accountant, "accountant")
    client.force_login(accountant)
    assert client.get(desk(clinic)).status_code == 403


def test_who_waits_elsewhere_is_seen_there(client, entry, cem):
    client.force_login(cem)
    assert "Pamuk" not in client.get(desk(make.clinic(cem, "Papatya"))).content.decode()


def test_who_has_been_offered_something_no_longer_waits(client, clinic, offered, bora):
    client.force_login(bora)
    assert "Pamuk" not in client.get(desk(clinic)).content.decode()


def counted(client, address) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_as_many_statements_for_twenty(client, clinic, visit, entry, deniz, bora, person, day):
    client.force_login(deniz)
    before = {name: counted(client, reverse(name)) for name in ("my_waits", "my_bookings")}
    for number in range(1, 5):
        waiting.wait(visit, deniz, day + timedelta(days=number), animals=[entry.pets.get()])
    assert before == {name: counted(client, reverse(name)) for name in before}
    client.force_login(bora)
    one = counted(client, desk(clinic))
    for number in range(15):
        keeper = person("Sahip", str(number), email=f"s{number}@ornek.test")
        waiting.wait(visit, keeper, day)
    assert counted(client, desk(clinic)) == one


def test_demo_content_waits_once(bora, ayse, person):
    groomer = make.clinic(bora, "Köpük Kuaför", "groomer")
    make.offering(groomer, make.resource(groomer, kind="table"), kind="grooming")
    pets.pet(ayse)
    demo.load()
    demo.load()
    assert Entry.objects.get().status == Status.WAITING

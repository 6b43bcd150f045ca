"""Pages of a consultation for both sides: who reads them, what they ask, what they send along."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking.consultations import services
from booking.consultations.models import Presence
from booking.consultations.states import Side
from legal.models import Acceptance
from pets.models import Grant
from tests.factories import booking as make
from tests.factories import consultations as consult
from tests.factories import pets, teams

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


def mine(room, name: str = "") -> str:
    return reverse(f"my_consultation{name}", args=[room.booking.public_id])


def desk(room, name: str = "") -> str:
    return reverse(f"business_consultation{name}", args=[room.booking.business.slug, room.booking.public_id])


def ticked(notice) -> dict[str, str]:
    return {"accept": "on", "version": str(notice.pk)}


def test_the_owner_enters_after_the_notice(client, live, ayse, notice):
    client.force_login(ayse)
    page = client.get(mine(live)).content.decode()
    assert notice.title in page
    refused = client.post(mine(live), {"version": str(notice.pk)}, headers=JSON)
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["accept"])
    assert not Presence.objects.exists()
    way = client.post(mine(live), ticked(notice), headers=JSON).json()
    assert way["ice"] == []
    seat = Presence.objects.get()
    assert consult.say(client, seat, key=way["token"]).status_code == 200
    assert Acceptance.objects.get().ip == "127.0.0.1"
    assert client.post(mine(live), headers=JSON).status_code == 200, "accepted once for this booking"
    assert Acceptance.objects.count() == 1
    assert not Grant.objects.exists(), "the file was not asked for"


def test_a_version_that_was_replaced_is_not_accepted(client, live, ayse, notice):
    client.force_login(ayse)
    consult.notice(number=2)
    answer = client.post(mine(live), ticked(notice), headers=JSON)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["version"])
    assert not Acceptance.objects.exists()


def test_without_a_text_the_page_says_so(client, live, ayse, monkeypatch):
    monkeypatch.setattr("booking.consultations.advice.DOCUMENT", "yok")
    client.force_login(ayse)
    assert reverse("support:new") in client.get(mine(live)).content.decode()
    answer = client.post(mine(live), headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "no_advice_text")


def test_before_it_opens_the_page_counts_down_and_nobody_enters(client, room, bora, ayse):
    consult.shift(room, timezone.now() + timedelta(hours=1))
    client.force_login(bora)
    page = client.get(desk(room)).content.decode()
    assert 'id="countdown"' in page
    assert re.search(r'id="go"\s+disabled', page)
    answer = client.post(desk(room), headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "room_closed")
    client.force_login(ayse)
    assert 'id="countdown"' in client.get(mine(room)).content.decode()


def test_after_the_end_there_is_no_way_in(client, live, bora):
    consult.shift(live, timezone.now() - timedelta(hours=2))
    client.force_login(bora)
    page = client.get(desk(live)).content.decode()
    assert 'id="enter"' not in page
    assert "consultation.js" not in page


def test_only_its_page_may_use_camera_and_microphone(client, live, ayse, bora):
    client.force_login(ayse)
    assert "camera=(self), microphone=(self)" in client.get(mine(live))["Permissions-Policy"]
    assert "camera=(), microphone=()" in client.get(live.booking.url())["Permissions-Policy"]
    assert "camera=(), microphone=()" in client.get("/")["Permissions-Policy"]
    client.force_login(bora)
    assert "camera=(self)" in client.get(desk(live))["Permissions-Policy"]
    assert "unsafe" not in client.get(desk(live))["Content-Security-Policy"]


def test_strangers_find_nothing(client, live, deniz, ayse, bora):
    deniz_clinic = make.clinic(deniz, "Papatya Klinik")
    for user, addresses in (
        (deniz, [mine(live), mine(live, "_summary"), desk(live), desk(live, "_summary")]),
        (ayse, [desk(live), desk(live, "_address")]),
        (bora, [mine(live), mine(live, "_summary")]),
    ):
        client.force_login(user)
        assert {client.get(one).status_code for one in addresses} == {404}
        assert client.post(mine(live, "_nobody")).status_code == (302 if user == ayse else 404)
    client.force_login(deniz)
    for name in ("", "_address", "_summary"):
        crossed = reverse(f"business_consultation{name}", args=[deniz_clinic.slug, live.booking.public_id])
        assert client.get(crossed).status_code == 404
    client.logout()
    assert client.get(mine(live)).status_code == 302


def test_rights_of_members(client, live, cem, person):
    business = live.booking.business
    teams.member(business, cem, "reception")
    client.force_login(cem)
    assert client.get(desk(live)).status_code == 200
    assert client.get(desk(live, "_summary")).status_code == 403, "no right to write into files"
    books = person("İpek", "Su", email="ipek@ornek.test")
    teams.member(business, books, "accountant")
    client.force_login(books)
    assert client.get(desk(live)).status_code == 403
    business.memberships.get(user=cem).locations.add(business.locations.create(name="Şişli"))
    client.force_login(cem)
    assert client.get(desk(live)).status_code == 404, "another branch"


def test_she_opens_the_file_until_the_room_closes(client, live, ayse, notice):
    client.force_login(ayse)
    client.post(mine(live), ticked(notice) | {"share": "on"}, headers=JSON)
    grant = Grant.objects.get()
    assert (grant.business, grant.until, grant.scope) == (live.booking.business, live.closes_at, "read")
    assert "share" not in client.get(mine(live)).context["form"].fields


@pytest.mark.parametrize("case", ["somebody else keeps it", "archived"])
def test_only_the_files_of_her_own_animals_are_opened(client, live, ayse, deniz, notice, case):
    pet = live.booking.items.get().pet
    if case == "archived":
        type(pet).objects.filter(pk=pet.pk).update(archived_at=timezone.now())
    else:
        pet.keepers.update(user=deniz)
    client.force_login(ayse)
    client.post(mine(live), ticked(notice) | {"share": "on"}, headers=JSON)
    assert Presence.objects.exists()
    assert not Grant.objects.exists()


def test_a_grant_that_holds_is_left_alone(client, live, ayse, notice):
    pet = live.booking.items.get().pet
    grant = pets.grant(pet, live.booking.business, "write")
    client.force_login(ayse)
    client.post(mine(live), ticked(notice) | {"share": "on"}, headers=JSON)
    assert list(Grant.objects.all()) == [grant]


def test_a_meeting_elsewhere(client, live, ayse, bora, notice):
    client.force_login(bora)
    wrong = [
        "http://ornek.test/a",
        "javascript:alert(1)",
        "https://ad:sifre@ornek.test/",
        "ftp://a.test",
        "x",
    ]
    for address in wrong:
        answer = client.post(desk(live, "_address"), {"address": address})
        assert answer.status_code == (302 if address == "x.test" else 422), address
    assert client.post(desk(live, "_address"), {"address": "https://gorusme.test/oda"}).status_code == 302
    client.force_login(ayse)
    page = client.get(mine(live)).content.decode()
    assert "gorusme.test" in page
    assert "https://gorusme.test/oda" not in page, "after the notice only"
    page = client.post(mine(live), ticked(notice)).content.decode()
    assert 'href="https://gorusme.test/oda" target="_blank" rel="noopener noreferrer"' in page
    assert Presence.objects.get().side == Side.OWNER


def test_parts_of_the_bookings_pages(client, live, ayse, bora):
    client.force_login(ayse)
    assert mine(live) in client.get(live.booking.url()).content.decode()
    client.force_login(bora)
    page = reverse("business_booking", args=[live.booking.business.slug, live.booking.public_id])
    assert desk(live) in client.get(page).content.decode()
    consult.enter(live, Side.OWNER, ayse)
    assert "Ayşe Yıldız" in client.get(page).content.decode()


def test_the_offering_shows_notice_and_signs_before_booking(client, offering, notice):
    page = client.get(offering.get_absolute_url()).content.decode()
    assert "muayene yerine geçmez" in page
    assert page.count("<li>") > 10


@pytest.mark.parametrize("name", ["owner", "desk", "room", "booking"])
def test_pages_cost_the_same_for_many_visits(client, live, ayse, bora, name):
    consult.enter(live, Side.OWNER, ayse)
    booking_page = reverse("business_booking", args=[live.booking.business.slug, live.booking.public_id])
    address = {
        "owner": live.booking.url(),
        "desk": booking_page,
        "room": mine(live),
        "booking": desk(live, "_summary"),
    }[name]
    client.force_login(ayse if name in ("owner", "room") else bora)
    client.get(address)
    few = _cost(client, address)
    for number in range(20):
        consult.enter(live, Side.VET, bora)
        live.messages.create(
            side="vet", author=bora, key=Presence.objects.last().key, text=str(number), at=timezone.now()
        )
    assert _cost(client, address) == few


def _cost(client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_a_person_is_out_after_leaving(client, live, bora):
    client.force_login(bora)
    way = client.post(desk(live), headers=JSON).json()
    seat = Presence.objects.get()
    services.leave(presence=seat, now=timezone.now())
    assert consult.say(client, seat, key=way["token"]).status_code == 409

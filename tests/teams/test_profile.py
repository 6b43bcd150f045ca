"""“İşletme > Profil”: rights, requests instead of edits, branches."""

from __future__ import annotations

import pytest
from django.test import Client

from teams import places, rights
from teams.errors import BranchInUse, MainBranchStays
from teams.models import Location, Topic
from teams.states import Status
from tests.conftest import PASSWORD
from tests.factories import teams
from tests.teams.test_onboarding import BANK, IDENTITY, PRACTICE, photo

pytestmark = pytest.mark.django_db
PAGES = ["", "tanitim/", "unvan/", "banka/", "subeler/", "subeler/yeni/", "ruhsat/yeni/practice/", "ben/"]


@pytest.fixture
def clinic(bora):
    return teams.verified(bora, tax_office="Beşiktaş", iban=teams.OTHER_IBAN, iban_holder="Ihlamur")


@pytest.fixture
def owner(client, bora):
    client.login(email=bora.email, password=PASSWORD)
    return client


def page(business, path: str = "") -> str:
    return f"/isletme/{business.slug}/profil/{path}"


@pytest.mark.parametrize(
    ("template", "allowed"),
    [
        (
            rights.MANAGER,
            {"", "tanitim/", "unvan/", "subeler/", "subeler/yeni/", "ruhsat/yeni/practice/", "ben/"},
        ),
        (rights.ACCOUNTANT, {"", "banka/", "ben/"}),
        (rights.RECEPTION, {"ben/"}),
    ],
)
def test_each_page_asks_for_its_right(clinic, cem, template, allowed):
    teams.member(clinic, cem, template)
    browser = Client()
    browser.login(email=cem.email, password=PASSWORD)
    got = {path: browser.get(page(clinic, path)).status_code for path in PAGES}
    opens = {path: 302 if path == "banka/" else 200 for path in PAGES}  # 302: the password once more
    assert got == {path: opens[path] if path in allowed else 403 for path in PAGES}


def test_strangers_meet_404_everywhere(clinic, deniz):
    browser = Client()
    browser.login(email=deniz.email, password=PASSWORD)
    place = clinic.locations.get().pk
    paths = [*PAGES, f"subeler/{place}/", f"subeler/{place}/saatler/", f"ruhsat/{clinic.licences.get().pk}/"]
    assert {browser.get(page(clinic, path)).status_code for path in paths} == {404}


def test_verified_facts_become_a_request(owner, clinic):
    owner.post(page(clinic, "unvan/"), IDENTITY)
    clinic.refresh_from_db()
    assert clinic.legal_name == "Ihlamur Veteriner Ltd. Şti."
    html = owner.get(page(clinic)).content.decode()
    assert "<del>Ihlamur Veteriner Ltd. Şti.</del> <ins>Ihlamur Ltd. Şti.</ins>" in html
    row = clinic.verifications.get()
    owner.post(page(clinic, f"talep/{row.pk}/geri-al/"))
    assert "<ins>" not in owner.get(page(clinic)).content.decode()


def test_new_bank_account_asks_for_the_password_again(bora, clinic):
    browser = Client()
    browser.force_login(bora)  # signed in long ago
    answer = browser.post(page(clinic, "banka/"), BANK)
    assert answer.url.startswith("/hesap/onayla/")
    assert not clinic.verifications.exists()
    wrong = browser.post(answer.url, {"password": "yanlis bir parola"})
    assert wrong.status_code == 200
    browser.post(answer.url, {"password": PASSWORD})
    browser.post(page(clinic, "banka/"), BANK)
    assert clinic.verifications.get().topic == Topic.BANK
    clinic.refresh_from_db()
    assert clinic.iban == teams.OTHER_IBAN


def test_licence_is_renewed_and_the_old_one_stays(owner, clinic):
    old = clinic.licences.get()
    data = PRACTICE | {"number": "34-9", "location": old.location_id, "file": photo()}
    assert owner.get(page(clinic, f"ruhsat/{old.pk}/")).status_code == 200
    assert owner.post(page(clinic, f"ruhsat/{old.pk}/"), data).status_code == 302
    old.refresh_from_db()
    assert (old.number, old.is_in_force) == ("34-1234", True)
    new = old.replaced_by
    again = data | {"number": "34-10", "file": ""}
    owner.post(page(clinic, f"ruhsat/{new.pk}/"), again)
    assert [one.version for one in clinic.verifications.all()] == [2]


def test_draft_has_no_changes_to_ask_for(owner, bora):
    draft = teams.business(bora, "Taslak")
    assert owner.get(page(draft, "unvan/")).url == page(draft)
    assert owner.get(page(draft)).status_code == 200


def test_branches_are_added_edited_and_removed(owner, clinic):
    data = teams.ADDRESS | {"name": "Şişli", "phone": "0212 123 45 67"}
    owner.post(page(clinic, "subeler/yeni/"), data)
    branch = clinic.locations.get(name="Şişli")
    assert branch.phone == "+902121234567"
    owner.post(page(clinic, f"subeler/{branch.pk}/"), data | {"is_main": "on"})
    assert [place.name for place in clinic.locations.filter(is_main=True)] == ["Şişli"]
    twice = owner.post(page(clinic, "subeler/yeni/"), data)
    assert "name" in twice.context["form"].errors
    main = clinic.locations.get(is_main=True)
    owner.post(page(clinic, f"subeler/{main.pk}/sil/"))
    assert clinic.locations.count() == 2


def test_branch_with_a_licence_and_the_main_branch_stay(clinic, bora):
    main = clinic.locations.get()
    with pytest.raises(MainBranchStays):
        places.remove_location(location=main, by=bora)
    other = Location.objects.create(business=clinic, name="Şişli")
    teams.licence(clinic, location=other)
    with pytest.raises(BranchInUse):
        places.remove_location(location=other, by=bora)
    clinic.licences.filter(location=other).delete()
    places.remove_location(location=other, by=bora)
    assert clinic.locations.get() == main


def test_hours_and_special_days(owner, clinic):
    place = clinic.locations.get()
    path = f"subeler/{place.pk}/saatler/"
    week = {"d0_1_from": "22:00", "d0_1_to": "02:00", "d1_1_from": "00:00", "d1_1_to": "00:00"}
    owner.post(page(clinic, path), week | {"keeps_holidays": "on"})
    clinic.refresh_from_db()
    assert clinic.keeps_holidays
    assert list(place.weekly_hours.values_list("weekday", "starts", "ends")) == [
        (0, 1320, 1560),
        (1, 0, 1440),
    ]
    html = owner.get(page(clinic, path)).content.decode()
    assert 'value="22:00"' in html
    owner.post(page(clinic, f"{path}gun/"), {"on": "2027-01-01", "note": "Yılbaşı"})
    day = place.special_days.get()
    assert day.is_closed
    half = owner.post(page(clinic, f"{path}gun/"), {"on": "2027-01-02", "opens": "10:00"})
    assert half.status_code == 422
    owner.post(page(clinic, f"{path}gun/{day.pk}/sil/"))
    assert not place.special_days.exists()


@pytest.mark.parametrize("path", ["", "subeler/"])
def test_query_count_does_not_grow_with_branches(owner, clinic, django_assert_num_queries, path):
    owner.get(page(clinic, path))
    counts = []
    for many in (1, 50):
        for number in range(many):
            place = Location.objects.create(business=clinic, name=f"Şube {many} {number}")
            place.weekly_hours.create(weekday=0, starts=0, ends=60)
        with django_assert_num_queries(99, exact=False) as captured:
            owner.get(page(clinic, path))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_paused_business_may_still_ask_for_changes(owner, clinic):
    clinic.status = Status.SUSPENDED
    clinic.save()
    assert owner.get(page(clinic, "unvan/")).status_code == 200

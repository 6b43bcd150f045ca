"""The queue in the back office."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from teams import facts, onboarding, verification
from teams.models import Topic
from tests.factories import teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(bora):
    return teams.verified(bora, iban=teams.IBAN, iban_holder="Ihlamur Veteriner Ltd. Şti.")


@pytest.fixture
def change(clinic, bora):
    return ask(clinic, bora)


def ask(clinic, bora, **values):
    values = values or {"legal_name": "Ihlamur A.Ş."}
    topic = Topic.BANK if "iban" in values else Topic.IDENTITY
    return verification.request_change(
        business=clinic, topic=topic, values=values, by=bora, now=timezone.now()
    )


@pytest.fixture
def reviewer(person):
    made = person("Selin", "Ok", is_staff=True)
    wanted = ["access_admin", "review_verification"]
    made.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return made


def address(row) -> str:
    return f"/yonetim/businesses/{row.pk}/"


def test_only_reviewers_see_it(client, change, reviewer, ayse, person):
    editor = person("Elif", "Demir")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for who, status in ((reviewer, 200), (editor, 302), (ayse, 302)):
        client.force_login(who)
        assert client.get("/yonetim/businesses/").status_code == status
        assert client.get(address(change)).status_code == status


def test_the_first_page_says_what_waits_and_for_whom(client, change, reviewer, person):
    editor = person("Elif", "Demir")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for who, is_told in ((reviewer, True), (editor, False)):
        client.force_login(who)
        page = client.get("/yonetim/").content.decode()
        assert ("1 işletme incelemesi" in page) is is_told


def test_facts_stand_in_the_order_of_reading(change):
    change.after = {"iban": "x", "licence 12": {"number": "N", "kind": "practice"}, "legal_name": "y"}
    keys = [one.key for one in facts.differences({}, change.after)]
    assert keys == ["legal_name", "licence 12 kind", "licence 12 number", "iban"]


def test_queue_lists_what_waits(client, change, reviewer):
    client.force_login(reviewer)
    assert change.business.name in client.get("/yonetim/businesses/").content.decode()
    verification.withdraw(verification=change, by=None, now=timezone.now())
    assert change.business.name not in client.get("/yonetim/businesses/").content.decode()
    assert change.business.name in client.get("/yonetim/businesses/?status=withdrawn").content.decode()


def test_difference_is_side_by_side_and_approved(client, change, reviewer):
    client.force_login(reviewer)
    html = client.get(address(change)).content.decode()
    assert "<del>Ihlamur Veteriner Ltd. Şti.</del>" in html
    assert "<strong>Ihlamur A.Ş.</strong>" in html
    client.post(address(change), {"version": 1, "approve": 1})
    change.business.refresh_from_db()
    assert change.business.legal_name == "Ihlamur A.Ş."


def test_sent_back_with_reasons_at_fields(client, change, reviewer):
    client.force_login(reviewer)
    empty = client.post(address(change), {"version": 1, "return": 1})
    assert empty.status_code == 200
    client.post(address(change), {"version": 1, "return": 1, "reason:legal_name": "Sicilde yok."})
    change.refresh_from_db()
    assert change.reasons == {"legal_name": "Sicilde yok."}


def test_stale_page_is_refused_and_keeps_the_reasons(client, clinic, bora, change, reviewer):
    ask(clinic, bora, legal_name="Ihlamur Veteriner A.Ş.")
    client.force_login(reviewer)
    answer = client.post(address(change), {"version": 1, "return": 1, "reason:legal_name": "Sicilde yok."})
    assert 'value="Sicilde yok."' in answer.content.decode()
    change.refresh_from_db()
    assert change.is_open


def test_name_on_the_account_is_compared(client, clinic, bora, reviewer):
    row = ask(clinic, bora, iban=teams.OTHER_IBAN, iban_holder="Bora Aksoy")
    client.force_login(reviewer)
    assert "help-warning" in client.get(address(row)).content.decode()
    ask(clinic, bora, iban=teams.OTHER_IBAN, iban_holder="IHLAMUR VETERİNER LTD. ŞTİ.")
    assert "help-warning" not in client.get(address(row)).content.decode()


def test_evidence_is_for_reviewers(client, bora, reviewer, deniz):
    draft = teams.ready(bora, "Taslak")
    row = onboarding.send(business=draft, by=bora, now=timezone.now())
    file = draft.licences.get().evidence.get()
    client.force_login(reviewer)
    link = f"/yonetim/businesses/evidence/{file.pk}/"
    assert link in client.get(address(row)).content.decode()
    answer = client.get(link)
    assert answer["Content-Disposition"].startswith("attachment")
    b"".join(answer)  # read to its end, the file is closed
    client.force_login(deniz)
    assert client.get(link).status_code == 302


@pytest.mark.parametrize("many", [1, 20])
def test_query_count_of_the_queue(client, admin, person, many, django_assert_num_queries):
    for number in range(many):
        owner = person("Kişi", str(number), email=f"kisi{number}@ornek.test")
        ask(teams.verified(owner, f"Klinik {number}"), owner)
    client.force_login(admin)
    client.get("/yonetim/businesses/")
    with django_assert_num_queries(9, exact=False):
        client.get("/yonetim/businesses/")

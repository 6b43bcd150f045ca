"""The public list and pages: only what is in force, only of listed businesses, fresh at the next request."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services
from core import response_cache
from teams import hours, licences, places, shown, verification
from teams.models import Business, Topic
from teams.states import Status
from tests.factories import teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(bora):
    made = teams.verified(
        bora, iban=teams.IBAN, iban_holder="Ihlamur", phone="+902121234567", about="Kediler."
    )
    made.locations.update(**teams.ADDRESS)
    return made


def html(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_shows_facts_in_force(client, clinic, bora):
    location = clinic.locations.get()
    hours.set_week(location=location, week={day: [(0, 1440)] for day in range(7)}, by=bora)
    text = html(client, clinic.get_absolute_url())
    for piece in ("Ihlamur Veteriner", "0 (212) 123 45 67", "Sinanpaşa", "34-1234", "Kediler.", "Beşiktaş"):
        assert piece in text
    assert teams.IBAN not in text
    assert clinic.tax_number not in text


def test_machines_read_the_same(client, clinic):
    text = html(client, clinic.get_absolute_url())
    data = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text).group(1))
    assert data["@type"] == "VeterinaryCare"
    assert data["address"]["addressRegion"] == "İstanbul"
    assert f'<link rel="canonical" href="http://testserver{clinic.get_absolute_url()}">' in text
    assert 'property="og:title"' in text
    assert clinic.get_absolute_url() in html(client, "/sitemap.xml")


def test_words_of_a_business_cannot_end_the_script(client, clinic):
    Business.objects.filter(pk=clinic.pk).update(about="</script><script>alert(1)</script>")
    assert "<script>alert" not in html(client, clinic.get_absolute_url())


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.REJECTED, Status.SUSPENDED])
def test_what_is_not_verified_is_not_there(client, clinic, status):
    Business.objects.filter(pk=clinic.pk).update(status=status)
    assert client.get(clinic.get_absolute_url()).status_code == 404
    assert clinic.name not in html(client, "/isletmeler/")
    assert clinic.get_absolute_url() not in html(client, "/sitemap.xml")


@pytest.mark.django_db(transaction=True)
def test_a_business_is_away_with_its_only_owner(client, clinic, bora, cem, settings):
    """At the next request, and back with her; another owner keeps it there without her name."""
    settings.RESPONSE_CACHE = True
    clinic.memberships.filter(user=bora).update(is_public=True)
    path, now = clinic.get_absolute_url(), timezone.now()
    assert "Bora Aksoy" in html(client, path)
    assert clinic.name in html(client, "/isletmeler/")
    services.suspend_account(user=bora, until=None, by=None, reason="tatil")
    assert client.get(path).status_code == 404
    assert clinic.name not in html(client, "/isletmeler/")
    services.return_account(user=bora, by=bora)
    assert "Bora Aksoy" in html(client, path)
    teams.member(clinic, cem, "owner")
    services.begin_closing(user=bora, by=bora, now=now)
    assert "Bora Aksoy" not in html(client, path)


def test_end_of_a_permit_hides_the_page(client, clinic):
    clinic.licences.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert client.get(clinic.get_absolute_url()).status_code == 404


def test_pending_values_never_leak(client, clinic, bora):
    values = {"legal_name": "Gizli A.Ş.", "tax_number": "1000000000"}
    verification.request_change(
        business=clinic, topic=Topic.IDENTITY, values=values, by=bora, now=timezone.now()
    )
    new = teams.evidenced(teams.licence(clinic, number="GIZLI-9", replaces=clinic.licences.get()))
    verification.request_licence(licence=new, by=bora, now=timezone.now())
    for path in (clinic.get_absolute_url(), "/isletmeler/", "/sitemap.xml"):
        text = html(client, path)
        assert "Gizli" not in text
        assert "GIZLI" not in text


def test_only_people_who_agreed_are_named(client, clinic, bora, cem):
    teams.member(clinic, cem)
    assert "Cem Kaya" not in html(client, clinic.get_absolute_url())
    client.force_login(cem)
    client.post(f"/isletme/{clinic.slug}/profil/ben/", {"is_public": "on", "public_title": "Karşılama"})
    client.logout()
    text = html(client, clinic.get_absolute_url())
    assert "Cem Kaya" in text
    assert "Karşılama" in text
    assert "Bora Aksoy" not in text


def test_certificate_of_a_driver_is_masked(client, bora):
    carrier = teams.verified(bora, "Yoldaş Taşıma", "carrier")
    carrier.licences.filter(kind="driver").update(number="SRC-998877")
    text = html(client, carrier.get_absolute_url())
    assert "998877" not in text
    assert "•877" in text


def test_list_is_searched_by_name_kind_and_province(client, clinic, bora):
    teams.verified(bora, "Köpük Kuaför", "groomer")
    assert "Beşiktaş, İstanbul" in html(client, "/isletmeler/")
    for query, found in (
        ("", {"Ihlamur", "Köpük"}),
        ("?q=IHLAMUR", {"Ihlamur"}),
        ("?q=kopuk+kuafor", {"Köpük"}),
        ("?kind=groomer", {"Köpük"}),
        ("?province=34", {"Ihlamur"}),
        ("?province=06", set()),
        ("?kind=yok&province=99&page=77", {"Ihlamur", "Köpük"}),
    ):
        text = html(client, f"/isletmeler/{query}")
        assert {name for name in ("Ihlamur", "Köpük") if name in text} == found, query


@pytest.mark.parametrize("many", [1, 25])
def test_query_counts_of_the_public_pages(client, clinic, bora, many, django_assert_num_queries):
    for number in range(many):
        teams.verified(bora, f"Kuaför {number}", "groomer")
        clinic.locations.create(name=f"Şube {number}")
    for path in ("/isletmeler/", clinic.get_absolute_url()):
        client.get(path)
        with django_assert_num_queries(13, exact=False):
            client.get(path)


def test_change_of_hours_is_seen_in_time(clinic, bora):
    now = timezone.now()
    with response_cache.tags.collecting() as notes:
        shown.shows(clinic, now=now, changes_at=now + timedelta(minutes=3))
    assert notes.keep_for == timedelta(minutes=3)
    assert f"business:{clinic.pk}" in notes.tags


@pytest.mark.django_db(transaction=True)
def test_kept_page_is_new_at_the_next_request(client, bora, settings):
    settings.RESPONSE_CACHE = True
    clinic = teams.verified(bora)
    path = clinic.get_absolute_url()
    assert "Yeni söz" not in html(client, path)
    places.edit_profile(business=clinic, values={"about": "Yeni söz"}, by=bora)
    assert "Yeni söz" in html(client, path)
    clinic.licences.update(valid_until=timezone.localdate() - timedelta(days=1))
    licences.watch(now=timezone.now())
    assert client.get(path).status_code == 404

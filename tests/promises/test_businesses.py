"""Hesap ve profiller: the verified facts of a business."""

import pytest
from django.utils import timezone

from core import proofs
from legal import queries as legal
from legal import services as legal_services
from teams import onboarding, verification
from teams.models import Business
from tests.factories import teams
from tests.teams.test_onboarding import PRACTICE, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(person):
    nil = person("Nil", "Su")
    for version, _before in legal.pending_for(nil).accept:
        legal_services.accept(user=nil, version=version, context="panel", now=timezone.now())
    return nil


@pytest.fixture
def reviewers(person):
    first = person("Selin", "Ok", is_staff=True, is_superuser=True)
    return [first, person("Umut", "Ar", is_staff=True, is_superuser=True)]


def verified(owner, reviewers):
    clinic = teams.ready(owner, "Nil Veteriner")
    row = onboarding.send(business=clinic, by=owner, now=timezone.now())
    verification.approve(verification=row, version=1, by=reviewers[0], now=timezone.now())
    return clinic


def test_licence_edit_waits_for_review_and_the_public_page_keeps_the_old_value(client, owner, reviewers):
    """Profil bilgilerimi nereden düzenlerim? (Doğrulanan bilgiler.)"""
    clinic = verified(owner, reviewers)
    old = clinic.licences.get()
    public = clinic.get_absolute_url()
    client.force_login(owner)
    data = PRACTICE | {"number": "34-YENI", "location": old.location_id, "file": photo()}
    client.post(f"/isletme/{clinic.slug}/profil/ruhsat/{old.pk}/", data)

    change = clinic.verifications.get(topic="licence")
    page = client.get(public).content.decode()
    assert "34-1234" in page
    assert "34-YENI" not in page
    client.force_login(reviewers[0])
    seen = client.get(f"/yonetim/businesses/{change.pk}/").content.decode()
    assert "<del>34-1234</del>" in seen
    assert "34-YENI" in seen
    assert proofs.check("teams.verified_facts_reviewed").state == "ok"

    for reviewer in reviewers:
        verification.approve(verification=change, version=1, by=reviewer, now=timezone.now())
    assert "34-YENI" in client.get(public).content.decode()
    assert proofs.check("teams.verified_facts_reviewed").state == "ok"


def test_proof_sees_a_fact_that_went_past_the_review(owner, reviewers):
    clinic = verified(owner, reviewers)
    clinic.locations.update(building="99")  # an address needs no review; the permit keeps the one on it
    assert proofs.check("teams.verified_facts_reviewed").state == "ok"
    Business.objects.filter(pk=clinic.pk).update(iban=teams.OTHER_IBAN)
    assert proofs.check("teams.verified_facts_reviewed").state == "failed"

"""Hesap ve profiller: the verified facts of a business."""

import pytest
from django.utils import timezone

from core import proofs
from teams import onboarding, verification
from teams.models import Business
from tests.conftest import PASSWORD
from tests.factories import teams
from tests.teams.test_onboarding import PRACTICE, photo

pytestmark = pytest.mark.django_db


def test_licence_edit_waits_for_review_and_the_public_page_keeps_the_old_value(client, bora, admin, person):
    """Profil bilgilerimi nereden düzenlerim? (Doğrulanan bilgiler.)"""
    clinic = teams.ready(bora)
    first = onboarding.send(business=clinic, by=bora, now=timezone.now())
    verification.approve(verification=first, version=1, by=admin, now=timezone.now())
    old = clinic.licences.get()
    public = clinic.get_absolute_url()
    client.login(email=bora.email, password=PASSWORD)
    data = PRACTICE | {"number": "34-YENI", "location": old.location_id, "file": photo()}
    client.post(f"/isletme/{clinic.slug}/profil/ruhsat/{old.pk}/", data)

    change = clinic.verifications.get(topic="licence")
    page = client.get(public).content.decode()
    assert "34-1234" in page
    assert "34-YENI" not in page
    client.force_login(admin)
    seen = client.get(f"/yonetim/businesses/{change.pk}/").content.decode()
    assert "<del>34-1234</del>" in seen
    assert "34-YENI" in seen
    assert proofs.check("teams.verified_facts_reviewed").state == "ok"

    for reviewer in (admin, person("Selin", "Ok")):
        verification.approve(verification=change, version=1, by=reviewer, now=timezone.now())
    assert "34-YENI" in client.get(public).content.decode()
    assert proofs.check("teams.verified_facts_reviewed").state == "ok"


def test_proof_sees_a_fact_that_went_past_the_review(bora, admin):
    clinic = teams.ready(bora)
    row = onboarding.send(business=clinic, by=bora, now=timezone.now())
    verification.approve(verification=row, version=1, by=admin, now=timezone.now())
    Business.objects.filter(pk=clinic.pk).update(iban=teams.OTHER_IBAN)
    assert proofs.check("teams.verified_facts_reviewed").state == "failed"

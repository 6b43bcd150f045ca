"""A change of verified facts waits for review; the old value stays in force, two pairs of eyes look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import Line
from core.states import MoveRefused
from teams import events, facts, licences, onboarding, verification
from teams.errors import NoReason, NothingChanged, OwnBusiness, SameReviewer, StaleReview
from teams.models import Business, Topic, Verification
from teams.states import MOVES, LicenceStatus, Status, VerificationStatus
from tests.core.rivals import at_once
from tests.factories import teams

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def clinic(bora):
    return teams.verified(bora, tax_office="Beşiktaş", iban=teams.IBAN, iban_holder="Ihlamur")


@pytest.fixture
def second(person):
    return person("Selin", "Ok")


def ask(clinic, bora, topic=Topic.IDENTITY, **values):
    values = values or {"legal_name": "Ihlamur Veteriner A.Ş."}
    return verification.request_change(business=clinic, topic=topic, values=values, by=bora, now=NOW)


def approve(row, by, version=None):
    return verification.approve(verification=row, version=version or row.version, by=by, now=NOW)


def test_change_waits_and_the_old_value_stays_in_force(clinic, bora, admin):
    row = ask(clinic, bora)
    clinic.refresh_from_db()
    assert clinic.legal_name == "Ihlamur Veteriner Ltd. Şti."
    changed = [(one.old, one.new) for one in facts.differences(row.before, row.after) if one.is_changed]
    assert changed == [("Ihlamur Veteriner Ltd. Şti.", "Ihlamur Veteriner A.Ş.")]

    assert approve(row, admin)
    clinic.refresh_from_db()
    row.refresh_from_db()
    assert clinic.legal_name == "Ihlamur Veteriner A.Ş."
    assert (row.status, row.facts) == (VerificationStatus.APPROVED, facts.in_force(clinic))
    assert Line.objects.filter(name=events.CHANGE_APPROVED).exists()


def test_bank_account_needs_two_people_and_waits_a_day(clinic, bora, admin, second):
    row = ask(clinic, bora, Topic.BANK, iban=teams.OTHER_IBAN)
    assert approve(row, admin) is False
    clinic.refresh_from_db()
    assert clinic.iban == teams.IBAN

    with pytest.raises(SameReviewer):
        approve(row, admin)
    assert approve(row, second) is True
    clinic.refresh_from_db()
    assert (clinic.iban, clinic.iban_held_until) == (teams.OTHER_IBAN, NOW + timedelta(hours=24))


def test_the_database_refuses_the_same_person_twice(clinic, bora, admin):
    row = ask(clinic, bora, Topic.BANK, iban=teams.OTHER_IBAN)
    approve(row, admin)
    again = Verification.objects.filter(pk=row.pk)
    with pytest.raises(IntegrityError, match="second_reviewer_is_another_person"), transaction.atomic():
        again.update(second_reviewer=admin)
    with pytest.raises(IntegrityError, match="approval_has_its_reviewers"), transaction.atomic():
        again.update(status=VerificationStatus.APPROVED, facts={})
    with pytest.raises(IntegrityError, match="bank_and_licence_need_two"), transaction.atomic():
        again.update(needs_two=False)


def test_licence_is_renewed_by_a_row_that_replaces_it(clinic, bora, admin, second):
    old = clinic.licences.get()
    new = teams.evidenced(teams.licence(clinic, number="34-9999", replaces=old))
    row = verification.request_licence(licence=new, by=bora, now=NOW)
    assert facts.in_force(clinic)[f"licence {old.pk}"]["number"] == "34-1234"

    approve(row, admin)
    approve(row, second)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, new.status) == (LicenceStatus.REPLACED, LicenceStatus.IN_FORCE)
    assert set(facts.in_force(clinic)) >= {f"licence {new.pk}"}


def test_review_of_what_was_edited_meanwhile_is_refused(clinic, bora, admin, second):
    row = ask(clinic, bora, Topic.BANK, iban=teams.OTHER_IBAN)
    approve(row, admin)
    edited = ask(clinic, bora, Topic.BANK, iban=teams.OTHER_IBAN, iban_holder="Başkası")
    assert (edited.pk, edited.version, edited.first_reviewer) == (row.pk, 2, None)
    with pytest.raises(StaleReview):
        approve(row, second, version=1)


def test_review_is_refused_when_the_facts_beside_it_changed(clinic, bora, admin):
    row = ask(clinic, bora)
    Business.objects.filter(pk=clinic.pk).update(tax_office="Şişli")
    with pytest.raises(StaleReview):
        approve(row, admin)


def test_review_of_a_licence_whose_evidence_changed_is_refused(clinic, bora, admin):
    new = teams.evidenced(teams.licence(clinic, number="34-9999"))
    row = verification.request_licence(licence=new, by=bora, now=NOW)
    teams.evidenced(new, "black")
    with pytest.raises(StaleReview):
        approve(row, admin)


def test_nobody_reviews_the_business_she_works_for(clinic, bora, admin):
    teams.member(clinic, admin)
    with pytest.raises(OwnBusiness):
        approve(ask(clinic, bora), admin)


def test_nothing_to_change_is_said(clinic, bora):
    with pytest.raises(NothingChanged):
        ask(clinic, bora, legal_name=clinic.legal_name)


def test_returned_with_a_reason_for_each_field(clinic, bora, admin):
    row = ask(clinic, bora)
    reject = {"verification": row, "version": 1, "by": admin, "now": NOW}
    with pytest.raises(NoReason):
        verification.send_back(reasons={"legal_name": "  "}, **reject)
    verification.send_back(reasons={"legal_name": "Ticaret sicilinde yok."}, **reject)
    row.refresh_from_db()
    assert (row.status, row.reasons) == (
        VerificationStatus.RETURNED,
        {"legal_name": "Ticaret sicilinde yok."},
    )
    with pytest.raises(StaleReview):
        approve(row, admin)


def test_withdrawn_licence_frees_the_one_it_would_renew(clinic, bora):
    old = clinic.licences.get()
    new = teams.evidenced(teams.licence(clinic, number="34-9999", replaces=old))
    row = verification.request_licence(licence=new, by=bora, now=NOW)
    verification.withdraw(verification=row, by=bora, now=NOW)
    new.refresh_from_db()
    assert (new.status, new.replaces) == (LicenceStatus.WITHDRAWN, None)
    assert not clinic.verifications.open().exists()


def test_onboarding_puts_business_and_licences_in_force(bora, admin):
    draft = teams.ready(bora)
    row = onboarding.send(business=draft, by=bora, now=NOW)
    assert approve(row, admin)
    draft.refresh_from_db()
    assert draft.status == Status.VERIFIED
    assert draft.licences.get().is_in_force
    assert Business.objects.listed().get() == draft


def test_returned_onboarding_becomes_a_draft_with_the_first_edit(bora, admin):
    draft = teams.ready(bora)
    row = onboarding.send(business=draft, by=bora, now=NOW)
    verification.send_back(
        verification=row, version=1, reasons={"tax_number": "Levhada başka."}, by=admin, now=NOW
    )
    draft.refresh_from_db()
    assert draft.status == Status.REJECTED
    assert onboarding.last_return(draft).reasons == {"tax_number": "Levhada başka."}
    onboarding.edit(business=draft, values={"tax_number": "1000000000"}, by=bora)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    onboarding.send(business=draft, by=bora, now=NOW)
    assert onboarding.last_return(draft) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_decides(bora, admin, person):
    clinic = teams.verified(bora)
    reviewers = [admin, person("Selin", "Ok"), person("Umut", "Ar")]
    row = ask(clinic, bora)
    results = at_once(lambda number: approve(row, reviewers[number]), 3)
    assert results.count(True) == 1
    assert sum(isinstance(one, (StaleReview, MoveRefused)) for one in results) == 2


@pytest.mark.django_db(transaction=True)
def test_one_reviewer_pressing_twice_is_one_approval(bora, admin):
    clinic = teams.verified(bora)
    row = ask(clinic, bora, Topic.BANK, iban=teams.IBAN, iban_holder="Ihlamur")
    results = at_once(lambda _number: approve(row, admin), 3)
    assert [results.count(False), sum(isinstance(one, SameReviewer) for one in results)] == [1, 2]
    row.refresh_from_db()
    assert row.is_open


@pytest.mark.parametrize("source", Status.values)
@pytest.mark.parametrize("target", Status.values)
def test_every_pair_of_statuses(source, target):
    allowed = {
        ("draft", "submitted"),
        ("submitted", "verified"),
        ("submitted", "rejected"),
        ("rejected", "draft"),
        ("verified", "suspended"),
        ("suspended", "verified"),
    }
    assert MOVES.allows(source, target) is ((source, target) in allowed)


def test_permit_goes_to_review_for_where_the_draft_is_now(bora):
    draft = teams.ready(bora)
    draft.locations.update(building="99")
    onboarding.send(business=draft, by=bora, now=NOW)
    permit = draft.licences.get()
    assert "No: 99" in permit.address
    draft.locations.update(building="7")
    permit.refresh_from_db()
    assert permit.is_for_another_address


def test_evidence_that_was_reviewed_stays(clinic, bora):
    licence = teams.evidenced(teams.licence(clinic))
    licence.status = LicenceStatus.IN_FORCE
    licence.save()
    with pytest.raises(licences.LicenceFixed):
        licences.remove_evidence(evidence=licence.evidence.get(), by=bora)
    with pytest.raises(licences.LicenceFixed):
        teams.evidenced(licence, "black")

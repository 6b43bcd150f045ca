"""Verbs: keepers, chips, grants, photos, the mail of an invitation."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import Line, Mail
from pets import errors, events
from pets.models import Grant, Invitation, Note
from pets.services import file, people, sharing
from pets.services import pets as verbs
from pets.states import MOVES, Status
from tests.factories import pets, teams

pytestmark = pytest.mark.django_db


def invite(pet, by, email="cem@ornek.test", now=None):
    people.invite_keeper(pet=pet, email=email, by=by, now=now or timezone.now())
    return re.search(r"/davet/([\w-]+)/", Mail.objects.latest("pk").text)[1]


@pytest.mark.parametrize("source", Status)
@pytest.mark.parametrize("target", Status)
def test_moves(source, target):
    allowed = {
        (Status.AT_HOME, Status.LOST),
        (Status.AT_HOME, Status.PASSED_AWAY),
        (Status.LOST, Status.AT_HOME),
        (Status.LOST, Status.PASSED_AWAY),
        (Status.PASSED_AWAY, Status.AT_HOME),
    }
    assert MOVES.allows(source, target) == ((source, target) in allowed)


def test_a_taken_chip_is_an_answer_not_a_crash(ayse, deniz, pamuk):
    now = timezone.now()
    chip = {"chip": "792000000000001"}
    verbs.change_pet(pet=pamuk, facts=chip, by=ayse, now=now)
    other = pets.pet(deniz, "Boncuk")
    with pytest.raises(errors.ChipTaken):
        verbs.change_pet(pet=other, facts=chip, by=deniz, now=now)
    verbs.report_death(pet=pamuk, on=timezone.localdate(), by=ayse, now=now)
    other.refresh_from_db()
    verbs.change_pet(pet=other, facts=chip, by=deniz, now=now)
    with pytest.raises(errors.ChipTaken):
        verbs.take_back_death(pet=pamuk, by=ayse, now=now)


def test_invitation_opens_once_for_its_address(ayse, cem, deniz, pamuk):
    token = invite(pamuk, ayse)
    assert not Invitation.objects.filter(token_hash=token).exists()
    with pytest.raises(errors.InvitationForAnother):
        people.accept_invitation(token=token, by=deniz, now=timezone.now())
    people.accept_invitation(token=token, by=cem, now=timezone.now())
    assert pamuk.keepers.get(user=cem).part == "co"
    with pytest.raises(errors.InvitationOver):
        people.accept_invitation(token=token, by=cem, now=timezone.now())


def test_invitation_ends_after_seven_days_when_withdrawn_or_replaced(ayse, cem, pamuk):
    now = timezone.now()
    old = invite(pamuk, ayse, now=now - timedelta(days=7, seconds=1))
    replaced = invite(pamuk, ayse)
    withdrawn = invite(pamuk, ayse)
    last = Invitation.objects.latest("pk")
    people.withdraw_invitation(invitation=last, by=ayse, now=now)
    for token in (old, replaced, withdrawn):
        with pytest.raises(errors.InvitationOver):
            people.accept_invitation(token=token, by=cem, now=now)


def test_no_invitation_for_who_keeps_already(ayse, pamuk):
    with pytest.raises(errors.AlreadyKeeper):
        invite(pamuk, ayse, email=ayse.email)


def test_handing_over_changes_the_owner_and_notes_the_duty(ayse, cem, deniz, pamuk):
    now, taker = timezone.now(), pets.co_keeper(pamuk, cem)
    with pytest.raises(errors.OnlyPrimary):
        people.hand_over(pet=pamuk, to=taker, by=cem, now=now)
    people.hand_over(pet=pamuk, to=taker, by=ayse, now=now)
    parts = dict(pamuk.keepers.values_list("user__first_name", "part"))
    assert parts == {"Ayşe": "co", "Cem": "primary"}
    assert pamuk.duties.get(kind="owner_change").due_on == timezone.localdate() + timedelta(days=60)
    people.remove_keeper(keeper=pamuk.keepers.get(user=ayse), by=ayse)
    with pytest.raises(errors.LastKeeper):
        people.remove_keeper(keeper=pamuk.keepers.get(user=cem), by=cem)


def test_a_co_keeper_removes_nobody_but_herself(ayse, cem, deniz, pamuk):
    one, two = pets.co_keeper(pamuk, cem), pets.co_keeper(pamuk, deniz)
    with pytest.raises(errors.OnlyPrimary):
        people.remove_keeper(keeper=two, by=cem)
    people.remove_keeper(keeper=one, by=cem)
    people.remove_keeper(keeper=two, by=ayse)
    assert pamuk.keepers.count() == 1


def test_only_a_verified_business_is_let_in(bora, pamuk):
    draft = teams.business(bora, "Yeni Klinik")
    with pytest.raises(errors.NotVerified):
        pets.grant(pamuk, draft)


def test_a_new_grant_replaces_the_old_and_the_end_counts(clinic, pamuk):
    now = timezone.now()
    pets.grant(pamuk, clinic, days=1)
    second = pets.grant(pamuk, clinic, scope="write", days=30)
    assert list(Grant.objects.live(now)) == [second]
    assert not Grant.objects.live(now + timedelta(days=30, seconds=1)).exists()


def test_what_a_business_writes_is_shared(bora, clinic, pamuk):
    file.add_note(pet=pamuk, by=bora, business=clinic, now=timezone.now(), text="Kulak temiz.")
    assert Note.objects.get().visibility == "shared"


def test_the_journal_holds_no_health_words(ayse, pamuk):
    file.add_note(pet=pamuk, by=ayse, now=timezone.now(), text="GIZLIKANARYA böbrek")
    assert "GIZLIKANARYA" not in str(list(Line.objects.values_list("data", flat=True)))
    assert Line.objects.filter(name=events.ENTRY_ADDED).count() == 1


def test_found_and_passed_away_close_the_public_page(ayse, pamuk):
    now, today = timezone.now(), timezone.localdate()
    for leave in (verbs.report_found, lambda **kw: verbs.report_death(on=today, **kw)):
        verbs.report_lost(pet=pamuk, on=today, by=ayse, now=now)
        page = sharing.open_lost_page(pet=pamuk, by=ayse, now=now, message="Ürkek", contact="0532")
        leave(pet=pamuk, by=ayse, now=now)
        page.refresh_from_db()
        assert page.closed_at

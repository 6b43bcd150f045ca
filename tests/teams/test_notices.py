"""Who hears of what happens to a business, once."""

import pytest
from django.utils import timezone

from core import journal
from notifications.models import Notice
from teams import notices, rights, verification
from teams.models import Topic
from tests.factories import teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(bora, cem, deniz):
    made = teams.verified(bora)
    teams.member(made, cem, rights.RECEPTION)
    teams.member(made, deniz, rights.OWNER)
    return made


def told(code) -> set:
    return set(Notice.objects.filter(kind=code).values_list("recipient__email", flat=True))


def ask(clinic, topic, values, by):
    return verification.request_change(business=clinic, topic=topic, values=values, by=by, now=timezone.now())


def test_all_owners_hear_of_another_bank_account(clinic, bora, cem, deniz):
    ask(clinic, Topic.BANK, {"iban": "TR330006100519786457841326"}, bora)
    journal.sweep()
    assert told(notices.BANK) == {bora.email, deniz.email}


def test_the_decision_goes_to_those_who_keep_the_profile(clinic, bora, cem, deniz, admin):
    row = ask(clinic, Topic.IDENTITY, {"legal_name": "Yeni Ad A.Ş."}, bora)
    verification.approve(verification=row, version=row.version, by=admin, now=timezone.now())
    journal.sweep()
    assert told(notices.APPROVED) == {bora.email, deniz.email}
    notice = Notice.objects.filter(kind=notices.APPROVED).first()
    assert clinic.name in str(notice.words("tr").title)


def test_a_returned_request_says_where_to_look(clinic, bora, admin):
    row = ask(clinic, Topic.IDENTITY, {"legal_name": "Yeni Ad A.Ş."}, bora)
    verification.send_back(
        verification=row,
        version=row.version,
        reasons={"legal_name": "Belge yok."},
        by=admin,
        now=timezone.now(),
    )
    journal.sweep()
    notice = Notice.objects.get(kind=notices.RETURNED, recipient=bora)
    assert notice.url == f"/isletme/{clinic.slug}/profil/"

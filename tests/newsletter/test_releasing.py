"""The author prepares, another person lets it go; what was changed or is incomplete stays."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import Line, Mail
from core.states import MoveRefused
from newsletter import services
from newsletter.errors import Changed, NeedsAnotherPerson, NotComplete
from newsletter.models import Issue
from newsletter.states import ISSUE_MOVES as MOVES
from newsletter.states import DeliveryStatus, IssueStatus
from tests.factories import newsletter as make

pytestmark = pytest.mark.django_db
TEXTS = {"subject_tr": "Konu", "subject_en": "Subject", "intro_tr": "", "intro_en": ""}


@pytest.fixture
def draft(post):
    make.sender()
    return make.issue(post)


def test_another_person_releases(draft, author, releaser):
    now = timezone.now()
    issue = services.submit(issue=draft, by=author, now=now)
    with pytest.raises(NeedsAnotherPerson):
        services.release(issue=issue, version=1, by=author, now=now)
    issue = services.release(issue=issue, version=1, by=releaser, now=now)
    assert (issue.status, issue.released_by) == ("sending", releaser)
    assert Line.objects.filter(name="newsletter.issue_released", actor=releaser).count() == 1


def test_the_database_wants_another_person_too(draft, author):
    issue = services.submit(issue=draft, by=author, now=timezone.now())
    with pytest.raises(IntegrityError, match="released_by_another"), transaction.atomic():
        Issue.objects.filter(pk=issue.pk).update(
            status="sending", released_by=author, released_at=timezone.now()
        )


def test_only_what_was_seen_is_released(draft, author, releaser):
    now = timezone.now()
    issue = services.submit(issue=draft, by=author, now=now)
    services.send_back(issue=issue, by=author)
    issue = services.edit(issue=issue, texts=TEXTS, order=[], dropped=set(), by=author)
    issue = services.submit(issue=issue, by=author, now=now)
    with pytest.raises(Changed):
        services.release(issue=issue, version=1, by=releaser, now=now)
    assert services.release(issue=issue, version=2, by=releaser, now=now).subject_tr == "Konu"


def test_only_a_draft_is_edited(draft, author):
    issue = services.submit(issue=draft, by=author, now=timezone.now())
    with pytest.raises(MoveRefused):
        services.edit(issue=issue, texts=TEXTS, order=[], dropped=set(), by=author)


def test_order_and_what_is_left_out(draft, author):
    first = draft.items.get()
    second = draft.items.create(key="0f7c9f0e-4d4e-4b57-9f0e-5a8a0f2f6a77", position=2)
    services.edit(issue=draft, texts=TEXTS, order=[second.pk, first.pk], dropped={second.pk}, by=author)
    assert list(draft.items.values_list("pk", "position", "is_dropped")) == [
        (second.pk, 1, True),
        (first.pk, 2, False),
    ]


@pytest.mark.parametrize("lacking", ["subject", "parts", "sender"])
def test_an_incomplete_issue_is_not_submitted(draft, author, lacking):
    if lacking == "subject":
        draft.subject_en = ""
        draft.save()
    elif lacking == "parts":
        draft.items.update(is_dropped=True)
    else:
        sender = make.sender()
        sender.mersis = ""
        sender.save()
    with pytest.raises(NotComplete):
        services.submit(issue=draft, by=author, now=timezone.now())


def test_a_test_goes_to_the_person_herself(draft, author):
    services.send_test(issue=draft, locale="en", by=author)
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == (author.email, "[Test] Diji.vet in May")
    assert "/en/bulten/" in mail.text
    assert not draft.deliveries.exists()


def test_left_out_and_made_after_all(draft, author):
    services.skip(issue=draft, by=author)
    services.reopen(issue=draft, by=author)
    assert draft.status == "draft"


def test_who_confirms_after_the_release_gets_the_next(draft, author, releaser):
    make.readers(2)
    issue = make.released(draft, author=author, releaser=releaser)
    make.reader("sonra@ornek.test")
    assert issue.deliveries.count() == 2


@pytest.mark.parametrize("source", IssueStatus.values)
@pytest.mark.parametrize("target", IssueStatus.values)
def test_every_pair_of_states(source, target):
    allowed = {
        ("draft", "submitted"),
        ("draft", "skipped"),
        ("skipped", "draft"),
        ("submitted", "draft"),
        ("submitted", "sending"),
        ("sending", "paused"),
        ("sending", "sent"),
        ("paused", "sending"),
        ("sent", "sending"),
    }
    assert MOVES.allows(source, target) == ((source, target) in allowed)


def test_the_database_refuses_wrong_deliveries(draft, author, releaser):
    make.readers(1)
    issue = make.released(draft, author=author, releaser=releaser)
    row = issue.deliveries.get()
    with pytest.raises(IntegrityError, match="to_a_reader_once"), transaction.atomic():
        issue.deliveries.create(subscription=row.subscription, due_at=timezone.now())
    with pytest.raises(IntegrityError, match="claimed_before"), transaction.atomic():
        issue.deliveries.update(status=DeliveryStatus.SENT)

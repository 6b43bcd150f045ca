"""The proofs of the help centre can fail."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from core import journal, proofs
from core.models import Line, ProofResult
from core.proofs import State
from faq import queries, services
from faq.models import Feedback
from tests.factories import faq

pytestmark = pytest.mark.django_db


def test_two_clicks_holds_while_every_answer_is_listed(tree):
    faq.question(tree.category, "Soru")

    assert proofs.examine("faq.two_clicks").state == State.OK


def test_two_clicks_fails_when_an_answer_sits_under_a_closed_category(tree):
    lost = faq.question(tree.category, "Soru")
    tree.category.live = False
    tree.category.save()

    result = proofs.examine("faq.two_clicks")

    assert result.state == State.FAILED
    assert str(lost.pk) in result.detail


def test_two_clicks_fails_when_the_list_forgets_an_answer(tree, monkeypatch):
    faq.question(tree.category, "Soru")
    monkeypatch.setattr(queries, "categories", lambda index: [])

    assert proofs.examine("faq.two_clicks").state == State.FAILED


def test_two_clicks_is_degraded_when_a_page_has_to_be_turned(tree):
    faq.make_questions(tree.category, 51)

    result = proofs.examine("faq.two_clicks")

    assert (result.state, result.detail) == (State.DEGRADED, "1 of 51 on later pages")


def test_vote_once_looks_at_the_votes_and_at_the_guard(tree):
    page = faq.question(tree.category, "Soru")
    vote = {"page": page, "revision": 1, "visitor": "v", "helpful": True, "locale": "tr"}
    Feedback.objects.create(**vote)
    assert proofs.examine("faq.vote_once").state == State.OK

    connection.check_constraints()  # nothing pending on the table
    guard = Feedback._meta.constraints[0]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Feedback, guard)
    assert proofs.examine("faq.vote_once").state == State.FAILED
    Feedback.objects.create(**vote)

    assert proofs.examine("faq.vote_once").detail == "2 votes, 1 double"


@pytest.mark.parametrize(("days", "state"), [(6, State.OK), (8, State.DEGRADED)])
def test_a_question_that_waits_too_long_is_told(db, days, state):
    then = timezone.now() - timedelta(days=days)
    suggestion = services.suggest(words="Pasaport nasıl alınır?", locale="tr", now=then)
    assert proofs.examine("faq.suggestions_answered").state == state

    services.triage(suggestion=suggestion, by=None)

    assert proofs.examine("faq.suggestions_answered").state == State.OK


def test_deep_links_is_degraded_when_two_answers_share_an_anchor(tree):
    other = faq.category(tree.index, "Ödeme")
    faq.question(tree.category, "İade", slug="iade")
    assert proofs.examine("faq.deep_links").state == State.OK

    faq.question(other, "İade", slug="iade")

    assert proofs.examine("faq.deep_links").state == State.DEGRADED


def test_publishing_an_answer_checks_its_claims(tree, admin, django_capture_on_commit_callbacks):
    page = faq.question(tree.category, "Soru", claims=["faq.two_clicks"])

    page.save_revision(user=admin).publish()
    line = Line.objects.get(name="faq.question_published")
    journal.handle(line.pk)

    assert line.subject == page
    assert line.actor == admin
    assert ProofResult.objects.get(code="faq.two_clicks").state == State.OK

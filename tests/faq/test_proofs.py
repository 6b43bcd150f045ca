"""The proofs of the help centre can fail."""

import pytest

from core import journal, proofs
from core.models import Line, ProofResult
from core.proofs import State
from faq import queries
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
    monkeypatch.setattr(queries, "sections", lambda index: [])

    assert proofs.examine("faq.two_clicks").state == State.FAILED


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

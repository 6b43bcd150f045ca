"""What an editor waits for: a publication stays within its statements, and leaves nothing undone for it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex

from core import proofs
from core.models import ProofResult
from faq.models import RelatedQuestion
from tests.factories import editorial, faq

pytestmark = pytest.mark.django_db

MOST = 85


@pytest.fixture
def questions(tree):
    return [faq.question(tree.category, f"{number} mama") for number in range(5)]


def relate(page, others) -> None:
    page.related_links.set([RelatedQuestion(question=other) for other in others])


def cost_of_publishing(page) -> int:
    revision = page.save_revision()
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        revision.publish()
    return len(captured)


def referred(page) -> set[str]:
    return set(ReferenceIndex.get_references_for_object(page).values_list("to_object_id", flat=True))


def test_publishing_stays_within_its_statements(questions, settings, monkeypatch):
    settings.RESPONSE_CACHE = True
    first, *others = questions
    first.claims = [editorial.claim(monkeypatch, proofs.State.OK)]
    relate(first, others)
    cost_of_publishing(first)

    assert cost_of_publishing(first) <= MOST


def test_a_related_question_costs_its_reading_and_writing_only(questions):
    """Wagtail alone asks eight more for each, to index the same page anew."""
    first, *others = questions
    costs = []
    for count in (1, 4):
        relate(first, others[:count])
        first.save_revision().publish()
        costs.append(cost_of_publishing(first))

    assert costs[1] - costs[0] <= 3 * 4


def test_what_a_question_refers_to_is_known_when_it_is_published(questions):
    first, second, third, *_ = questions
    relate(first, [second])
    first.save_revision().publish()
    assert referred(first) == {str(second.pk)}

    relate(first, [third])
    first.save_revision()
    assert referred(first) == {str(second.pk)}  # a draft refers to nothing yet
    first.get_latest_revision().publish()
    assert referred(first) == {str(third.pk)}


def test_a_page_that_is_refused_does_not_stop_the_index_for_the_next(questions):
    first, second, *_ = questions
    taken = first.path
    first.path = second.path
    with pytest.raises(ValidationError), transaction.atomic():
        first.save()
    first.path = taken
    relate(first, [second])
    first.save()

    assert referred(first) == {str(second.pk)}


def test_a_proof_keeps_one_row_however_often_it_is_run(monkeypatch):
    code = editorial.claim(monkeypatch, proofs.State.OK)
    first = proofs.check(code)
    monkeypatch.undo()
    code = editorial.claim(monkeypatch, proofs.State.FAILED)

    assert proofs.check(code).pk == first.pk
    assert [row.state for row in ProofResult.objects.filter(code=code)] == [proofs.State.FAILED]

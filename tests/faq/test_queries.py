"""Lists cost the same for a handful of questions and for hundreds; seals say what was really checked."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import ProofResult
from core.proofs import State
from faq import queries
from faq.models import QuestionPage
from tests.factories import faq

pytestmark = pytest.mark.django_db


def result(code: str, state: str = State.OK, minutes_ago: int = 5) -> ProofResult:
    checked_at = timezone.now() - datetime.timedelta(minutes=minutes_ago)
    return ProofResult.objects.create(code=code, state=state, public="…", checked_at=checked_at)


def count_queries(action) -> int:
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def test_the_index_reads_500_questions_with_as_many_queries_as_16(tree):
    faq.make_questions(tree.category, 16)
    few = count_queries(lambda: queries.sections(tree.index))
    faq.make_questions(tree.category, 484)

    assert count_queries(lambda: queries.sections(tree.index)) == few
    section = queries.sections(tree.index)[0]
    assert (len(section.questions), section.total, section.has_more) == (8, 500, True)


def test_questions_stand_under_their_category_in_the_editors_order(tree):
    second = faq.category(tree.index, "Ödeme")
    for title, category in (("B", tree.category), ("C", second), ("A", tree.category)):
        faq.question(category, title)

    found = [(s.category.title, [page.title for page in s.questions]) for s in queries.sections(tree.index)]

    assert found == [("Genel bilgiler", ["B", "A"]), ("Ödeme", ["C"])]


def test_drafts_are_not_listed_nor_counted(tree):
    faq.question(tree.category, "Taslak", live=False)

    assert queries.sections(tree.index) == []


def test_an_audience_sees_its_own_answers_and_those_for_everyone(tree):
    for title, audiences in (("herkes", []), ("klinik", ["clinic"]), ("ebeveyn", ["owner"])):
        faq.question(tree.category, title, audiences=audiences)

    titles = [page.title for page in queries.sections(tree.index, "clinic")[0].questions]

    assert titles == ["herkes", "klinik"]


def test_relations_of_twenty_questions_cost_as_many_queries_as_those_of_one(tree):
    pages = [faq.question(tree.category, f"Soru {number}") for number in range(20)]
    for page in pages[1:]:
        faq.relate(page, pages[0])

    one = count_queries(lambda: queries.attach_relations(pages[1:2]))

    assert count_queries(lambda: queries.attach_relations(pages)) == one
    assert pages[7].related == [pages[0]]
    assert pages[7].category == tree.category


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([], None),
        ([("faq.two_clicks", State.OK, 5)], None),
        ([("faq.two_clicks", State.OK, 5), ("faq.deep_links", State.OK, 61)], None),
        ([("faq.two_clicks", State.OK, 5), ("faq.deep_links", State.UNKNOWN, 5)], None),
        ([("faq.two_clicks", State.OK, 5), ("faq.deep_links", State.OK, 5)], State.OK),
        ([("faq.two_clicks", State.OK, 5), ("faq.deep_links", State.FAILED, 5)], State.DEGRADED),
    ],
)
def test_a_seal_needs_a_fresh_result_for_every_claim(tree, rows, state):
    page = QuestionPage(pk=1, claims=["faq.two_clicks", "faq.deep_links"])
    for row in rows:
        result(*row)

    seal = queries.seals([page]).get(1)

    assert (seal.state if seal else None) == state


def test_a_seal_carries_the_oldest_of_its_moments():
    older = result("faq.two_clicks", minutes_ago=30)
    result("faq.deep_links", minutes_ago=2)

    seal = queries.seals([QuestionPage(pk=1, claims=["faq.two_clicks", "faq.deep_links"])])[1]

    assert seal.at == older.checked_at


def test_an_answer_that_claims_nothing_has_no_seal():
    assert queries.seals([QuestionPage(pk=1)]) == {}

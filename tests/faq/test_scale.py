"""Among thousands of questions PostgreSQL walks to what is asked for by an index; it never reads all of them.

Plans are asked of PostgreSQL as it is set up, after ANALYZE, for the very statements that our code sends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq import queries, seeding, vocabulary
from faq.models import CategoryPage, QuestionPage, Word
from faq.search import search
from tests.factories import faq

pytestmark = pytest.mark.django_db

MANY = 8000  # with fewer, reading all of them is the shorter way
GROWING = {"wagtailcore_page", "faq_questionpage", "wagtailsearch_indexentry", "faq_word"}
PENDING = """
    SELECT gin_clean_pending_list(indexrelid) FROM pg_index
    WHERE indrelid = 'wagtailsearch_indexentry'::regclass
    AND pg_get_indexdef(indexrelid) LIKE '%%USING gin (' || %s || ')'
"""


@pytest.fixture
def crowd(tree) -> None:
    faq.question(tree.category, "Zümrüt papağanın gagası neden soluk?")
    seeding.seed(MANY)
    words = [f"{word}{ending}" for word in range(5000) for ending in ("lar", "ler")]
    Word.objects.bulk_create(Word(language="tr", spelling=word, plain=word) for word in words)
    with connection.cursor() as cursor:
        for column in ("autocomplete", "title", "body"):  # what autovacuum does, sooner
            cursor.execute(PENDING, [column])
        cursor.execute("ANALYZE")


def plans(action: Callable[[], Any]) -> list[dict[str, Any]]:
    """All parts of the plans of what the action reads from the tables that grow."""
    with CaptureQueriesContext(connection) as captured:
        action()
    sent = [row["sql"] for row in captured if "SELECT" in row["sql"] and "set_config" not in row["sql"]]
    return [node for sql in sent for node in parts(plan(sql))]


def plan(sql: str, options: str = "FORMAT JSON") -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN ({options}) {sql}")
        return cursor.fetchone()[0][0]["Plan"]


def parts(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", []):
        yield from parts(below)


def read_whole(nodes: list[dict[str, Any]]) -> set[str]:
    return {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"} & GROWING


def indexes(nodes: list[dict[str, Any]]) -> set[str]:
    return {node["Index Name"] for node in nodes if "Index Name" in node}


def test_among_thousands_of_questions(crowd):
    """One test for both, because writing the thousands takes the longest."""
    nothing_that_readers_ask_reads_a_growing_table_whole()
    for typed in ("kedim", "kedim normal zürafa"):
        where_the_better_matches_are_enough_the_wider_are_not_begun(typed)


def nothing_that_readers_ask_reads_a_growing_table_whole() -> None:
    shelf = CategoryPage.objects.get(slug="ornek-beslenme")
    rare, two, typo = (
        plans(lambda: list(search("papağan", language="tr").questions[:10])),
        plans(lambda: list(search("papağan gagası zürafa", language="tr").questions[:10])),
        plans(lambda: vocabulary.nearest(["papagna"], "tr")),
    )
    listing = plans(lambda: list(queries.section(shelf)[: queries.PAGE_SIZE]))

    assert [read_whole(nodes) for nodes in (rare, two, typo, listing)] == [set(), set(), set(), set()]
    assert any("autocom" in name for name in indexes(rare))
    assert any("autocom" in name for name in indexes(two))
    assert {"word_by_trigrams"} <= indexes(typo)
    assert any("path" in name for name in indexes(listing))


def where_the_better_matches_are_enough_the_wider_are_not_begun(typed: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        search(typed, language="tr")
    union = [row["sql"] for row in captured if "UNION ALL" in row["sql"]][-1]

    scans = [
        node
        for node in parts(plan(union, "ANALYZE, FORMAT JSON"))
        if "autocom" in str(node.get("Index Name"))
    ]

    assert scans
    assert any(node["Actual Loops"] == 0 for node in scans)


def test_the_best_is_among_the_weighed_where_many_have_one_of_the_words(tree):
    seeding.seed(500)
    faq.question(tree.category, "Zümrüt papağanın gagası neden soluk?")

    assert search("papağan gagası normal", language="tr").questions[0].slug.startswith("zumrut")


def test_words_are_learnt_when_a_question_is_published(tree):
    page = faq.question(tree.category, "Mama", live=False)
    page.title, page.synonyms = "Papağan", "muhabbet kuşu"
    page.save_revision().publish()

    assert vocabulary.nearest(["papagna", "muhabet"], "tr") == {"papagna": "papağan", "muhabet": "muhabbet"}


def test_words_that_nobody_may_read_are_not_told(tree):
    draft = faq.question(tree.category, "Gizlibelge", live=False)
    closed = faq.question(tree.category, "Gizlidosya")
    closed.unpublish()
    other = faq.question(tree.category, "Gizlikutu")
    other.view_restrictions.create(restriction_type="login")

    assert QuestionPage.objects.filter(pk=draft.pk).exists()
    assert vocabulary.nearest(["gizlibelg", "gizlidosy", "gizlikut"], "tr") == {}

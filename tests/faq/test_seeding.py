"""Seeded questions are whole questions, and they go without a trace."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from faq import queries, vocabulary
from faq.models import CategoryPage, QuestionPage, Word
from faq.search import search
from tests.factories import faq

pytestmark = pytest.mark.django_db


def run(**options) -> None:
    call_command("seed_questions", force=True, verbosity=0, **options)


def test_they_are_listed_found_and_open(tree, english, client):
    run(count=60)

    assert QuestionPage.objects.count() == 60
    assert len(queries.sections(tree.index)) == len(queries.sections(english.index)) == 12
    page = QuestionPage.objects.filter(locale__language_code="tr").first()
    assert client.get(page.url).status_code == 200
    assert search(page.title, language="tr").is_exact
    assert Page.find_problems() == ([], [], [], [], [])


def test_they_go_without_a_trace(tree, english):
    mine = faq.question(tree.category, "Benim sorum")
    vocabulary.learn([mine])
    tables = (Page, CategoryPage, IndexEntry, Word)
    before = [table.objects.count() for table in tables]
    run(count=60)

    run(remove=True)

    assert [table.objects.count() for table in tables] == before
    assert list(QuestionPage.objects.all()) == [mine]
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_answer_can_still_be_added_by_hand(tree):
    run(count=24)
    shelf = CategoryPage.objects.get(slug="ornek-beslenme")

    faq.question(shelf, "Elle yazılan")

    assert Page.find_problems() == ([], [], [], [], [])


def test_not_twice_not_in_production_not_too_many(tree):
    with pytest.raises(CommandError, match="force"):
        call_command("seed_questions", count=12)
    with pytest.raises(CommandError, match="between"):
        run(count=0)
    run(count=12)
    with pytest.raises(CommandError, match="already"):
        run(count=12)

"""Demo content: whole, true to both languages, repeatable, and never over an editor's work."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from accounts.models import User
from core.text import slug
from faq.models import FaqIndexPage, QuestionPage
from home import demo
from home.demo.answers import CATEGORIES
from home.demo.pages import FEATURED
from home.demo.texts import Words

ANSWERS = [answer for category in CATEGORIES for answer in category.answers]
LANGUAGES = ("tr", "en")


def words_of(item: Words) -> int:
    return len(re.sub(r"<[^>]+>|[{}':]", " ", f"{item.summary} {[value for _, value in item.body]}").split())


def test_there_are_four_categories_of_four_answers():
    assert [len(category.answers) for category in CATEGORIES] == [4, 4, 4, 4]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.key)
def test_an_answer_is_complete_in_both_languages(answer):
    for language in LANGUAGES:
        item = getattr(answer, language)
        assert 90 <= words_of(item) <= 230, words_of(item)
        assert len(item.summary) <= 300
        assert item.slug == slug(item.slug)
        assert item.synonyms
        assert item.responsible
    assert [kind for kind, _ in answer.tr.body] == [kind for kind, _ in answer.en.body]
    assert "!" not in f"{answer.tr} {answer.en}"


def test_relations_point_to_answers_that_exist():
    keys = {answer.key for answer in ANSWERS}

    assert {key for answer in ANSWERS for key in answer.related} | set(FEATURED) <= keys
    assert all(answer.key not in answer.related for answer in ANSWERS)


def test_demo_accounts_need_a_word_outside_development(settings):
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError, match="force"):
        call_command("load_demo")


@pytest.mark.django_db
def test_the_whole_demo(client, django_capture_on_commit_callbacks):
    """One test for all that follows loading, because loading takes the longest."""
    with django_capture_on_commit_callbacks(execute=True):
        output = run()

    assert [line.split()[0] for line in output.splitlines()[-len(demo.PEOPLE) :]] == [
        person.email for person in demo.PEOPLE
    ]
    assert demo.PASSWORD in output
    for person in demo.PEOPLE:
        assert User.objects.get(email=person.email).check_password(demo.PASSWORD)
    assert Page.find_problems() == ([], [], [], [], [])
    all_pages_answer_in_their_language(client)
    all_strings_are_translated()
    a_second_run_changes_nothing()
    edits_survive_a_run()


def run() -> str:
    output = StringIO()
    call_command("load_demo", force=True, stdout=output)
    return output.getvalue()


def all_pages_answer_in_their_language(client):
    pages = Page.objects.live().filter(depth__gt=1).select_related("locale")
    assert pages.count() == 80
    for page in pages:
        answer = client.get(page.url)
        assert answer.status_code == 200, page.url
        assert f'<html lang="{page.locale.language_code}"' in answer.content.decode()
    english = QuestionPage.objects.filter(locale__language_code="en")
    assert {page.slug for page in english} == {answer.en.slug for answer in ANSWERS}
    assert not [page for page in english if re.search("[ğşıİ]", page.plain_body.replace("Diji.vet", ""))]


def all_strings_are_translated():
    """An editor finds every text in the translation view done, none of it broken."""
    assert Translation.objects.count() == 40
    for translation in Translation.objects.all():
        total, done = translation.get_progress()
        assert done == total > 0
    for translated in StringTranslation.objects.all():
        translated.save()  # checks its HTML, which bulk_create leaves out
    assert not StringTranslation.objects.filter(has_error=True).exists()


def a_second_run_changes_nothing():
    before = fingerprint()
    run()
    assert fingerprint() == before


def fingerprint() -> list[tuple]:
    pages = Page.objects.order_by("pk")
    return list(pages.values_list("pk", "title", "slug", "last_published_at", "latest_revision"))


def edits_survive_a_run():
    page = QuestionPage.objects.get(slug="iade-sureci")
    page.title = "Benim başlığım"
    page.save_revision().publish()
    QuestionPage.objects.get(slug="faturalar").delete()

    run()

    assert QuestionPage.objects.get(pk=page.pk).title == "Benim başlığım"
    assert not QuestionPage.objects.filter(slug="faturalar").exists()
    assert FaqIndexPage.objects.count() == 2

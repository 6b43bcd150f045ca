"""Translated pages stay reachable although wagtail-localize writes a stale number of children."""

import pytest
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from tests.factories import faq

pytestmark = pytest.mark.django_db


@pytest.fixture
def translated_tree(tree, django_capture_on_commit_callbacks) -> list[Page]:
    """Home, help centre, category and question submitted at once, as “with subtree” does in the editor."""
    english, _ = Locale.objects.get_or_create(language_code="en")
    pages = [tree.home, tree.index, tree.category, faq.question(tree.category, "Soru")]
    with django_capture_on_commit_callbacks(execute=True):
        for page in pages:
            source, _ = TranslationSource.update_or_create_from_instance(page.specific)
            translation = Translation.objects.create(source=source, target_locale=english)
            translation.save_target()
    return [page.get_translation(english) for page in pages]


def test_translated_parents_know_their_children(translated_tree):
    assert [page.numchild for page in translated_tree] == [1, 1, 1, 0]
    assert Page.find_problems() == ([], [], [], [], [])


def test_translated_children_answer(translated_tree, client: Client):
    assert [client.get(page.url).status_code for page in translated_tree] == [200] * 4

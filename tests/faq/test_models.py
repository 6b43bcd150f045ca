"""What editors may build and what pages know about themselves."""

import pytest
from django.core.exceptions import ValidationError
from wagtail_localize.fields import get_translatable_fields

from faq.models import CategoryPage, FaqIndexPage, QuestionPage
from home.models import HomePage
from tests.factories import faq

pytestmark = pytest.mark.django_db


def test_the_tree_is_home_help_category_question():
    assert FaqIndexPage in HomePage.allowed_subpage_models()
    assert FaqIndexPage.allowed_subpage_models() == [CategoryPage]
    assert CategoryPage.allowed_subpage_models() == [QuestionPage]
    assert QuestionPage.allowed_subpage_models() == []


def test_a_home_has_one_help_centre(tree):
    assert not FaqIndexPage.can_create_at(tree.home)


def test_addresses_are_spelled_in_plain_letters(tree):
    page = faq.question(tree.category, "Şifremi unuttum, ığdır İşi nasıl?")

    assert page.slug == "sifremi-unuttum-igdir-isi-nasil"


def test_no_category_can_hide_the_search(tree):
    with pytest.raises(ValidationError, match="slug"):
        faq.category(tree.index, "Ara")


def test_claims_and_audiences_come_from_the_known_ones(tree):
    with pytest.raises(ValidationError) as refused:
        QuestionPage(title="Soru", slug="soru", claims=["no.such_proof"], audiences=["cats"]).full_clean()

    assert {"claims", "audiences"} <= set(refused.value.message_dict)


def test_translators_see_words_and_not_settings():
    translated = {
        field.field_name for field in get_translatable_fields(QuestionPage) if field.is_translated(None)
    }

    assert {"title", "slug", "summary", "body", "synonyms", "responsible"} <= translated
    assert not {"audiences", "claims", "review_due", "related_links"} & translated


def test_related_questions_follow_the_language_of_the_page(tree, english):
    source = faq.question(tree.category, "Kaynak")
    target = faq.question(tree.category, "Hedef")
    faq.relate(source, target)
    translated = faq.question(english.category, "Source", translation_key=source.translation_key)
    faq.relate(translated, target)
    twin = faq.question(english.category, "Target", translation_key=target.translation_key)

    assert source.related == [target]
    assert translated.related == [twin]


def test_a_related_question_that_is_not_live_is_not_shown(tree):
    source, target = faq.question(tree.category, "Kaynak"), faq.question(tree.category, "Hedef", live=False)
    faq.relate(source, target)

    assert source.related == []

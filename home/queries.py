"""What the home page shows from the rooms below."""

from __future__ import annotations

from faq import queries as faq
from faq.models import FaqIndexPage, QuestionPage

from .models import HomePage


def featured_questions(home: HomePage) -> list[QuestionPage]:
    """The editor's choice, in the language of the page, live ones only."""
    chosen = home.featured_questions.order_by("sort_order")
    keys = list(chosen.values_list("question__translation_key", flat=True))
    pages = faq.listed(QuestionPage.objects.filter(translation_key__in=keys, locale_id=home.locale_id))
    return sorted(pages, key=lambda page: keys.index(page.translation_key))


def help_centre(home: HomePage) -> FaqIndexPage | None:
    return FaqIndexPage.objects.live().child_of(home).select_related("locale").first()

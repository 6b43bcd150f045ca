"""What search engines and link previews read in the head of a page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import _json_script_escapes  # the escapes of Django's own json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from blog.models import PostPage
from faq.models import QuestionPage

register = template.Library()
MOST_LISTED = 50
OG_LOCALES = {"tr": "tr_TR", "en": "en_GB"}


@register.simple_tag
def translations(page: Page) -> list[Page]:
    """The live pages that say the same in each language, this one among them, the source language first.

    Head and footer both ask, so the page remembers.
    """
    if not hasattr(page, "_live_translations"):
        pages = page.get_translations(inclusive=True).live().select_related("locale").defer_streamfields()
        page._live_translations = sorted(
            pages, key=lambda version: version.locale.language_code != settings.LANGUAGE_CODE
        )
    return page._live_translations


@register.simple_tag
def preview_picture() -> str:
    """Our drawn picture at an absolute address, as link previews need it."""
    return f"{settings.BASE_URL.rstrip('/')}{static('img/preview.png')}"


@register.filter
def og_locale(language: str) -> str:
    return OG_LOCALES.get(language, language)


@register.simple_tag
def question_data(page: QuestionPage) -> SafeString:
    """schema.org data of one question with its whole answer."""
    return _faq_data([(page.title, f"{page.summary} {page.plain_body}".strip())])


@register.simple_tag
def list_data(questions: Iterable[QuestionPage]) -> SafeString:
    """schema.org data of the questions a list shows, with their short answers; at most `MOST_LISTED`."""
    return _faq_data([(page.title, page.summary) for page in islice(questions, MOST_LISTED) if page.summary])


def _faq_data(pairs: list[tuple[str, str]]) -> SafeString:
    """A data block: browsers run nothing in it. None where there is nothing to say."""
    if not pairs:
        return SafeString("")
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": get_language(),
        "mainEntity": [
            {"@type": "Question", "name": name, "acceptedAnswer": {"@type": "Answer", "text": words}}
            for name, words in pairs
        ],
    }
    return _data_block(data)


@register.simple_tag
def post_data(page: PostPage) -> SafeString:
    """schema.org data of one post."""
    publisher = {"@type": "Organization", "name": "Diji.vet", "url": settings.BASE_URL}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": page.title,
        "description": page.search_description or page.summary,
        "inLanguage": get_language(),
        "url": page.full_url,
        "mainEntityOfPage": page.full_url,
        "datePublished": page.first_published_at and page.first_published_at.isoformat(),
        "dateModified": page.changed_at and page.changed_at.isoformat(),
        "timeRequired": f"PT{page.reading_minutes}M",
        "keywords": [tag.label for tag in page.shown_tags],
        "author": {"@type": "Person", "name": page.author.name} if page.author else publisher,
        "publisher": publisher,
    }
    if page.picture:
        data["image"] = page.picture.full_url
    if page.retraction:
        data["creativeWorkStatus"] = "Retracted"
        data["correction"] = page.retraction.note
    return _data_block(data)


def _data_block(data: dict[str, Any]) -> SafeString:
    words = json.dumps(data, ensure_ascii=False).translate(_json_script_escapes)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')

"""What search engines and link previews read in the head of a page."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import _json_script_escapes  # the escapes of Django's own json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from faq.models import QuestionPage

register = template.Library()


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
def question_data(page: QuestionPage) -> SafeString:
    """schema.org data of one question. A data block: browsers run nothing in it."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": get_language(),
        "mainEntity": [
            {
                "@type": "Question",
                "name": page.title,
                "acceptedAnswer": {"@type": "Answer", "text": f"{page.summary} {page.plain_body}".strip()},
            }
        ],
    }
    words = json.dumps(data, ensure_ascii=False).translate(_json_script_escapes)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')

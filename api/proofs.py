"""What the APIs promise."""

from __future__ import annotations

import json

from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from core.proofs import Result, State, proof
from faq.models import QuestionPage

ADDRESS = "/api/content/v2/pages/"


@proof("api.content", title=gettext_lazy("The content API gives out what the pages show"))
def content() -> Result:
    """Asks the API in this process for the questions of each language and counts them in the tables."""
    languages = Locale.objects.values_list("language_code", flat=True)
    counts = {language: (_told(language), _published(language)) for language in languages}
    if any(told != published for told, published in counts.values()):
        return Result(State.FAILED, _("The content API and the pages differ."), f"told, published: {counts}")
    return Result(State.OK, _("The content API gives out every published answer."), f"{counts}")


def _told(language: str) -> int:
    request = RequestFactory().get(ADDRESS, {"type": "faq.QuestionPage", "locale": language, "limit": 1})
    match = resolve(ADDRESS)
    answer = match.func(request, *match.args, **match.kwargs)
    return int(json.loads(answer.content)["meta"]["total_count"]) if answer.status_code == 200 else -1


def _published(language: str) -> int:
    return QuestionPage.objects.live().public().filter(locale__language_code=language).count()

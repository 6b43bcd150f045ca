"""What the home page shows from the rooms below."""

from __future__ import annotations

from dataclasses import dataclass

from core.models import ProofResult
from core.proofs import Proof, State
from faq import queries as faq
from faq.models import FaqIndexPage, QuestionPage

from .models import HomePage


def featured_questions(home: HomePage) -> list[QuestionPage]:
    """The editor's choice, in the language of the page, live ones only."""
    chosen = home.featured_questions.order_by("sort_order")
    keys = list(chosen.values_list("question__translation_key", flat=True))
    pages = faq.listed(QuestionPage.objects.filter(translation_key__in=keys, locale_id=home.locale_id))
    return sorted(pages, key=lambda page: keys.index(page.translation_key))


@dataclass(frozen=True)
class Proven:
    """A proof with the last thing it found out and the answers that rest on it."""

    proof: Proof
    result: ProofResult
    answers: list[QuestionPage]


def proven(language: str) -> list[Proven]:
    """Every proof that has run, what does not hold first."""
    questions = faq.listed(QuestionPage.objects.filter(locale__language_code=language).exclude(claims=[]))
    claiming = list(questions.order_by("path"))
    rows = [
        Proven(proof, result, [page for page in claiming if proof.code in page.claims])
        for proof, result in faq.named_results()
    ]
    return sorted(rows, key=lambda row: (row.result.state == State.OK, row.proof.code))


def help_centre(home: HomePage) -> FaqIndexPage | None:
    return FaqIndexPage.objects.live().child_of(home).select_related("locale").first()

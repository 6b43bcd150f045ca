"""A published answer has its claims checked and is told to who asked; a changed clause asks for review."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from core import clauses, journal, proofs
from core.models import Line

from . import events, queries, reviews, services, vocabulary
from .models import QuestionPage


@receiver(page_published, sender=QuestionPage)
def note_publication(instance: QuestionPage, revision: Any = None, **_: Any) -> None:
    reviews.close(instance, now=timezone.now())
    journal.write(events.PUBLISHED, actor=getattr(revision, "user", None), subject=instance)


@journal.on(events.PUBLISHED)
def check_claims(line: Line) -> None:
    """A claim whose proof has been retired is skipped; the editor sees it at the next edit."""
    known = {code for code, _ in proofs.choices()}
    if line.subject:
        proofs.check_all(known.intersection(line.subject.claims))


@journal.on(events.CLAUSE_CHANGED)
def review_citing_answers(line: Line) -> None:
    """Answers that quote the clause are due today, with what it said and says now."""
    told = line.data
    for page in queries.citing(told["document"], clause=told["clause"], locale=told["locale"]):
        reviews.open_note(page, told=told, now=line.at)


@clauses.citer
def citing_answers(document: str, language: str) -> list[dict[str, Any]]:
    """Live answers in this language that quote the document, for the document's own page."""
    found = queries.citing(document, language=language)
    today = timezone.localdate()
    return [
        {
            "title": page.title,
            "url": page.url,
            "is_due": bool(page.review_due and page.review_due <= today),
        }
        for page in found
    ]


@journal.on(events.PUBLISHED)
def answer_suggestions(line: Line) -> None:
    if line.subject and line.subject.live:
        services.answer(page=line.subject, by=line.actor)


@receiver(post_save, sender=QuestionPage)
def learn_words(instance: QuestionPage, update_fields: Any = None, **_: Any) -> None:
    """Words of drafts are nobody's business yet."""
    if instance.live and (update_fields is None or {"title", "synonyms", "live"} & set(update_fields)):
        vocabulary.learn([instance])


@receiver(pre_delete, sender=QuestionPage)
def bring_suggestions_back(instance: QuestionPage, **_: Any) -> None:
    services.lose_draft(instance)

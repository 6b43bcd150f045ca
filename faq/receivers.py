"""When an answer is published, what it claims is checked anew, and who asked for it hears of it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.signals import page_published

from core import journal, proofs
from core.models import Line

from . import events, services
from .models import QuestionPage


@receiver(page_published, sender=QuestionPage)
def note_publication(instance: QuestionPage, revision: Any = None, **_: Any) -> None:
    journal.write(events.PUBLISHED, actor=getattr(revision, "user", None), subject=instance)


@journal.on(events.PUBLISHED)
def check_claims(line: Line) -> None:
    """A claim whose proof has been retired is skipped; the editor sees it at the next edit."""
    known = {code for code, _ in proofs.choices()}
    if line.subject:
        proofs.check_all(known.intersection(line.subject.claims))


@journal.on(events.PUBLISHED)
def answer_suggestions(line: Line) -> None:
    if line.subject and line.subject.live:
        services.answer(page=line.subject, by=line.actor)


@receiver(pre_delete, sender=QuestionPage)
def bring_suggestions_back(instance: QuestionPage, **_: Any) -> None:
    services.lose_draft(instance)

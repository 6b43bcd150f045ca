"""Verbs of the help centre: vote, suggest, and what editors make of it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from wagtail.coreutils import find_available_slug

from core import journal, mail, text

from . import events
from .errors import AlreadyVoted, AnswerRenewed, NoSuchPlace
from .models import CategoryPage, Feedback, QuestionPage, Suggestion, Tally
from .states import MOVES, Status

LETTERS = "ACDEFGHJKLMNPRTUVWXYZ234679"  # nothing that is mistaken for another when read aloud
LONGEST_TITLE = 120


# --- Votes --------------------------------------------------------------------------------


def revision_of(page: QuestionPage) -> int:
    """The published revision as a number; 0 for a page that was never edited."""
    return page.live_revision_id or 0


@transaction.atomic
def vote(
    *, page: QuestionPage, revision: int, helpful: bool, visitor: str, now: datetime, change: bool = False
) -> Feedback:
    """One vote for each visitor and revision; within ten minutes it may be changed on purpose.

    Raises AnswerRenewed, AlreadyVoted.
    """
    if revision != revision_of(page):
        raise AnswerRenewed
    values = {"helpful": helpful, "locale": page.locale.language_code, "at": now}
    feedback, is_new = Feedback.objects.select_for_update().get_or_create(
        page=page, revision=revision, visitor=visitor, defaults=values
    )
    if is_new:
        return feedback
    if not change or not feedback.may_change(now):
        raise AlreadyVoted
    feedback.helpful, feedback.reason, feedback.comment = helpful, "", ""
    feedback.save(update_fields=["helpful", "reason", "comment"])
    return feedback


@transaction.atomic
def explain(*, page: QuestionPage, visitor: str, reason: str, comment: str, now: datetime) -> Feedback:
    """What was missing, added once to a fresh "no". Raises AlreadyVoted."""
    mine = Feedback.objects.select_for_update().filter(page=page, revision=revision_of(page), visitor=visitor)
    feedback = mine.filter(helpful=False, reason="", comment="").first()
    if feedback is None or not feedback.may_change(now):
        raise AlreadyVoted
    feedback.reason, feedback.comment = reason, comment
    feedback.save(update_fields=["reason", "comment"])
    return feedback


# --- Suggestions --------------------------------------------------------------------------


@transaction.atomic
def suggest(
    *,
    words: str,
    email: str = "",
    locale: str,
    now: datetime,
    asker: Any = None,
    source: QuestionPage | None = None,
    query: str = "",
) -> Suggestion:
    """Take a question in; the address, if any, gets the reference. The same one twice in a day is one."""
    values = {
        "reference": new_reference(),
        "text": words,
        "email": email,
        "asker": asker if getattr(asker, "pk", None) else None,
        "source": source,
        "query": query,
        "locale": locale,
        "at": now,
    }
    fingerprint = _fingerprint(timezone.localdate(now).isoformat(), locale, email, text.fold(words))
    suggestion, is_new = Suggestion.objects.get_or_create(fingerprint=fingerprint, defaults=values)
    if is_new:
        journal.write(events.SUGGESTED, actor=asker, subject=suggestion)
        _tell(suggestion, "suggestion_received")
    return suggestion


def triage(*, suggestion: Suggestion, by: Any) -> None:
    """Somebody looks at it. Raises MoveRefused."""
    MOVES.move(suggestion, Status.TRIAGED, event=events.SUGGESTION_MOVED, actor=by)


@transaction.atomic
def draft(*, suggestion: Suggestion, category: CategoryPage, by: Any) -> QuestionPage:
    """A draft whose title is the question, found by the words searched for.

    Raises MoveRefused, NoSuchPlace.
    """
    if not category.permissions_for_user(by).can_add_subpage():
        raise NoSuchPlace
    page = _new_draft(category, suggestion.text, synonyms=suggestion.query, by=by)
    MOVES.move(suggestion, Status.DRAFTED, event=events.SUGGESTION_MOVED, actor=by, question=page)
    count_asked(page.pk)
    return page


@transaction.atomic
def draft_from_search(*, shown: str, category: CategoryPage, by: Any, now: datetime) -> QuestionPage:
    """A draft for what people search in vain. It is a suggestion of nobody in particular."""
    language = category.locale.language_code
    suggestion = suggest(words=shown, locale=language, query=shown, asker=by, now=now)
    return draft(suggestion=suggestion, category=category, by=by)


@transaction.atomic
def answer(*, page: QuestionPage, by: Any = None) -> int:
    """The page is published: whoever asked for it hears so, once. Safe to run twice."""
    waiting = page.suggestions.filter(status=Status.DRAFTED).order_by("pk")
    for suggestion in waiting:
        MOVES.move(suggestion, Status.ANSWERED, event=events.SUGGESTION_MOVED, actor=by)
        journal.write(events.SUGGESTION_ANSWERED, actor=by, subject=suggestion, data=_news(suggestion, page))
        _tell(suggestion, "suggestion_answered", page=page)
        _forget_address(suggestion)
    return len(waiting)


@transaction.atomic
def reject(*, suggestion: Suggestion, reason: str, by: Any) -> None:
    """Not for the help page; the asker is told why. Raises MoveRefused."""
    MOVES.move(suggestion, Status.REJECTED, event=events.SUGGESTION_MOVED, actor=by, reason=reason)
    _tell(suggestion, "suggestion_rejected")
    _forget_address(suggestion)


@transaction.atomic
def mark_duplicate(*, suggestion: Suggestion, question: QuestionPage, by: Any) -> None:
    """There is an answer already; the asker gets its link. Raises MoveRefused."""
    MOVES.move(suggestion, Status.DUPLICATE, event=events.SUGGESTION_MOVED, actor=by, question=question)
    count_asked(question.pk)
    journal.write(events.SUGGESTION_ANSWERED, actor=by, subject=suggestion, data=_news(suggestion, question))
    _tell(suggestion, "suggestion_answered", page=question)
    _forget_address(suggestion)


def lose_draft(page: QuestionPage) -> None:
    """The draft is being deleted: what it was meant to answer comes back to the desk."""
    for suggestion in page.suggestions.filter(status=Status.DRAFTED):
        MOVES.move(suggestion, Status.TRIAGED, event=events.SUGGESTION_MOVED, question=None)


def count_asked(page_id: int) -> None:
    """One more person asked what this page answers."""
    Tally.objects.get_or_create(page_id=page_id)
    Tally.objects.filter(pk=page_id).update(asked=F("asked") + 1)


def new_reference() -> str:
    return "S-" + "".join(secrets.choice(LETTERS) for _ in range(7))


def _new_draft(category: CategoryPage, words: str, *, synonyms: str, by: Any) -> QuestionPage:
    title = Truncator(" ".join(words.split())).chars(LONGEST_TITLE)
    page = QuestionPage(
        title=title,
        slug=find_available_slug(category, text.slug(title)[:200] or "soru"),
        synonyms=synonyms,
        live=False,
        has_unpublished_changes=True,
        owner=by,
        locale=category.locale,
    )
    category.add_child(instance=page)
    page.save_revision(user=by)
    return page


def _news(suggestion: Suggestion, page: QuestionPage) -> dict[str, Any]:
    return {
        "suggestion": suggestion.reference,
        "url": page.full_url or "",
        "title": page.title,
        "locale": suggestion.locale,
        "mailed": bool(suggestion.email),
    }


def _tell(suggestion: Suggestion, template: str, *, page: QuestionPage | None = None) -> None:
    if suggestion.email:
        with translation.override(suggestion.locale):
            path = reverse("faq:suggestion", args=[suggestion.reference])
        context = {"suggestion": suggestion, "path": path, "page": page, "url": page.full_url if page else ""}
        mail.send(template, to=suggestion.email, context=context, locale=suggestion.locale)


def _forget_address(suggestion: Suggestion) -> None:
    """The last mail is queued; nothing needs the address any more."""
    suggestion.email = ""
    suggestion.save(update_fields=["email"])


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()

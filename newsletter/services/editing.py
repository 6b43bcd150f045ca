"""The author's work on an issue: words, order, what stays out, a test; then somebody else's turn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import journal, mail
from core.states import MoveRefused

from .. import events, letters, locks, queries
from ..errors import NotComplete
from ..models import Issue, SenderDetails
from ..states import ISSUE_MOVES, IssueStatus

TEXTS = ("subject_tr", "subject_en", "intro_tr", "intro_en")


@transaction.atomic
def edit(*, issue: Issue, texts: dict[str, str], order: list[int], dropped: set[int], by: Any) -> Issue:
    """Keep what the author wrote. Only a draft can be changed. `order` and `dropped` hold keys of items."""
    issue = locks.issue(issue.pk)
    if not issue.is_open:
        raise MoveRefused
    for name in TEXTS:
        setattr(issue, name, texts[name])
    issue.save(update_fields=[*TEXTS])
    places = {pk: place for place, pk in enumerate(order, start=1)}
    for item in issue.items.all():
        item.position, item.is_dropped = places.get(item.pk, item.position), item.pk in dropped
        item.save(update_fields=["position", "is_dropped"])
    journal.write(events.EDITED, actor=by, subject=issue, data={"month": issue.key})
    return issue


@transaction.atomic
def submit(*, issue: Issue, by: Any, now: datetime) -> Issue:
    """Fix the words as they are now and hand the issue to another person. Raises NotComplete."""
    issue = locks.issue(issue.pk)
    refuse_incomplete(issue)
    for item in queries.items_of(issue):
        item.save(update_fields=["words"])
    facts = {"version": issue.version + 1, "submitted_by": by, "submitted_at": now}
    ISSUE_MOVES.move(
        issue, IssueStatus.SUBMITTED, event=events.SUBMITTED, actor=by, data={"month": issue.key}, **facts
    )
    return issue


@transaction.atomic
def send_back(*, issue: Issue, by: Any) -> None:
    """To the author's desk again: words follow the posts once more."""
    ISSUE_MOVES.move(issue, IssueStatus.DRAFT, event=events.SENT_BACK, actor=by, data={"month": issue.key})
    issue.items.update(words={})


def skip(*, issue: Issue, by: Any) -> None:
    """This month has no newsletter."""
    ISSUE_MOVES.move(issue, IssueStatus.SKIPPED, event=events.SKIPPED, actor=by, data={"month": issue.key})


def reopen(*, issue: Issue, by: Any) -> None:
    ISSUE_MOVES.move(issue, IssueStatus.DRAFT, event=events.REOPENED, actor=by, data={"month": issue.key})


@transaction.atomic
def send_test(*, issue: Issue, locale: str, by: Any) -> None:
    """To the person herself, marked as a test. Its links lead to the newsletter's page and stop nothing."""
    letter = letters.write(issue, queries.items_of(issue), locale=locale)
    if letter is None:
        raise NotComplete(_("Nothing is left in this issue."))
    page = f"{settings.BASE_URL}{_page(locale)}"
    own = letter.for_reader(page, page)
    message = EmailMultiAlternatives(f"[{_('Test')}] {own.subject}", own.text, to=[by.email])
    message.attach_alternative(own.html, "text/html")
    mail.keep(message)
    journal.write(events.TESTED, actor=by, subject=issue, data={"month": issue.key, "locale": locale})


def _page(locale: str) -> str:
    with translation.override(locale):
        return reverse("newsletter:index")


def refuse_incomplete(issue: Issue) -> None:
    """What each issue needs before anybody gets it; the sender's facts because the law wants them in it."""
    if not (issue.subject_tr and issue.subject_en):
        raise NotComplete(_("Write the subject in both languages."))
    if not queries.pieces(queries.items_of(issue), "tr"):
        raise NotComplete(_("Nothing is left in this issue."))
    if not SenderDetails.load().is_complete:
        raise NotComplete(
            _("First fill in trade name, MERSİS number and contact: Settings > Sender of the newsletter.")
        )

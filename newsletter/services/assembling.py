"""The issue of the month that has just ended, made once, whatever runs twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import journal

from .. import events, queries
from ..models import Issue, IssueItem


@transaction.atomic
def assemble(*, now: datetime) -> Issue | None:
    """Make the draft of last month by Istanbul's calendar. None when it is there already."""
    month = month_before(timezone.localdate(now))
    subjects = {f"subject_{language}": _subject(month, language) for language in ("tr", "en")}
    # The month is unique: of two rivals the second waits for the first and finds its issue.
    issue, is_new = Issue.objects.get_or_create(month=month, defaults={"assembled_at": now, **subjects})
    if not is_new:
        return None
    posts = queries.posts_of(month)
    IssueItem.objects.bulk_create(
        IssueItem(issue=issue, key=post.translation_key, position=place, audiences=post.audiences)
        for place, post in enumerate(posts, start=1)
    )
    journal.write(events.ASSEMBLED, subject=issue, data={"month": issue.key, "items": len(posts)})
    return issue


def month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _subject(month: date, language: str) -> str:
    with translation.override(language):
        return _("Diji.vet newsletter: %(month)s") % {"month": date_format(month, "F Y")}

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
    row = Issue(month=month, assembled_at=now, **subjects)
    Issue.objects.bulk_create([row], ignore_conflicts=True)  # the month is unique: the second adds nothing
    issue = Issue.objects.select_for_update().get(month=month)
    if issue.items.exists() or issue.assembled_at != now:
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

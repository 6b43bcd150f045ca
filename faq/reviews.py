"""Answers that have to be looked at again because something they rest on has changed."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from .models import QuestionPage, ReviewNote


@transaction.atomic
def open_note(page: QuestionPage, *, told: dict[str, Any], now: datetime.datetime) -> ReviewNote:
    """Keep the difference and make the answer due on the local day of `now`."""
    _make_due(page, timezone.localdate(now))
    reason = _("%(document)s, version %(number)s: clause %(clause)s reads differently")
    return ReviewNote.objects.create(
        page=page,
        reason=(reason % {name: told[name] for name in ("document", "number", "clause")})[:200],
        url=told.get("url", ""),
        old=told["old"],
        new=told["new"],
        at=now,
    )


def _make_due(page: QuestionPage, day: datetime.date) -> None:
    """On the page and in the revision that editors go on from: a draft keeps its text, only the day moves."""
    if page.review_due and page.review_due <= day:
        return
    QuestionPage.objects.filter(pk=page.pk).update(review_due=day)
    for revision in Revision.objects.filter(pk__in={page.latest_revision_id, page.live_revision_id} - {None}):
        revision.content["review_due"] = day.isoformat()
        revision.save(update_fields=["content"])


def close(page: QuestionPage, *, now: datetime.datetime) -> None:
    """An answer that is published anew has been looked at."""
    ReviewNote.objects.filter(page_id=page.pk, done_at=None).update(done_at=now)

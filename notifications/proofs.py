"""What notices promise: an official announcement reaches everyone it concerns, once."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Line
from core.proofs import Result, State, proof

from . import events, news
from .models import Notice
from .news import Story

SOON = timedelta(minutes=5)


@proof(
    "notifications.announcement_told",
    title=gettext_lazy("Each official announcement is told to everyone it concerns, once"),
)
def announcement_told() -> Result:
    now = timezone.now()
    stories = [story for story in news.recent(now) if story.at < now - SOON]
    gaps = [gap for story in stories for gap in _gaps(story)]
    figures = f"{len(stories)} announcements, {len(gaps)} gaps"
    if gaps and _is_on_its_way():
        return Result(State.DEGRADED, _("An official announcement is still on its way."), figures)
    if gaps:
        public = _("An official announcement has not reached everyone it concerns.")
        return Result(State.FAILED, public, f"{figures}: {'; '.join(gaps)}"[:2000])
    public = _("Everyone concerned has a notice of each of the last %d official announcements.")
    return Result(State.OK, public % len(stories), figures)


def _gaps(story: Story) -> list[str]:
    """A retracted one is told to nobody any more, but marked for everybody who had heard it."""
    told = Notice.objects.filter(key=story.key)
    found = {"untold": 0 if story.reason else story.untold().count()}
    found["twice"] = told.values("recipient").annotate(times=Count("pk")).filter(times__gt=1).count()
    found["unmarked"] = told.filter(retracted_at=None).count() if story.reason else 0
    return [f"{story.key} {count} {name}" for name, count in found.items() if count]


def _is_on_its_way() -> bool:
    names = [events.ANNOUNCED, events.TELLING, events.ANNOUNCEMENT_RETRACTED]
    return Line.objects.filter(name__in=names, handled_at=None, parked_at=None).exists()

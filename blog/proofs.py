"""What the blog promises: what is announced is everywhere, and stays."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from core.models import Line
from core.proofs import Result, State, proof

from . import events, feeds, queries
from .models import Announcement, PostPage

SOON = timedelta(minutes=5)


@proof("blog.announcements_everywhere", title=gettext_lazy("Official announcements stand in every place"))
def announcements_everywhere() -> Result:
    """Starts from the rows of what was told, so a post that was hidden is missed and not forgotten."""
    told = Announcement.objects.count()
    gaps = [f"{language}: {gap}" for language in _languages() for gap in _gaps(language)]
    late = _lines_on_their_way()
    figures = f"{told} announced, {late} late"
    if gaps:
        public = _("An official announcement is missing in one of its places.")
        return Result(State.FAILED, public, f"{figures}; {'; '.join(gaps)}"[:2000])
    if late:
        return Result(State.DEGRADED, _("An official announcement is still on its way."), figures)
    return Result(State.OK, _("Each of the %d official announcements stands in every place.") % told, figures)


def _languages() -> list[str]:
    return list(Locale.objects.order_by("pk").values_list("language_code", flat=True))


def _gaps(language: str) -> list[str]:
    told = _ids(Announcement.objects.filter(post__locale__language_code=language).order_by("-at", "-pk"))
    in_blog = set(queries.visible(language).values_list("pk", flat=True))
    in_official = set(queries.announcements(language).values_list("pk", flat=True))
    in_feed = _ids_in_feed(language)
    untold = queries.visible(language).filter(official=True, announcement=None).values_list("pk", flat=True)
    places = {
        "not in the blog": set(told) - in_blog,
        "not on the official page": set(told) - in_official,
        "not in the feed": set(told[: feeds.LATEST]) - in_feed,
        "never told": set(untold),
    }
    return [f"{place} {sorted(missing)}" for place, missing in places.items() if missing]


def _ids(announcements: object) -> list[int]:
    return list(announcements.values_list("post_id", flat=True))


def _ids_in_feed(language: str) -> set[int]:
    """Read from the feed as it is written, by the ids of its entries."""
    with translation.override(language):
        found = queries.announcements(language)
        atom = feeds.build(feeds.Feed("", "", "", language, found))
    entries = {item["unique_id"] for item in atom.items}
    told = PostPage.objects.exclude(announcement=None).select_related("locale")
    return {post.pk for post in told if feeds.entry_id(post) in entries}


def _lines_on_their_way() -> int:
    names = [events.ANNOUNCED, events.RETRACTED]
    return Line.objects.filter(name__in=names, handled_at=None, at__lt=timezone.now() - SOON).count()

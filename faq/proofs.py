"""What the help centre promises about itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.proofs import Result, State, proof

from . import queries
from .models import FaqIndexPage, Feedback, QuestionPage, Suggestion
from .states import Status

READ_WITHIN = timedelta(days=7)
ONE_VOTE = "visitor_votes_once_on_a_revision"


@proof("faq.two_clicks", title=gettext_lazy("Every answer is two clicks away"))
def two_clicks() -> Result:
    """Compares what the help pages list, and on which page, with all questions that are published."""
    published = set(QuestionPage.objects.live().public().values_list("pk", flat=True))
    places = {pk: place for index in _help_centres() for pk, place in _places(index)}
    if lost := published - places.keys():
        public = _("Some answers are missing from the help page.")
        return Result(State.FAILED, public, f"not listed: {sorted(lost)[:50]}")
    far = sum(place > queries.PAGE_SIZE for place in places.values())
    if far:
        public = _("Some categories are so full that you turn a page to reach an answer.")
        return Result(State.DEGRADED, public, f"{far} of {len(published)} on later pages")
    return Result(State.OK, _("Each of the %d answers can be reached in two clicks.") % len(published))


@proof("faq.deep_links", title=gettext_lazy("Every answer has a link of its own"))
def deep_links() -> Result:
    """The help page uses the address of a question as its anchor, so it may occur only once in a language."""
    questions = QuestionPage.objects.live().order_by().values("locale__language_code", "slug")
    doubled = questions.annotate(times=Count("pk")).filter(times__gt=1)
    if found := [f"{row['locale__language_code']}#{row['slug']}" for row in doubled[:50]]:
        return Result(State.DEGRADED, _("Some answers share a link."), ", ".join(found))
    return Result(State.OK, _("Each answer opens by its own link on the help page."))


@proof("faq.vote_once", title=gettext_lazy("Every reader has one voice for each version of an answer"))
def vote_once() -> Result:
    """Counts double votes, and asks the database whether it would refuse one."""
    doubled = Feedback.objects.values("page", "revision", "visitor").annotate(n=Count("pk")).filter(n__gt=1)
    figures = f"{Feedback.objects.count()} votes, {doubled.count()} double"
    if not _is_guarded(Feedback._meta.db_table, ONE_VOTE) or doubled.exists():
        return Result(State.FAILED, _("Some votes were counted twice."), figures)
    return Result(State.OK, _("Nobody’s vote on an answer counts twice."), figures)


@proof("faq.suggestions_answered", title=gettext_lazy("Your questions are read within seven days"))
def suggestions_answered() -> Result:
    """Nothing that readers asked waits unread for longer."""
    waiting = Suggestion.objects.filter(status=Status.NEW)
    late = waiting.filter(at__lt=timezone.now() - READ_WITHIN).count()
    figures = f"{waiting.count()} unread, {late} late"
    if late:
        return Result(
            State.DEGRADED, _("Some questions have been waiting for longer than seven days."), figures
        )
    return Result(State.OK, _("No question has been waiting unread for longer than seven days."), figures)


def _help_centres() -> list[FaqIndexPage]:
    return list(FaqIndexPage.objects.live().order_by("path"))


def _places(index: FaqIndexPage) -> Iterable[tuple[int, int]]:
    """Questions whose category is open, each with its place in it."""
    shelves = {page.path for page in queries.categories(index)}
    rows = queries.numbered(index).values_list("pk", "path", "place")
    return [(pk, place) for pk, path, place in rows if path[: -index.steplen] in shelves]


def _is_guarded(table: str, constraint: str) -> bool:
    with connection.cursor() as cursor:
        found: dict = connection.introspection.get_constraints(cursor, table).get(constraint, {})
    return bool(found.get("unique"))

"""What the help centre promises about itself."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.proofs import Result, State, proof

from . import queries
from .models import FaqIndexPage, QuestionPage


@proof("faq.two_clicks", title=gettext_lazy("Every answer is two clicks away"))
def two_clicks() -> Result:
    """Compares what the help pages list with all questions that are published."""
    published = set(QuestionPage.objects.live().public().values_list("pk", flat=True))
    lost = published - {page.pk for index in _help_centres() for page in _listed(index)}
    if lost:
        public = _("Some answers are missing from the help page.")
        return Result(State.FAILED, public, f"not listed: {sorted(lost)}")
    return Result(State.OK, _("Each of the %d answers can be reached in two clicks.") % len(published))


@proof("faq.deep_links", title=gettext_lazy("Every answer has a link of its own"))
def deep_links() -> Result:
    """The help page uses the address of a question as its anchor, so it may occur only once."""
    doubled = [
        f"{index.slug}#{slug}"
        for index in _help_centres()
        for slug, times in Counter(page.slug for page in _listed(index)).items()
        if times > 1
    ]
    if doubled:
        return Result(State.DEGRADED, _("Some answers share a link."), ", ".join(doubled))
    return Result(State.OK, _("Each answer opens by its own link on the help page."))


def _help_centres() -> list[FaqIndexPage]:
    return list(FaqIndexPage.objects.live().order_by("path"))


def _listed(index: FaqIndexPage) -> list[QuestionPage]:
    return [page for section in queries.sections(index) for page in section.questions]

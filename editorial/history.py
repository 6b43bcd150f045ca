"""Our entries in a page's own history, beside Wagtail's."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import Page, PageLogEntry

from . import events


def note(page: Page, action: str, *, by: Any = None, data: dict | None = None, revision: Any = None) -> None:
    log(instance=page, action=action, user=by, data=data or {}, revision=revision)


class Asked(LogFormatter):
    label = gettext_lazy("Ask for an outside opinion")

    def format_message(self, entry: PageLogEntry) -> str:
        return _("Asked %(reader)s for an opinion") % _texts(entry)


class Answered(LogFormatter):
    label = gettext_lazy("Outside opinion")

    def format_message(self, entry: PageLogEntry) -> str:
        if entry.data.get("verdict") == "approved":
            return _("%(reader)s approved the draft") % _texts(entry)
        return _("%(reader)s returned the draft") % _texts(entry)

    def format_comment(self, entry: PageLogEntry) -> str:
        return entry.data.get("note", "")


class Revoked(LogFormatter):
    label = gettext_lazy("Revoke a review link")

    def format_message(self, entry: PageLogEntry) -> str:
        return _("Revoked the link of %(reader)s") % _texts(entry)


class Held(LogFormatter):
    label = gettext_lazy("Publication waits for a reason")

    def format_message(self, entry: PageLogEntry) -> str:
        return _("Not published yet, because a proof does not hold: %(codes)s") % _texts(entry)


class Despite(LogFormatter):
    label = gettext_lazy("Publication despite a proof")

    def format_message(self, entry: PageLogEntry) -> str:
        return _("Published although a proof does not hold: %(codes)s") % _texts(entry)

    def format_comment(self, entry: PageLogEntry) -> str:
        return entry.data.get("reason", "")


class StandInNamed(LogFormatter):
    label = gettext_lazy("Name a stand-in")

    def format_message(self, entry: PageLogEntry) -> str:
        return _("Named %(person)s for the task “%(task)s”") % _texts(entry)

    def format_comment(self, entry: PageLogEntry) -> str:
        return entry.data.get("reason", "")


FORMATTERS = {
    events.REVIEW_ASKED: Asked,
    events.REVIEW_ANSWERED: Answered,
    events.REVIEW_REVOKED: Revoked,
    events.PUBLICATION_HELD: Held,
    events.PUBLISHED_DESPITE: Despite,
    events.STAND_IN_NAMED: StandInNamed,
}


def register(actions: LogActionRegistry) -> None:
    for action, formatter in FORMATTERS.items():
        actions.register_action(action)(formatter)


def _texts(entry: PageLogEntry) -> dict[str, str]:
    """Old entries may lack a word: an empty one is better than an error page."""
    words = {"reader": "", "codes": [], "person": "", "task": "", **(entry.data or {})}
    return words | {"codes": ", ".join(words["codes"])}

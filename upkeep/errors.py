"""Refusals of this room, with words fit for people."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class TooSoon(Refused):
    code = "too_soon"
    message = _(
        "Planned maintenance is announced at least 48 hours ahead. Choose a later time, or call it what it "
        "is: unplanned."
    )


class StaleWindow(Refused):
    code = "stale_window"
    message = _("Somebody else has changed this since you opened it. Read it again before you decide.")


class NoComponent(Refused):
    code = "no_component"
    message = _("Choose at least one part that this concerns.")


class NothingChanged(Refused):
    code = "nothing_changed"
    message = _("This is what was announced already; nobody is told twice.")


class StaysUnplanned(Refused):
    code = "stays_unplanned"
    message = _("What was told as unplanned does not become planned afterwards.")


class OverAlready(Refused):
    code = "over_already"
    message = _("Its end has passed. Choose a later one.")


class NotYet(Refused):
    code = "not_yet"
    message = _("It begins at the time that was announced, not before.")


class TooTight(Refused):
    """48 hours are left, but the mails take their time."""

    code = "too_tight"

    def __init__(self, people: int, earliest: datetime) -> None:
        super().__init__(people, earliest)
        self.message = _(
            "The mails to %(people)d people need some time to leave. Begin on %(earliest)s or later, so that "
            "the last of them has it 48 hours ahead."
        ) % {"people": people, "earliest": formats.date_format(_minute_after(earliest), "j F Y H:i")}


def _minute_after(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(second=0, microsecond=0) + timedelta(minutes=1)

"""What this room promises about itself: planned maintenance is told 48 hours ahead, as receipts show."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.proofs import Result, State, proof

from . import queries
from .models import MaintenanceWindow
from .states import Kind, Status

LOOKS_BACK = timedelta(days=365)
MOST = 200
GUARDS = {"planned_window_is_announced_48_hours_ahead", "upkeep_keep_the_word"}


@proof("upkeep.told_48_hours_ahead", title=gettext_lazy("Planned maintenance is told 48 hours ahead"))
def told_48_hours_ahead() -> Result:
    """Every planned window of a year: its times, who was told in the panel and by mail, and when."""
    missing = GUARDS - _guards()
    told = [queries.told_ahead(window) for window in _planned()]
    being_told = [one for one in told if _has_time_left(one)]
    told = [one for one in told if one not in being_told]
    wrong = [one for one in told if not one.holds]
    people = sum(one.people for one in told)
    figures = (
        f"{len(told)} windows, {people} receipts, {len(being_told)} being told, "
        f"missing guards: {sorted(missing)}"
    )
    if missing or wrong:
        details = "; ".join(_figures(one) for one in wrong)
        public = _("Planned maintenance was not told to everybody 48 hours ahead; staff are on it.")
        return Result(State.FAILED, public, f"{figures}; {details}"[:2000])
    if not told:
        public = _("No maintenance was planned; the system refuses any less than 48 hours ahead.")
        return Result(State.OK, public, figures)
    public = _(
        "All %(windows)d planned windows of a year were told 48 hours ahead, as %(people)d receipts show."
    )
    return Result(State.OK, public % {"windows": len(told), "people": people}, figures)


def _planned() -> list[MaintenanceWindow]:
    """Announced ones too: their 48 hours have begun. Called off ones moved nobody."""
    rows = MaintenanceWindow.objects.public().filter(
        kind=Kind.PLANNED, starts_at__gt=timezone.now() - LOOKS_BACK
    )
    return list(rows.exclude(status=Status.CANCELLED).order_by("-starts_at")[:MOST])


def _has_time_left(one: queries.Ahead) -> bool:
    """Notices or mails are on their way, and 48 hours before it begins have not come yet."""
    return one.is_on_its_way and timezone.now() <= one.window.starts_at - queries.NOTICE


def _figures(one: queries.Ahead) -> str:
    return (
        f"window {one.window.pk}: {one.untold} untold, {one.late_in_panel} late in the panel, "
        f"{one.late_by_mail} late by mail"
    )


def _guards() -> set[str]:
    """Those that the database keeps now: a trigger that is switched off keeps nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conname = ANY(%s)"
            " UNION SELECT tgname FROM pg_trigger WHERE tgname = ANY(%s) AND tgenabled <> 'D'",
            [list(GUARDS), list(GUARDS)],
        )
        return {name for (name,) in cursor.fetchall()}

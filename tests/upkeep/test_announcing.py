"""48 hours, for the first announcement and for every change of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from core.models import Line
from core.states import MoveRefused
from tests.core.rivals import at_once
from tests.factories import upkeep
from upkeep import errors, events, facts, services
from upkeep.models import MaintenanceWindow, Round
from upkeep.models.windows import NOTICE
from upkeep.states import MOVES, Effect, Kind, Status

from .conftest import HOUR, ISTANBUL, MINUTE, NOON

pytestmark = pytest.mark.django_db


def announce(window: MaintenanceWindow, now: datetime = NOON) -> MaintenanceWindow:
    return services.announce(window=window, version=window.version, by=None, now=now)


def change(window: MaintenanceWindow, now: datetime = NOON, **to) -> MaintenanceWindow:
    wanted = replace(facts.of(window), **to)
    return services.change(window=window, version=window.version, to=wanted, by=None, now=now)


def lines(window: MaintenanceWindow) -> list[str]:
    return list(Line.objects.filter(subject_id=window.pk).order_by("pk").values_list("name", flat=True))


# --- 48 hours -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "now",
    [
        NOON,
        datetime(2026, 2, 27, 9, 0, tzinfo=ISTANBUL),  # a short month
        datetime(2026, 3, 28, 23, 30, tzinfo=ISTANBUL),  # elsewhere clocks are put forward that night
        datetime(2026, 10, 24, 3, 30, tzinfo=ISTANBUL),  # and back in this one; not in Türkiye
        datetime(2026, 12, 30, 1, 0, tzinfo=ISTANBUL),  # over the turn of the year
    ],
)
def test_48_hours_are_enough_and_a_minute_less_is_not(now):
    late = upkeep.draft(now=now, starts_at=now + NOTICE - MINUTE)
    with pytest.raises(errors.TooSoon):
        announce(late, now)
    late.refresh_from_db()
    assert late.status == Status.DRAFT
    in_time = announce(upkeep.draft(now=now, starts_at=now + NOTICE), now)
    assert (in_time.status, in_time.announced_at) == (Status.ANNOUNCED, now)


def test_the_database_counts_the_48_hours_itself():
    window = upkeep.draft(now=NOON, starts_at=NOON + NOTICE - timedelta(seconds=1))
    rows = MaintenanceWindow.objects.filter(pk=window.pk)
    with pytest.raises(IntegrityError, match="announced_48_hours_ahead"), transaction.atomic():
        rows.update(status=Status.ANNOUNCED, announced_at=NOON)
    rows.update(status=Status.ANNOUNCED, announced_at=NOON - timedelta(seconds=1))


def test_unplanned_work_may_begin_at_once_and_runs_from_then_on():
    window = upkeep.announced(now=NOON, starts_at=NOON, hours=None, kind=Kind.EMERGENCY)
    assert (window.status, window.begun_at) == (Status.IN_PROGRESS, NOON)
    assert lines(window) == [events.DRAFTED, events.ANNOUNCED, events.BEGUN]


def test_what_has_passed_is_not_announced():
    window = upkeep.draft(now=NOON, starts_at=NOON - 3 * HOUR, hours=2, kind=Kind.EMERGENCY)
    with pytest.raises(errors.OverAlready):
        announce(window)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("planned_window_has_an_end", {"ends_at": None}),
        ("window_ends_after_it_begins", {"ends_at": NOON}),
        ("window_people_heard_of_says_since_when", {"status": Status.ANNOUNCED}),
        ("window_has_a_known_kind", {"kind": "maybe"}),
        ("window_has_a_known_effect", {"effect": "maybe"}),
    ],
)
def test_the_database_refuses_a_wrong_draft(constraint, fields):
    window = upkeep.draft(now=NOON)
    with pytest.raises(IntegrityError, match=constraint):
        MaintenanceWindow.objects.filter(pk=window.pk).update(**fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("running_window_says_since_when", {"status": Status.IN_PROGRESS}),
        ("window_that_is_over_says_since_when", {"status": Status.CANCELLED, "reason": "x"}),
        ("window_called_off_says_why", {"status": Status.CANCELLED, "over_at": NOON}),
        ("is wider than announced", {"starts_at": NOON + NOTICE + HOUR}),
        ("is wider than announced", {"ends_at": NOON + NOTICE + 9 * HOUR}),
        ("was not announced that early", {"announced_at": NOON - HOUR}),
    ],
)
def test_the_database_keeps_what_was_announced(constraint, fields):
    window = upkeep.announced(now=NOON, starts_at=NOON + NOTICE + 2 * HOUR)
    with pytest.raises(IntegrityError, match=constraint):
        MaintenanceWindow.objects.filter(pk=window.pk).update(**fields)


def test_what_was_announced_stays():
    window = upkeep.announced(now=NOON)
    with pytest.raises(IntegrityError, match="was announced and stays"), transaction.atomic():
        window.delete()
    with pytest.raises(MoveRefused):
        services.discard(window=window, version=window.version, by=None)
    draft = upkeep.draft(now=NOON)
    services.discard(window=draft, version=draft.version, by=None)
    assert not MaintenanceWindow.objects.filter(pk=draft.pk).exists()


def test_without_the_trigger_the_past_could_be_rewritten():
    """Switched off, the same statements pass: it is the trigger that refuses them."""
    window = upkeep.announced(now=NOON, starts_at=NOON + NOTICE + 2 * HOUR)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE upkeep_maintenancewindow DISABLE TRIGGER upkeep_keep_the_word")
    assert MaintenanceWindow.objects.filter(pk=window.pk).update(starts_at=NOON + NOTICE) == 1


# --- Changes ------------------------------------------------------------------------------


def test_a_move_within_48_hours_is_refused_or_becomes_honest():
    window = upkeep.announced(now=NOON, starts_at=NOON + 3 * NOTICE)
    later = NOON + 2 * NOTICE
    sooner = later + NOTICE - MINUTE
    with pytest.raises(errors.TooSoon):
        change(window, later, starts_at=sooner, ends_at=sooner + HOUR)
    window.refresh_from_db()
    changed = change(window, later, starts_at=sooner, ends_at=sooner + HOUR, kind=Kind.EMERGENCY)
    assert (changed.kind, changed.announced_at) == (Kind.EMERGENCY, later)
    assert changed.rounds.get(key="changed-3").kind == "upkeep.no_longer_planned"
    with pytest.raises(errors.StaysUnplanned):
        change(changed, later, starts_at=later + 2 * NOTICE, ends_at=None, kind=Kind.PLANNED)


def test_what_was_moved_in_time_counts_anew():
    window = upkeep.announced(now=NOON, starts_at=NOON + 2 * NOTICE)
    moved = change(window, NOON + HOUR, starts_at=NOON + HOUR + NOTICE)
    assert moved.announced_at == NOON + HOUR


@pytest.mark.parametrize(
    "milder",
    [
        {"starts_at": NOON + NOTICE + HOUR},
        {"ends_at": NOON + NOTICE + HOUR},
        {"effect": Effect.SLOW},
        {"text": "Yalnızca disk."},
    ],
)
def test_what_stays_within_the_announcement_may_change_at_the_last_hour(milder):
    window = upkeep.announced(now=NOON)
    changed = change(window, NOON + NOTICE - HOUR, **milder)
    assert (changed.kind, changed.announced_at) == (Kind.PLANNED, NOON)


@pytest.mark.parametrize("harder", [{"effect": Effect.STOP}, {"ends_at": NOON + NOTICE + 3 * HOUR}])
def test_longer_and_harder_need_48_hours_as_well(harder):
    window = upkeep.announced(now=NOON)
    with pytest.raises(errors.TooSoon):
        change(window, NOON + HOUR, **harder)


def test_another_part_needs_48_hours_as_well():
    window = upkeep.announced("store", now=NOON)
    with pytest.raises(errors.TooSoon):
        change(window, NOON + HOUR, components=upkeep.parts("store", "panel"))


def test_nothing_changed_tells_nobody():
    window = upkeep.announced(now=NOON)
    with pytest.raises(errors.NothingChanged):
        change(window)
    with pytest.raises(errors.NoComponent):
        change(window, components=[])
    assert window.rounds.count() == 1


def test_a_change_says_in_the_journal_what_was_before():
    window = upkeep.announced(now=NOON)
    change(window, NOON + MINUTE, starts_at=NOON + 2 * NOTICE, ends_at=NOON + 2 * NOTICE + HOUR)
    line = Line.objects.get(name=events.CHANGED)
    assert datetime.fromisoformat(line.data["before"]["starts_at"]) == NOON + NOTICE
    assert line.data["changed"] == ["starts_at", "ends_at"]


# --- Two people ---------------------------------------------------------------------------


def test_who_saw_an_older_version_does_not_decide():
    window = upkeep.draft(now=NOON)
    seen = window.version
    services.edit(window=window, version=seen, facts=upkeep.facts(starts_at=NOON + NOTICE), by=None, now=NOON)
    with pytest.raises(errors.StaleWindow):
        services.announce(window=window, version=seen, by=None, now=NOON)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_announce_at_once_one_does():
    window = upkeep.draft(now=NOON)
    found = at_once(lambda _: announce(MaintenanceWindow.objects.get(pk=window.pk)), 2)
    assert sorted(type(one).__name__ for one in found) == ["MaintenanceWindow", "StaleWindow"]
    assert Round.objects.filter(window=window).count() == 1
    assert Line.objects.filter(name=events.ANNOUNCED).count() == 1


# --- The life -----------------------------------------------------------------------------


@pytest.mark.parametrize("source", Status.values)
@pytest.mark.parametrize("target", Status.values)
def test_the_life_of_a_window(source, target):
    allowed = {
        ("draft", "announced"),
        ("announced", "in_progress"),
        ("announced", "cancelled"),
        ("in_progress", "done"),
        ("in_progress", "cancelled"),
    }
    assert MOVES.allows(source, target) == ((source, target) in allowed)


def test_the_clock_begins_and_ends():
    window = upkeep.announced(now=NOON)
    services.keep_time(now=NOON + NOTICE - MINUTE)
    window.refresh_from_db()
    assert window.status == Status.ANNOUNCED
    with pytest.raises(errors.NotYet):
        services.begin(window=window, version=window.version, by=None, now=NOON)
    for _twice in range(2):
        services.keep_time(now=NOON + NOTICE)
    window.refresh_from_db()
    assert window.status == Status.IN_PROGRESS
    for _twice in range(2):
        services.keep_time(now=NOON + NOTICE + 2 * HOUR)
    window.refresh_from_db()
    assert (window.status, window.over_at) == (Status.DONE, NOON + NOTICE + 2 * HOUR)
    assert lines(window) == [events.DRAFTED, events.ANNOUNCED, events.BEGUN, events.ENDED]
    with pytest.raises(IntegrityError, match="is over"):
        MaintenanceWindow.objects.filter(pk=window.pk).update(over_at=NOON)


def test_an_outage_without_an_end_is_ended_by_somebody(admin):
    window = upkeep.outage()
    services.keep_time(now=window.starts_at + 30 * HOUR)
    window.refresh_from_db()
    assert window.status == Status.IN_PROGRESS
    services.end(window=window, version=window.version, by=admin, now=window.starts_at + 31 * HOUR)
    assert Line.objects.get(name=events.ENDED).actor == admin


@pytest.mark.parametrize("make", [upkeep.announced, upkeep.running])
def test_it_is_called_off_before_and_while_it_runs(make, admin):
    window = make()
    now = window.starts_at + MINUTE
    called = services.call_off(window=window, version=window.version, reason="Gerek yok.", by=admin, now=now)
    assert (called.status, called.reason, called.over_at) == (Status.CANCELLED, "Gerek yok.", now)
    with pytest.raises(MoveRefused):
        services.call_off(window=called, version=called.version, reason="x", by=admin, now=now)


def test_what_takes_longer_than_planned_goes_on_unplanned():
    window = upkeep.running()
    now = window.ends_at - MINUTE
    rest = services.prolong(
        window=window, version=window.version, ends_at=window.ends_at + HOUR, by=None, now=now
    )
    assert (rest.kind, rest.starts_at, rest.follows) == (Kind.EMERGENCY, window.ends_at, window)
    assert [part.key for part in rest.parts] == ["store"]
    with pytest.raises(errors.NothingChanged):
        services.prolong(window=window, version=window.version, ends_at=None, by=None, now=now)
    services.keep_time(now=window.ends_at)
    window.refresh_from_db()
    rest.refresh_from_db()
    assert (window.status, rest.status) == (Status.DONE, Status.IN_PROGRESS)
    assert not window.rounds.filter(event="ended").exists(), "nothing works as usual yet"


def test_an_outage_gets_a_new_end():
    window = upkeep.outage(hours=1)
    end = window.ends_at + HOUR
    found = services.prolong(
        window=window, version=window.version, ends_at=end, by=None, now=window.starts_at + MINUTE
    )
    assert (found.pk, found.ends_at) == (window.pk, end)
    assert window.rounds.filter(event="changed").count() == 1
    with pytest.raises(errors.OverAlready):
        services.prolong(
            window=found, version=found.version, ends_at=end - MINUTE, by=None, now=window.starts_at
        )

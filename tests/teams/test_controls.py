"""Each guard of a team switched off: the test that watches it must go red. Otherwise it watches nothing."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from _pytest.outcomes import Failed
from django.db import connection
from django.db.models import QuerySet

from tests.factories import teams

from . import test_guards, test_invitations, test_licences, test_members, test_roles, test_verification

pytestmark = pytest.mark.django_db(transaction=True)  # a new database afterwards, with all its guards
RED = (AssertionError, Failed)

TRIGGER_OFF = "ALTER TABLE teams_membership DISABLE TRIGGER business_keeps_an_owner"
LOCK_OF_TRIGGER_OFF = """DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('teams_keep_an_owner'::regproc), 'FOR UPDATE', '');
END $$"""
RACES = [
    test_members.test_two_owners_who_leave_at_once_leave_one,
    test_members.test_managers_who_remove_each_other_at_once_do_not_both_succeed,
    test_roles.test_two_offers_at_once_make_one,
    test_roles.test_accepted_or_withdrawn_but_not_both,
    test_roles.test_accepted_twice_at_once_counts_once,
    test_invitations.test_forty_at_once_join_once,
    test_invitations.test_accepted_or_revoked_but_not_both,
    test_licences.test_two_rounds_at_once_remind_once,
    test_verification.test_one_reviewer_pressing_twice_is_one_approval,
]


@pytest.fixture
def run(bora, cem, deniz, admin, person) -> Callable[..., None]:
    """Another test, with the people and the clinic it asks for."""

    def call(test: Callable) -> None:
        wanted = inspect.signature(test).parameters
        cast: dict[str, Any] = {"bora": bora, "cem": cem, "deniz": deniz, "admin": admin, "person": person}
        if "clinic" in wanted:
            cast["clinic"] = teams.verified(bora)
        test(**{name: cast[name] for name in wanted})

    return call


@pytest.fixture
def without_row_locks(monkeypatch) -> None:
    """Rivals read without a lock, and none writes before another has read too."""
    lock, both = QuerySet.select_for_update, threading.Barrier(2)

    def hold(execute: Callable, sql: str, *more: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            with suppress(threading.BrokenBarrierError):
                both.wait(timeout=2)
        return execute(sql, *more)

    def unlocked(rows: QuerySet, **options: Any) -> QuerySet:
        if threading.current_thread() is threading.main_thread():
            return lock(rows, **options)  # while the stage is set
        if hold not in connection.execute_wrappers:
            connection.execute_wrappers.append(hold)
        return rows

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_races_go_red_without_row_locks(race, run, without_row_locks):
    with pytest.raises(RED):
        run(race)


@pytest.mark.parametrize(
    ("off", "test"),
    [
        (TRIGGER_OFF, test_guards.test_the_last_owner_stays),
        (LOCK_OF_TRIGGER_OFF, test_guards.test_two_owners_who_leave_at_once_leave_one),
    ],
    ids=["trigger", "lock of the trigger"],
)
def test_the_database_guard_goes_red_without(off, test, run):
    with connection.cursor() as cursor:
        cursor.execute(off)
    with pytest.raises(RED):
        run(test)

"""The proof of the 48 hours reads receipts and guards, and says so when one of them is missing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import live, proofs
from notifications.models import Delivery
from tests.factories import upkeep
from tests.notifications.conftest import crowd
from upkeep import queries
from upkeep.models.windows import NOTICE

from .conftest import HOUR, NOON

pytestmark = pytest.mark.django_db
CODE = "upkeep.told_48_hours_ahead"


def state() -> str:
    return str(proofs.check(CODE).state)


@pytest.fixture
def told(ayse, bora, worker):
    """Announced at noon, four days ahead, and told."""
    window = upkeep.announced(now=NOON, starts_at=NOON + 2 * NOTICE)
    worker(NOON)
    return window


def test_nothing_planned_is_nothing_broken():
    assert state() == "ok"


def test_receipts_in_time_are_good(told):
    found = proofs.check(CODE)
    assert (found.state, "2 alındı kaydı" in found.public) == ("ok", True)


def test_what_is_on_its_way_with_time_left_breaks_nothing(ayse, clock):
    upkeep.announced(now=NOON, starts_at=NOON + 2 * NOTICE)
    clock(NOON + HOUR)
    assert state() == "ok"
    clock(NOON + NOTICE + HOUR)
    assert state() == "failed", "the last moment has gone by and nobody was told"


@pytest.mark.parametrize("channel", ["panel", "email"])
def test_one_receipt_that_is_too_late_is_seen(told, ayse, channel):
    late = told.starts_at - NOTICE + timedelta(seconds=1)
    if channel == "panel":
        ayse.notices.update(at=late)
    else:
        Delivery.objects.filter(notice__recipient=ayse, channel="email").update(at=late)
    assert state() == "failed"


def test_people_who_came_later_are_not_counted_as_told_late(told, person, worker):
    from .test_announcing import change

    later = told.starts_at - HOUR
    User.objects.filter(pk=person("Deniz", "Er").pk).update(date_joined=NOON + HOUR)
    change(told, later, text="Yalnızca disk.")
    worker(later)
    assert state() == "ok"


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE upkeep_maintenancewindow DISABLE TRIGGER upkeep_keep_the_word",
        "ALTER TABLE upkeep_maintenancewindow DROP CONSTRAINT planned_window_is_announced_48_hours_ahead",
    ],
)
def test_a_guard_that_is_gone_is_seen(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert state() == "failed"


def test_the_live_block_shows_figures_and_no_names(told, ayse, clock):
    from upkeep import services

    for moment in (told.starts_at, told.ends_at):
        services.keep_time(now=clock(moment))
    data = live.get("upkeep.windows").read()
    [row] = data["past"]
    assert (row["people"], row["mailed"], row["in_time"], row["announced"]) == (2, 2, True, "4 gün")
    assert ayse.email not in str(data)


def test_queries_do_not_grow_with_people(ayse, worker):
    def cost() -> int:
        window = upkeep.announced(now=NOON)
        worker(NOON)
        with CaptureQueriesContext(connection) as found:
            queries.told_ahead(window)
        return len(found)

    few = cost()
    crowd(20)
    assert cost() == few

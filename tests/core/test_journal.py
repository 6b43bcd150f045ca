"""The promise of `core.journal`: no line is lost, none acts twice on our database."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core import journal, tasks
from core.models import Line, ProofResult

NAME = "tests.happened"


@pytest.fixture
def heard(monkeypatch):
    """Two receivers that note what they heard; `heard.fails` makes the first one break."""

    class Heard(list):
        fails = False

    notes = Heard()

    def first(line):
        if notes.fails:
            raise RuntimeError("partner is away")
        notes.append(("first", line.pk))

    def second(line):
        notes.append(("second", line.pk))

    monkeypatch.setitem(journal._receivers, NAME, {"first": first, "second": second})
    return notes


@pytest.fixture
def broker_down(monkeypatch):
    def refuse(**_):
        raise ConnectionError("broker is down")

    monkeypatch.setattr(tasks.handle_line, "delay", refuse)


def write(**kwargs) -> Line:
    return journal.write(NAME, **kwargs)


@pytest.mark.django_db
def test_line_tells_who_did_what_to_which(ayse, heard, broker_down):
    line = write(actor=ayse, subject=ayse, data={"from": "a"})
    line.refresh_from_db()
    assert (line.name, line.actor, line.subject, line.data) == (NAME, ayse, ayse, {"from": "a"})


@pytest.mark.django_db
def test_line_nobody_listens_to_is_done_at_once():
    assert journal.write("tests.unheard").handled_at is not None


@pytest.mark.django_db
def test_rolled_back_change_leaves_no_line(heard):
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert not Line.objects.exists()


def test_commit_wakes_the_worker_with_the_line(db, heard, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr(tasks.handle_line, "delay", lambda **kwargs: sent.append(kwargs))
    with django_capture_on_commit_callbacks(execute=True):
        line = write()
    assert sent == [{"line_id": line.pk}]


def test_broker_down_lines_wait_and_each_acts_once_after(
    db, heard, broker_down, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        lines = [write() for _ in range(20)]
    assert heard == []
    assert journal.sweep() == 20
    assert journal.sweep() == 0
    assert sorted(heard) == sorted((name, line.pk) for line in lines for name in ("first", "second"))


def test_failing_receiver_is_repeated_alone(db, heard, broker_down):
    line = write()
    heard.fails = True
    journal.handle(line.pk)
    assert heard == [("second", line.pk)]

    heard.fails = False
    assert not journal.handle(line.pk), "its pause is not over"
    journal.handle(line.pk, now=timezone.now() + journal.FIRST_PAUSE)
    assert heard == [("second", line.pk), ("first", line.pk)]
    line.refresh_from_db()
    assert line.handled_at
    assert line.tries == 2


def test_half_done_effect_of_a_failing_receiver_is_undone(db, heard, broker_down, monkeypatch):
    def half(line):
        ProofResult.objects.create(code="half", state="ok", public="-", checked_at=timezone.now())
        raise RuntimeError

    monkeypatch.setitem(journal._receivers, NAME, {"half": half})
    journal.handle(write().pk)
    assert not ProofResult.objects.exists()


def test_pauses_grow_and_after_a_day_the_line_is_parked_and_can_be_revived(db, heard, broker_down):
    line = write()
    heard.fails = True
    now, pauses = line.at, []
    while line.parked_at is None:
        journal.handle(line.pk, now=now)
        line.refresh_from_db()
        pauses.append(line.due_at - now)
        now = line.due_at
    assert pauses[:3] == [timedelta(seconds=10), timedelta(seconds=20), timedelta(seconds=40)]
    assert max(pauses) == journal.LONGEST_PAUSE
    assert now - line.at <= timedelta(hours=31)
    assert "partner is away" in line.error
    assert journal.sweep(now=now + timedelta(days=1)) == 0

    heard.fails = False
    line.revive(now)
    assert journal.sweep(now=now) == 1
    assert ("first", line.pk) in heard


def test_line_left_by_a_dead_worker_is_taken_after_its_lease(db, heard, broker_down):
    line = write()
    taken = journal._claim(line.pk, timezone.now())  # and here the worker dies
    assert taken.pk == line.pk
    assert journal.sweep() == 0, "somebody may still be working on it"
    assert journal.sweep(now=timezone.now() + journal.LEASE) == 1
    assert len(heard) == 2


def test_worker_that_died_between_effect_and_finish_does_not_act_twice(db, heard, broker_down):
    line = write()
    claimed = journal._claim(line.pk, timezone.now())
    for item in journal.receivers_of(NAME).items():
        journal._run(claimed, *item)  # effects and ticks are committed; `finish` never comes
    journal.sweep(now=timezone.now() + journal.LEASE)
    assert len(heard) == 2


@pytest.mark.django_db(transaction=True)
def test_line_held_by_one_worker_is_skipped_by_another(heard, broker_down):
    from tests.core.rivals import in_another_connection

    line = write()
    with transaction.atomic():
        Line.objects.select_for_update().get(pk=line.pk)
        assert in_another_connection(journal.handle, line.pk) is False
    assert journal.handle(line.pk) is True

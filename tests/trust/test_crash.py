"""T12–T14: workers are killed and the broker goes away while events flow; none is lost, none acts twice."""

from __future__ import annotations

import random
import shutil
import signal
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone

from core import journal
from core.models import Line
from tests.stack import Stack, kill, wait_for
from tests.trust import worker

pytestmark = [pytest.mark.stack]


def write(number: int, stack: Stack) -> None:
    """As a view does: a line in a transaction, then a nudge through this stack's broker."""
    nudge_through(stack.valkey.url(0))
    for _ in range(number):
        with transaction.atomic():
            journal.write(worker.COUNTED)


def nudge_through(broker: str) -> None:
    """Connections that a check before this one has opened lead to another broker."""
    from dijivet.celery import app

    if app.conf.broker_url != broker:
        app.conf.broker_url = broker
        app._after_fork()  # what a new process does: no connection is taken over


def effects() -> Counter[int]:
    return Counter(Line.objects.filter(name=worker.EFFECT).values_list("data__of", flat=True))


def waiting() -> int:
    return Line.objects.filter(name=worker.COUNTED, handled_at=None).count()


def sweep_until_done() -> None:
    """The sweeper, with the clock moved past the leases that killed workers left behind."""

    def done() -> bool:
        journal.sweep(now=timezone.now() + journal.LEASE)
        return not waiting()

    wait_for(done, 60, "the sweeper")


@pytest.mark.trust("T12")
def test_workers_killed_while_events_flow(stack: Stack, verdict, seed: int):
    chance = random.Random(seed)
    kills, events = 6, 500
    process = stack.worker("tests.trust.worker")
    for _ in range(kills):
        write(events // kills, stack)
        wait_for(lambda: len(effects()) > chance.randrange(20), 60, "some effects")
        kill(process, signal.SIGKILL)
        process = stack.worker("tests.trust.worker")
    write(events % kills, stack)
    sweep_until_done()
    seen = effects()
    figure = f"{len(seen)}/{events} effects, {sum(n > 1 for n in seen.values())} doubled, {kills} kills"
    verdict(figure, f"{events} once", len(seen) == events and set(seen.values()) == {1})


@pytest.mark.trust("T13")
def test_broker_stopped_and_back(stack: Stack, verdict):
    process = stack.worker("tests.trust.worker")
    write(50, stack)
    stack.valkey.stop()
    write(50, stack)  # must neither raise nor lose
    stack.valkey.start()
    sweep_until_done()
    seen = effects()
    kill(process, signal.SIGTERM)
    verdict(f"{len(seen)}/100 effects", "100 once", len(seen) == 100 and set(seen.values()) == {1})


@pytest.mark.trust("T14")
def test_broker_killed_and_its_disk_empty(stack: Stack, verdict):
    write(100, stack)  # no worker yet: all nudges wait in the broker
    stack.valkey.stop()
    shutil.rmtree(stack.valkey.data / "appendonlydir")
    (stack.valkey.data / "dump.rdb").unlink(missing_ok=True)
    stack.valkey.start()
    stack.worker("tests.trust.worker")
    sweep_until_done()
    seen = effects()
    verdict(f"{len(seen)}/100 effects", "100 once", len(seen) == 100 and set(seen.values()) == {1})

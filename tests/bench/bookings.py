"""Bookings: the free times of a month and the press that keeps one, among 2,000 to 2,000,000 bookings.

Reads beside the bare query of what is taken, writes beside the database's own `pgbench -N`, in the same
run, on a PostgreSQL of its own that writes every commit to the disk.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking import calendars, services, slots
from booking.errors import SlotTaken
from booking.models import Booking, Claim, Offering

from .books import PROCESSES, durable, middle, pgbench
from .calendars import Calendar, people

SIZES = (2_000, 200_000, 2_000_000)
TIMES, HOLDS, RIVALS, SLOTS = 200, 60, 64, 18


def run(stack: Any, options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder, durable(Path(folder)):
        made = Calendar()
        print("\nBookings: free times of a month with 339 bookings of one vet, and holding a time")
        for size in SIZES:
            made.grow(size)
            _month(made)
            _holds(made, options)
        _rivals(made)


def _month(made: Calendar) -> None:
    offering, first = made.offering, made.month
    last, now = first + timedelta(days=29), timezone.now()

    def read() -> Any:
        return slots.free(slots.plan(offering), first, last, pets=1, now=now)

    start = timezone.make_aware(datetime.combine(first, datetime.min.time()))

    def bare() -> Any:
        return calendars.busy([made.vet.pk], start, start + timedelta(days=30))

    with CaptureQueriesContext(connection) as queries:
        days = read()
    taken = len(bare().claims[made.vet.pk])
    ours, query = interleaved(read, bare)
    free = sum(len(found) for found in days.values())
    print(f"{made.size:>10} bookings, {taken} in the month, {free} free, {len(queries)} SQL")
    for name, part in (("p50", 0.5), ("p99", 0.99)):
        a, b = (quantile(times, part) * 1000 for times in (ours, query))
        print(f"           month {name} {a:6.2f} ms, bare query {b:6.2f} ms, {a / b:.1f} × (goal 3)")
    if made.size == SIZES[-1]:
        _plan(made.vet.pk, start)


def _plan(resource: int, start: datetime) -> None:
    known = {"resources": [resource], "start": start, "end": start + timedelta(days=30)}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {calendars.BUSY}", known)
        print("\n".join(f"             {line}" for (line,) in cursor.fetchall()))


def interleaved(*reads: Callable[[], Any]) -> list[list[float]]:
    """Seconds of each read, one after the other in turn."""
    found: list[list[float]] = [[] for _ in reads]
    for _time in range(TIMES):
        for times, read in zip(found, reads, strict=True):
            began = time.perf_counter()
            read()
            times.append(time.perf_counter() - began)
    return found


def quantile(times: list[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


# --- Holding ------------------------------------------------------------------------------


def _holds(made: Calendar, options: argparse.Namespace) -> None:
    bench = middle([pgbench(options) for _round in range(options.rounds)])
    given = [_work(made, f"{made.size}-{one}") for one in range(PROCESSES)]
    inside = _statements(*_work(made, f"{made.size}-counted"))
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    told = fork.Queue()
    workers = [fork.Process(target=_keep, args=(*one, told)) for one in given]
    began = time.perf_counter()
    for worker in workers:
        worker.start()
    times = [one for _worker in workers for one in told.get()]
    took = time.perf_counter() - began
    for worker in workers:
        worker.join()
    rate = len(times) / took
    p50 = statistics.median(times) * 1000
    print(f"           hold  p50 {p50:6.2f} ms, {inside} statements under the lock", end="")
    print(f", {rate:.0f}/s from {PROCESSES} processes, pgbench -N {bench:.0f}/s ({rate / bench:.3f})")


def _work(made: Calendar, name: str) -> tuple[Offering, list[tuple[Any, Any]], list[datetime]]:
    """An empty calendar, people, and a time for each of them."""
    offering = made.room(sum(map(ord, name)) * 1000 + Booking.objects.count() % 1000)
    days = slots.free(
        slots.plan(offering), made.month, made.month + timedelta(days=20), pets=1, now=timezone.now()
    )
    return offering, people(HOLDS, name), [slot.starts for day in days.values() for slot in day][:HOLDS]


def _keep(offering: Offering, who: list[tuple[Any, Any]], when: list[datetime], told: Any) -> None:
    times = []
    for (user, pet), starts_at in zip(who, when, strict=True):
        began = time.perf_counter()
        _hold(offering, user, pet, starts_at)
        times.append(time.perf_counter() - began)
    told.put(times)


def _hold(offering: Offering, user: Any, pet: Any, starts_at: datetime) -> Any:
    return services.hold(
        key=uuid.uuid4().hex, offering=offering, pets=[pet], starts_at=starts_at, by=user, now=timezone.now()
    )


def _statements(offering: Offering, who: list[tuple[Any, Any]], when: list[datetime]) -> int:
    """Between BEGIN and COMMIT."""
    with CaptureQueriesContext(connection) as queries:
        _hold(offering, *who[0], when[0])
    said = [query["sql"] for query in queries.captured_queries]
    return said.index("COMMIT") - said.index("BEGIN") - 1


# --- Rivals -------------------------------------------------------------------------------


def _rivals(made: Calendar) -> None:
    """Everybody wants the first of eighteen times that is still free."""
    offering, who, when = _work(made, "rivals")
    who, when = who + people(RIVALS - len(who), "rivals-more"), when[:SLOTS]
    lost: list[float] = []
    won: list[Any] = []

    def want(user: Any, pet: Any) -> None:
        for starts_at in when:
            began = time.perf_counter()
            try:
                won.append(_hold(offering, user, pet, starts_at))
                break
            except SlotTaken:
                lost.append(time.perf_counter() - began)
        connections.close_all()

    threads = [threading.Thread(target=want, args=one) for one in who]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    claims = Claim.objects.filter(booking__offering=offering, blocking=True)
    print(f"           {RIVALS} people, {SLOTS} times: {len(won)} sold, {claims.count()} claims", end="")
    p50, p99 = (quantile(lost, part) * 1000 for part in (0.5, 0.99))
    print(f", refused p50 {p50:.0f} ms, p99 {p99:.0f} ms (goal 50)")

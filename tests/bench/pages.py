"""What one page costs: statements, Python calls, processor time here and time in PostgreSQL."""

from __future__ import annotations

import cProfile
import pstats
import statistics
import time
from itertools import count

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

_numbers = count(1)


def cost(address: str, *, rounds: int = 10, cold: bool = False) -> dict[str, float]:
    """After two requests that warm what a process remembers. `cold`: each time at an address nobody asked for
    before, so that no kept answer is given out."""
    client = Client(headers={"host": "127.0.0.1"})

    def get() -> None:
        joint = "&" if "?" in address else "?"
        answer = client.get(f"{address}{joint}bench={next(_numbers)}" if cold else address)
        assert answer.status_code == 200, (address, answer.status_code)

    get()
    get()
    with CaptureQueriesContext(connection) as queries:
        get()
    in_database = [float(query["time"]) for query in queries.captured_queries]
    profile = cProfile.Profile()
    profile.runcall(get)
    return {
        "sql": len(in_database),
        "calls": pstats.Stats(profile).total_calls,  # type: ignore[attr-defined]
        "cpu": 1000 * statistics.median(_timed(get, rounds)),
        "database": 1000 * sum(in_database),
    }


def _timed(get, rounds: int) -> list[float]:
    times = []
    for _ in range(rounds):
        before = time.process_time()
        get()
        times.append(time.process_time() - before)
    return times

"""What buying costs: each request of a guest's checkout, and the verb inside that writes the order."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

Step = tuple[str, Callable[[], Any]]
VERB = "the verb alone"
PRESS = "order placed"
WHOLE = "whole checkout"


def measured(walk: Callable[[int], Iterator[Step]], verb: tuple[Any, str], rounds: int) -> dict[str, Any]:
    """Medians of so many walks by name of the step: statements, processor time here, time in PostgreSQL.

    `walk(number)` buys once; `verb` is where the function stands that writes the order.
    """
    for number in range(3):  # what a process remembers
        _walk(walk(number), _time)
    counted = [_walk(walk(10 + number), _count, verb) for number in range(5)]
    timed = [_walk(walk(100 + number), _time, verb) for number in range(rounds)]
    found = {
        name: {
            "sql": counted[-1][name][0],
            "database": statistics.median(one[name][1] for one in counted),
            "cpu": statistics.median(one[name] for one in timed),
        }
        for name in counted[0]
    }
    steps = [one for name, one in found.items() if name != VERB]
    found[WHOLE] = {figure: sum(one[figure] for one in steps) for figure in ("sql", "database", "cpu")}
    return found


def _walk(steps: Iterator[Step], measure: Any, verb: tuple[Any, str] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, call in steps:
        with _inside(verb, measure, found):
            found[name] = measure(call)
    return found


@contextmanager
def _inside(verb: tuple[Any, str] | None, measure: Any, found: dict[str, Any]) -> Iterator[None]:
    """Measure the verb too, wherever it is called from."""
    if verb is None:
        yield
        return
    place, name = verb
    real = getattr(place, name)

    def noted(*args: Any, **kwargs: Any) -> Any:
        kept: list[Any] = []
        found[VERB] = measure(lambda: kept.append(real(*args, **kwargs)))
        return kept[0]

    setattr(place, name, noted)
    try:
        yield
    finally:
        setattr(place, name, real)


def _time(call: Callable[[], Any]) -> float:
    before = time.process_time()
    call()
    return 1000 * (time.process_time() - before)


def _count(call: Callable[[], Any]) -> tuple[int, float]:
    with CaptureQueriesContext(connection) as queries:
        call()
    said = [one for one in queries.captured_queries if "SAVEPOINT" not in one["sql"]]
    return len(said), 1000 * sum(float(one["time"]) for one in queries.captured_queries)

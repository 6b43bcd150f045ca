"""Two at once: run a call in another thread, so on another database connection."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic, sleep
from typing import Any

from django.db import connection, transaction


def in_another_connection(call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """The result of `call`, made on a connection of its own; its exception is raised here."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_and_hang_up, call, args, kwargs).result(timeout=30)


def at_once(call: Callable[[int], Any], times: int) -> list[Any]:
    """Results (or exceptions) of `call(0)` … `call(times - 1)`, each on a connection of its own."""

    def attempt(number: int) -> Any:
        try:
            return _and_hang_up(call, (number,), {})
        except Exception as error:
            return error

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(attempt, range(times)))


def behind(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What becomes of `second` (its result or exception) when `first` is done but not committed yet.

    It has to wait somewhere, if only where it writes; whoever locks first decides on what is true by then.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            later = pool.submit(_and_hang_up, second, (), {})
            _until_it_waits(later)
        return later.exception(timeout=30) or later.result()


def _until_it_waits(later: Future[Any]) -> None:
    waiting = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid() AND %s)"
    of_ours = "pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
    end = monotonic() + 10
    while not later.done() and monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(waiting % of_ours)
            if cursor.fetchone()[0]:
                return
        sleep(0.02)


def _and_hang_up(call: Callable[..., Any], args: tuple, kwargs: dict) -> Any:
    try:
        return call(*args, **kwargs)
    finally:
        connection.close()

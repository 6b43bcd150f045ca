"""Two at once: run a call in another thread, so on another database connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection


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


def _and_hang_up(call: Callable[..., Any], args: tuple, kwargs: dict) -> Any:
    try:
        return call(*args, **kwargs)
    finally:
        connection.close()

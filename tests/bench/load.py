"""Clients that ask one after another, and what their requests cost the server."""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def load(
    ask: Callable[[http.client.HTTPConnection], None], port: int, clients: int, seconds: float
) -> list[float]:
    """Seconds of each request that `clients` made on connections kept open."""
    until, times = time.monotonic() + seconds, []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while (started := time.monotonic()) < until:
            ask(connection)
            times.append(time.monotonic() - started)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def processor_time(server: int) -> float:
    """Seconds of processor time of the server and its workers (not of PostgreSQL)."""
    return sum(_ticks(process) for process in [server, *_children(server)]) / TICKS


def _children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(number) for number in text.split()]


def _ticks(process: int) -> int:
    values = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return int(values[11]) + int(values[12])

"""How long after a publication its readers wait for it, and whether anybody still gets the old page."""

from __future__ import annotations

import argparse
import http.client
import threading
import time
from typing import Any

from django.db import transaction

from .reads import first_question, web

READERS = 2
MARK = "Sürüm"


class Reader(threading.Thread):
    """Asks for the page all the time; notes when each request began and which version it got."""

    def __init__(self, port: int, path: str) -> None:
        super().__init__(daemon=True)
        self.port, self.path = port, path
        self.seen: list[tuple[float, float, int]] = []
        self.stopped = False

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self.stopped:
            began = time.monotonic()
            connection.request("GET", self.path)
            body = connection.getresponse().read().decode()
            self.seen.append((began, time.monotonic(), version(body)))


def version(body: str) -> int:
    at = body.find(MARK)
    return int(body[at + len(MARK) :].split()[0]) if at >= 0 else 0


def run(stack: Any, options: argparse.Namespace) -> None:
    server, worker = web(stack), stack.worker()
    page = first_question()
    readers = [Reader(stack.port, page.url) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    commits = []
    for number in range(1, options.publications + 1):
        commits.append(publish(page, number))
        time.sleep(0.5)
    for reader in readers:
        reader.stopped = True
        reader.join()
    show(commits, [row for reader in readers for row in reader.seen])
    for process in (server, worker):
        stack.end(process)


def publish(page: Any, number: int) -> float:
    """The moment after the commit."""
    page.title = f"{MARK}{number} {page.slug}"
    with transaction.atomic():
        page.save_revision().publish()
    return time.monotonic()


def show(commits: list[float], seen: list[tuple[float, float, int]]) -> None:
    waits = sorted(
        1000 * (min(ended for _, ended, got in seen if got >= number) - committed)
        for number, committed in enumerate(commits, 1)
    )
    late = [
        1000 * (began - commits[got])  # since the commit of the version after the one it got
        for began, _, got in seen
        if got < len(commits) and began > commits[got]
    ]
    print(f"\npublished {len(commits)} times: new page read after the commit, ms:", end=" ")
    print(f"p50 {waits[len(waits) // 2]:.0f}, p99 {waits[int(0.99 * len(waits))]:.0f}")
    print(f"requests begun after a commit that got an older page: {len(late)} of {len(seen)};", end=" ")
    print(f"the last of them began {max(late, default=0):.1f} ms after it")

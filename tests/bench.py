"""`make bench`: what our public reads cost, next to a bare Django view in the same run.

Served by gunicorn (2 workers × 4 threads) with the demo content. Targets are interleaved
(A B C A B C), after a warm-up, and medians of the rounds are printed. On a shared machine believe
the columns in this order: SQL and Python calls (exact), CPU ratio (one run), requests a second.
"""

from __future__ import annotations

import argparse
import cProfile
import http.client
import os
import pstats
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

TARGETS = {
    "bare view": "/saglik/canli/",
    "content API, list of 16": "/api/content/v2/pages/?type=faq.QuestionPage&locale=tr&fields=*&limit=20",
    "content API, detail": "/api/content/v2/pages/{question}/",
    "content API, help centre": "/api/content/v2/faq/?locale=tr",
    "FAQ index": "/yardim/",
    "blog index": "/blog/",
    "legal document": "/hukuki/iade/",
    "search": "/yardim/ara/?q=iade",
    "store list": "/magaza/",
    "product page": "{product}",
}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Figures:
    """`made`: the answer is rendered. `kept`: read from the table, as after a restart of the process."""

    made: tuple[int, int] = (0, 0)  # SQL statements, Python calls
    kept: tuple[int, int] = (0, 0)
    rate: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    single: list[float] = field(default_factory=list)


def main() -> None:
    arguments = argparse.ArgumentParser(prog="tests.bench")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seconds", type=float, default=3.0)
    arguments.add_argument("--clients", type=int, default=8)
    options = arguments.parse_args()

    from tests import servers  # noqa: F401  (database and cache before Django)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijivet.settings.test")
    import django

    django.setup()
    from tests import database
    from tests.stack import Stack

    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder), database.demo_template())
        try:
            with database.use(stack.database):
                run(stack.start(), options)
        finally:
            stack.stop()


def run(stack, options: argparse.Namespace) -> None:
    figures = {name: Figures() for name in TARGETS}
    ours = {"question": first_question(), "product": first_product()}
    paths = {name: path.format(**ours) for name, path in TARGETS.items()}
    for name, path in paths.items():
        count_once(path, figures[name])
    server = stack.web()
    for path in paths.values():
        load(stack.port, path, options.clients, 1.0)
    for _ in range(options.rounds):
        for name, path in paths.items():
            measure(stack.port, server.pid, path, figures[name], options)
    show(figures)


def first_question() -> int:
    from faq.models import QuestionPage

    return QuestionPage.objects.live().filter(locale__language_code="tr").order_by("pk")[0].pk


def first_product() -> str:
    from oscar.core.loading import get_model

    return get_model("catalogue", "Product").objects.browsable().first().get_absolute_url()


def count_once(path: str, figures: Figures) -> None:
    from django.test import override_settings

    figures.made = counted(path)
    with override_settings(RESPONSE_CACHE=True):
        figures.kept = counted(path)


def counted(path: str) -> tuple[int, int]:
    """Queries and Python calls of one request, after one that fills the caches."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200, path
    statements = len(queries)  # the next request empties the log
    profile = cProfile.Profile()
    profile.runcall(client.get, path)
    return statements, pstats.Stats(profile).total_calls  # type: ignore[attr-defined]


def measure(port: int, server: int, path: str, figures: Figures, options: argparse.Namespace) -> None:
    before = processor_time(server)
    done = load(port, path, options.clients, options.seconds)
    figures.cpu.append((processor_time(server) - before) / len(done))
    figures.rate.append(len(done) / options.seconds)
    figures.single.append(statistics.median(load(port, path, 1, options.seconds / 3)))


def load(port: int, path: str, clients: int, seconds: float) -> list[float]:
    """Seconds of each request that `clients` made one after another on connections kept open."""
    until, times = time.monotonic() + seconds, []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while (started := time.monotonic()) < until:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
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


def show(figures: dict[str, Figures]) -> None:
    bare = figures["bare view"]
    print(f"{'target':<26}{'made':>4} SQL{'calls':>8}{'kept':>6} SQL{'calls':>7}", end="")
    print(f"{'p50 ms':>8}{'req/s':>8}{'CPU ms':>8}{'rate/bare':>11}{'CPU/bare':>10}")
    for name, one in figures.items():
        rate, cpu = statistics.median(one.rate), statistics.median(one.cpu)
        by_rate, by_cpu = rate / statistics.median(bare.rate), cpu / statistics.median(bare.cpu)
        print(
            f"{name:<26}{one.made[0]:>8}{one.made[1]:>8}{one.kept[0]:>10}{one.kept[1]:>7}"
            f"{1000 * statistics.median(one.single):>8.1f}{rate:>8.0f}"
            f"{1000 * cpu:>8.2f}{by_rate:>11.3f}{by_cpu:>10.2f}"
        )


if __name__ == "__main__":
    main()

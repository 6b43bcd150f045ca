"""Public reads: kept, rendered, and by stock Wagtail. Targets are interleaved (A B C A B C), warm."""

from __future__ import annotations

import argparse
import cProfile
import http.client
import pstats
import statistics
from dataclasses import dataclass, field
from typing import Any

from .load import load, processor_time

KEPT, RENDERED = "kept", "rendered"
LIST = "pages/?type=faq.QuestionPage&locale=tr&fields=*&limit=20"


@dataclass
class Target:
    """`path` may name a page of the demo content; `fresh`: the client has this answer already."""

    name: str
    path: str
    server: str = KEPT
    fresh: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    made: tuple[int, int] = (0, 0)  # SQL statements, Python calls: the answer is rendered
    kept: tuple[int, int] = (0, 0)  # read from the table, as after a restart of the process
    rate: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    single: list[float] = field(default_factory=list)

    def ask(self, connection: http.client.HTTPConnection) -> None:
        connection.request("GET", self.path, headers=self.headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != (304 if self.headers else 200):
            raise RuntimeError(f"{self.path}: {answer.status}")


def targets() -> list[Target]:
    return [
        Target("bare view", "/saglik/canli/"),
        Target("content API, list of 16", f"/api/content/v2/{LIST}"),
        Target("content API, list, 304", f"/api/content/v2/{LIST}", fresh=True),
        Target("content API, list, rendered", f"/api/content/v2/{LIST}", RENDERED),
        Target("stock API v2, list", f"/stock/api/v2/{LIST}", RENDERED),
        Target("content API, detail", "/api/content/v2/pages/{question}/"),
        Target("content API, detail, rendered", "/api/content/v2/pages/{question}/", RENDERED),
        Target("stock API v2, detail", "/stock/api/v2/pages/{question}/", RENDERED),
        Target("content API, help centre", "/api/content/v2/faq/?locale=tr"),
        Target("FAQ index", "/yardim/"),
        Target("FAQ index, rendered", "/yardim/", RENDERED),
        Target("question", "{page}"),
        Target("question, rendered", "{page}", RENDERED),
        Target("blog index", "/blog/"),
        Target("legal document", "/hukuki/iade/"),
        Target("search", "/yardim/ara/?q=iade"),
        Target("store list", "/magaza/"),
        Target("product page", "{product}"),
    ]


# Ours, what it is measured by, and how many times cheaper it has to be by CPU for each request.
GOALS = [
    ("content API, list of 16", "stock API v2, list", 40),
    ("content API, detail", "stock API v2, detail", 40),
    ("content API, list, rendered", "stock API v2, list", 3),
    ("FAQ index", "FAQ index, rendered", 10),
    ("question", "question, rendered", 10),
    ("content API, list, 304", "content API, list of 16", 1 / 1.1),
]


def run(stack: Any, options: argparse.Namespace) -> None:
    found = targets()
    for target in found:
        target.path = target.path.format(**ours())
        count_once(target)
    ports = {KEPT: stack.port, RENDERED: stack.spare_port}
    servers = {KEPT: web(stack), RENDERED: web(stack, port=stack.spare_port, RESPONSE_CACHE="off")}
    for target in found:
        load(target.ask, ports[target.server], options.clients, 1.0)
        target.headers = {"If-None-Match": etag(stack.port, target.path)} if target.fresh else {}
    for _ in range(options.rounds):
        for target in found:
            measure(target, ports[target.server], servers[target.server].pid, options)
    show(found)
    show_goals({target.name: target for target in found})
    for server in servers.values():
        stack.end(server)


def web(stack: Any, **more: Any) -> Any:
    return stack.web(DJANGO_SETTINGS_MODULE="tests.bench.settings", **more)


def ours() -> dict[str, Any]:
    from oscar.core.loading import get_model

    product = get_model("catalogue", "Product").objects.browsable().first()
    page = first_question()
    return {"question": page.pk, "page": page.url, "product": product.get_absolute_url()}


def first_question() -> Any:
    from faq.models import QuestionPage

    return QuestionPage.objects.live().filter(locale__language_code="tr").order_by("pk")[0]


def etag(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    return connection.getresponse().headers["ETag"]


def count_once(target: Target) -> None:
    from django.test import override_settings

    target.made = counted(target.path)
    with override_settings(RESPONSE_CACHE=target.server == KEPT):
        target.kept = counted(target.path)


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


def measure(target: Target, port: int, server: int, options: argparse.Namespace) -> None:
    before = processor_time(server)
    done = load(target.ask, port, options.clients, options.seconds)
    target.cpu.append((processor_time(server) - before) / len(done))
    target.rate.append(len(done) / options.seconds)
    target.single.append(statistics.median(load(target.ask, port, 1, options.seconds / 3)))


def show(found: list[Target]) -> None:
    bare = found[0]
    print(f"{'target':<30}{'made':>4} SQL{'calls':>8}{'kept':>6} SQL{'calls':>7}", end="")
    print(f"{'p50 ms':>8}{'req/s':>8}{'CPU ms':>8}{'rate/bare':>11}{'CPU/bare':>10}")
    for one in found:
        rate, cpu = statistics.median(one.rate), statistics.median(one.cpu)
        by_rate, by_cpu = rate / statistics.median(bare.rate), cpu / statistics.median(bare.cpu)
        kept = one.kept if one.server == KEPT else ("", "")
        print(
            f"{one.name:<30}{one.made[0]:>8}{one.made[1]:>8}{kept[0]:>10}{kept[1]:>7}"
            f"{1000 * statistics.median(one.single):>8.1f}{rate:>8.0f}"
            f"{1000 * cpu:>8.2f}{by_rate:>11.3f}{by_cpu:>10.2f}"
        )


def show_goals(by_name: dict[str, Target]) -> None:
    print("\ncheaper by CPU for each request")
    for ours_name, other, goal in GOALS:
        times = statistics.median(by_name[other].cpu) / statistics.median(by_name[ours_name].cpu)
        print(f"{ours_name:<30} than {other:<30}{times:>8.1f}×  (goal {goal:.3g}×)")

"""The store with 200, 2,000 and 20,000 products: what pages cost, beside stock Oscar on the same goods."""

from __future__ import annotations

import argparse
import random
import statistics
import time
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from oscar.core.loading import get_model

from commerce import services

from . import buying, goods, oscar, oscar_buying, our_buying
from .pages import cost
from .reads import KEPT, RENDERED, Target, measure, show, web

API = "/api/content/v2/store/"
SIZES = (200, 2_000, 20_000)
WORDS = (
    "kedi maması,köpek,sampuan,tavuklu yavru mama,kumu,Ihlamur,oyuncaklari,KÖPEK TASMALARI,kuş yatağı,"
    "somonlu,mamalari"
)
GOALS = {"list": 20, "shelf": 20, "product": 5}


def run(stack: Any, options: argparse.Namespace) -> None:
    with override_settings(RESPONSE_CACHE=True, OSCAR_PRODUCTS_PER_PAGE=20, ALLOWED_HOSTS=["*"]):
        made = 0
        for size in SIZES:
            goods.make(size - made, seed=size)
            made = size
            show_pages(size)
        beside_oscar()
        searches()
        checkout()
    over_http(stack, options)


def addresses() -> dict[str, str]:
    product = get_model("catalogue", "Product").objects.filter(structure="standalone").latest("pk")
    shelf = get_model("catalogue", "Category").objects.get(code="bench-kedi/mama")
    return {
        "list": "/magaza/",
        "shelf": shelf.get_absolute_url(),
        "filtered": "/magaza/?age=yavru&in_stock=1&min_price=100",
        "search": "/magaza/?q=kedi+mamasi",
        "far page": "/magaza/?page=9",
        "product": product.get_absolute_url(),
        "API list": f"{API}products/",
        "API product": f"{API}products/{product.pk}/",
        "API stock": f"{API}availability/?ids={product.pk}",
        "API suggestions": f"{API}suggestions/?q=kedi+ma",
    }


def show_pages(size: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"\n{size} products, cold{'':<12}{'SQL':>5}{'calls':>8}{'CPU ms':>8}{'in PostgreSQL ms':>18}")
    for name, address in addresses().items():
        one = cost(address, cold=not name.startswith("API"))
        print(f"{name:<30}{one['sql']:>5}{one['calls']:>8}{one['cpu']:>8.1f}{one['database']:>18.1f}")


def beside_oscar() -> None:
    product = get_model("catalogue", "Product").objects.filter(structure="standalone").latest("pk")
    shelf = get_model("catalogue", "Category").objects.get(code="bench-kedi/mama")
    theirs = oscar.measured(_parameters(), product.pk, shelf.pk)
    print(
        f"\n{'beside stock Oscar (its views and templates, loaded once)':<57}{'SQL':>8}{'calls':>9}{'ms':>8}"
    )
    for name, other in theirs.items():
        one = cost(addresses()[name], cold=True)
        spent, others = (each["cpu"] + each["database"] for each in (one, other))
        print(f"{name + ', Oscar':<57}{other['sql']:>8}{other['calls']:>9}{others:>8.1f}")
        print(
            f"{name + ', ours cold':<57}{one['sql']:>8}{one['calls']:>9}{spent:>8.1f}"
            f"{others / spent:>7.1f}× (goal {GOALS[name]}×)"
        )


def checkout(rounds: int = 30) -> None:
    """Buying as a guest, beside Oscar's own checkout. Ours begins the payment too, Oscar's has none."""
    products = our_buying.goods()
    where = (services, "place")
    ours = buying.measured(lambda number: our_buying.walk(products, number), where, rounds)
    theirs = oscar_buying.measured(_parameters(), products, rounds)
    print(f"\n{'three goods of two sellers, a guest':<57}{'SQL':>8}{'CPU ms':>9}{'in PostgreSQL ms':>18}")
    for name, found in (("Oscar", theirs), ("ours", ours)):
        for step, one in found.items():
            print(f"{step + ', ' + name:<57}{one['sql']:>8}{one['cpu']:>9.1f}{one['database']:>18.1f}")
    for name in (buying.VERB, buying.PRESS, buying.WHOLE):
        spent, others = (one[name]["cpu"] + one[name]["database"] for one in (ours, theirs))
        print(f"{name + ', Oscar / ours':<57}{others / spent:>33.1f}× (goal 3×)")


def _parameters() -> dict[str, Any]:
    known = connection.get_connection_params()
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    given = {name: str(known.get(key) or "") for name, key in names.items()}
    return {"ENGINE": "django.db.backends.postgresql", **given}


def searches(rounds: int = 200) -> None:
    client, dice = Client(headers={"host": "127.0.0.1"}), random.Random(1)
    for name, path in {"search page": "/magaza/?q=", "suggestions": f"{API}suggestions/?q="}.items():
        times = []
        for _ in range(rounds):
            words = dice.choice(WORDS.split(","))
            before = time.perf_counter()
            client.get(path + words[: dice.randint(3, len(words))])
            times.append(1000 * (time.perf_counter() - before))
        times.sort()
        print(f"{name}: p50 {statistics.median(times):.0f} ms, p99 {times[int(0.99 * rounds)]:.0f} ms")


def over_http(stack: Any, options: argparse.Namespace) -> None:
    """The same pages from a web server: kept, and rendered for each request."""
    found = [Target("bare view", "/saglik/canli/")]
    for name, path in addresses().items():
        kept = KEPT if name not in ("search", "API stock", "API suggestions") else RENDERED
        found.append(Target(name, path, kept))
        if kept == KEPT:
            found.append(Target(f"{name}, rendered", path, RENDERED))
    servers = {KEPT: web(stack), RENDERED: web(stack, port=stack.spare_port, RESPONSE_CACHE="off")}
    ports = {KEPT: stack.port, RENDERED: stack.spare_port}
    for _ in range(options.rounds):
        for target in found:
            measure(target, ports[target.server], servers[target.server].pid, options)
    show(found)
    for server in servers.values():
        stack.end(server)

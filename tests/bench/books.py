"""The books: postings through Django beside the database's own `pgbench -N` in the same run.

Three legs each (a seller, the provider, our commission), every one under a key of its own. Once the
commission goes to the one account all sales share, once to accounts spread over the sellers.

Both on a PostgreSQL of its own that writes every commit to the disk, as production does: without that the
yardstick measures how fast nothing is written.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from dev.postgres import DURABLE, Postgres, program
from finance import ledger
from finance.models import Account, AccountKind

PROCESSES, PEOPLE, SCALE = 4, 200, 10
AT_LEAST, SHARED_AT_LEAST = 0.4, 0.8


def run(stack: Any, options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder, durable(Path(folder)):
        _measure(options)


@contextmanager
def durable(folder: Path) -> Iterator[None]:
    """A copy of the stack's database on a server of its own, with everything that costs a safe commit."""
    server, name = Postgres(folder / "postgres", DURABLE), "books"
    server.start()
    server.create_database(name)
    known = connection.get_connection_params()
    dump = [str(program("pg_dump")), "-h", str(known["host"]), "-U", str(known["user"]), str(known["dbname"])]
    filled = subprocess.run(dump, check=True, capture_output=True).stdout
    subprocess.run(
        [str(program("psql")), "-q", server.url(name)], input=filled, check=True, capture_output=True
    )
    before = connection.settings_dict.copy()
    connection.close()
    connection.settings_dict.update(NAME=name, HOST=str(server.socket_folder))
    connection.settings_dict["OPTIONS"] = {**before["OPTIONS"], "host": str(server.socket_folder)}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
        server.stop()


def _measure(options: argparse.Namespace) -> None:
    people = _accounts()
    bench = [pgbench(options) for _round in range(options.rounds)]
    spread = [_posted(people, False, f"s{number}", options) for number in range(options.rounds)]
    shared = [_posted(people, True, f"h{number}", options) for number in range(options.rounds)]
    _show(middle(bench), middle(spread), middle(shared))
    _balances(people)


def _accounts() -> list[Account]:
    users = [User(email=f"bench{number}@ornek.test", password="!") for number in range(PEOPLE)]
    return [ledger.account(AccountKind.WALLET, user=one) for one in User.objects.bulk_create(users)]


def pgbench(options: argparse.Namespace) -> float:
    """Transactions a second of PostgreSQL's own program: one UPDATE, one SELECT, one INSERT."""
    given = connection.get_connection_params()
    where = ["-h", str(given["host"]), "-p", str(given.get("port", 5432)), "-U", str(given["user"])]
    base = [str(program("pgbench")), *where]
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pgbench_accounts')")
        if cursor.fetchone()[0] is None:
            subprocess.run(
                [*base, "-i", "-q", "-s", str(SCALE), given["dbname"]], check=True, capture_output=True
            )
    clients = ["-c", str(PROCESSES), "-j", "2", "-T", str(max(1, round(options.seconds)))]
    done = subprocess.run(
        [*base, "-N", "-n", "-M", "prepared", *clients, given["dbname"]],
        check=True,
        capture_output=True,
        text=True,
    )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])


def _posted(people: list[Account], shared: bool, name: str, options: argparse.Namespace) -> float:
    """Postings a second of all processes together."""
    clearing, commission = ledger.account(AccountKind.CLEARING), ledger.account(AccountKind.COMMISSION)
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    counted = fork.Queue()
    given = (people, clearing, commission if shared else None, options.seconds, counted)
    workers = [
        fork.Process(target=_post, args=(f"{name} {number}", number, *given)) for number in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    total = sum(counted.get() for _worker in workers)
    for worker in workers:
        worker.join()
    return total / options.seconds


def _post(
    name: str,
    part: int,
    people: list[Account],
    clearing: Account,
    commission: Any,
    seconds: float,
    counted: Any,
) -> None:
    """Every process has sellers of its own, as sales are of many."""
    mine = people[part::PROCESSES]
    until, number, now = time.monotonic() + seconds, 0, timezone.now()
    while time.monotonic() < until:
        seller, other = mine[number % len(mine)], mine[(number + 1) % len(mine)]
        legs = [(clearing, Decimal(-120)), (seller, Decimal(108)), (commission or other, Decimal(12))]
        ledger.post(key=f"{name} {number}", kind="sale", legs=legs, now=now)
        number += 1
    counted.put(number)


def _show(bench: float, spread: float, shared: float) -> None:
    with CaptureQueriesContext(connection) as found:
        one = ledger.account(AccountKind.CLEARING)
        other = ledger.account(AccountKind.COMMISSION)
        before = len(found)
        ledger.post(
            key="bench one", kind="sale", legs=[(one, Decimal(-1)), (other, Decimal(1))], now=timezone.now()
        )
        again = ledger.post(
            key="bench one", kind="sale", legs=[(one, Decimal(-1)), (other, Decimal(1))], now=timezone.now()
        )
        statements = [query for query in found.captured_queries[before:] if "finance_post" in query["sql"]]
    print("\nThe books, three legs, idempotent, through Django, 4 processes")
    print(f"  pgbench -N               {bench:8.0f}/s")
    print(f"  spread accounts          {spread:8.0f}/s  {spread / bench:.2f} of it (goal {AT_LEAST})")
    part = shared / spread
    print(f"  shared commission        {shared:8.0f}/s  {part:.2f} of spread (goal {SHARED_AT_LEAST})")
    print(f"  statements for a posting {len(statements) / 2:8.0f}    repeated is new: {again.is_new}")


def _balances(people: list[Account]) -> None:
    """A seller's balance is in its row; a shared one is read up from the last checkpoint."""
    commission = ledger.account(AccountKind.COMMISSION)
    entries = commission.entries.count()
    slow = _milliseconds(commission)
    ledger.add_up(now=timezone.now())
    print(
        f"  balance of a seller      {_milliseconds(people[0]):8.2f} ms, {people[0].entries.count()} entries"
    )
    print(f"  balance of commission    {_milliseconds(commission):8.2f} ms, {entries} entries")
    print(f"    before it was added up {slow:8.2f} ms")


def _milliseconds(of: Account, times: int = 20) -> float:
    began = time.perf_counter()
    for _time in range(times):
        ledger.balance(of)
    return (time.perf_counter() - began) * 1000 / times


def middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]

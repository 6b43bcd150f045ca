"""Embedded PostgreSQL and Valkey for development and tests.

Both come from Python wheels, so nobody has to administer a server. Everything they own lives
under `var/`: data, logs, sockets. They listen only to this user of this machine: PostgreSQL on a
unix socket in a folder nobody else may enter, Valkey on loopback with a password of its own.

    python -m dev.servers start | stop | env

Starting twice is fine, and so is starting after a crash or a `kill -9`.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import MutableMapping
from pathlib import Path

from dev.postgres import DATABASE, Postgres
from dev.server_files import ServerError
from dev.valkey import Valkey

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()


def postgres(data: Path = VAR / "postgres") -> Postgres:
    return Postgres(Path(data).resolve())


def valkey(data: Path = VAR / "valkey") -> Valkey:
    return Valkey(Path(data).resolve())


# --- For tests and the command line ---------------------------------------------------------


def export(environment: MutableMapping[str, str]) -> None:
    """Give the tests the servers their environment does not name.

    Their Valkey database is another than that of `make run`: they empty it, and a worker that
    happens to run must not take their messages.
    """
    if "DATABASE_URL" not in environment:
        environment["DATABASE_URL"] = start_postgres()
    if "BROKER_URL" not in environment:
        environment["BROKER_URL"] = start_valkey(database=1)


def start_postgres() -> str:
    """The address of the development database, after making sure that it is there."""
    server = postgres()
    server.start()
    server.create_database(DATABASE)
    return server.url(DATABASE)


def start_valkey(database: int = 0) -> str:
    server = valkey()
    server.start()
    return server.url(database)


def start() -> None:
    start_postgres()
    start_valkey()


def stop() -> None:
    postgres().stop()
    valkey().stop()


def print_environment() -> None:
    """Lines for `eval "$(python -m dev.servers env)"`."""
    print(f"export DATABASE_URL={shlex.quote(start_postgres())}")
    print(f"export BROKER_URL={shlex.quote(start_valkey())}")


COMMANDS = {"start": start, "stop": stop, "env": print_environment}


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.servers", description="Embedded PostgreSQL and Valkey.")
    parser.add_argument("command", choices=COMMANDS)
    try:
        COMMANDS[parser.parse_args().command]()
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

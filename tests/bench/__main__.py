"""The command: which parts to measure, and the stack they need."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path


def main() -> None:
    arguments = argparse.ArgumentParser(prog="tests.bench")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seconds", type=float, default=3.0)
    arguments.add_argument("--clients", type=int, default=8)
    arguments.add_argument("--publications", type=int, default=30)
    arguments.add_argument(
        "--only", choices=["reads", "editors", "fresh", "books", "bookings", "papers", "store"]
    )
    options = arguments.parse_args()

    from tests import servers  # noqa: F401  (database and cache before Django)

    os.environ["DJANGO_SETTINGS_MODULE"] = "dijivet.settings.test"
    import django

    django.setup()
    from django.test import override_settings

    from tests import database
    from tests.stack import Stack

    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder), database.demo_template())
        try:
            with database.use(stack.database), override_settings(ROOT_URLCONF="tests.bench.urls"):
                run(stack.start(), options)
        finally:
            stack.stop()


def run(stack, options: argparse.Namespace) -> None:
    from tests.bench import bookings, books, editors, fresh, papers, reads, store

    parts = {
        "reads": reads,
        "editors": editors,
        "fresh": fresh,
        "books": books,
        "bookings": bookings,
        "papers": papers,
        "store": store,
    }
    for name, part in parts.items():
        if options.only in (None, name):
            part.run(stack, options)


if __name__ == "__main__":
    main()

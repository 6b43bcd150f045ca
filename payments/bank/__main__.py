"""`python -m payments.bank PORT FILE`: the bank on loopback, never beside production."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from .bank import Bank
from .book import Book
from .door import LOOPBACK, serve
from .protocols import protocols

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(prog="payments.bank", description="Play the banks on loopback.")
    parser.add_argument("port", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--callbacks", help="where shops listen, with {provider}")
    parser.add_argument("--delay", type=float, default=30.0, help="seconds of a slow answer")
    arguments = parser.parse_args()
    settings = our_settings()
    if not settings.LOCAL_BANK:
        print("Bu ayarlarla deneme bankası çalışmaz. / No test bank with these settings.", file=sys.stderr)
        return 1
    arguments.file.parent.mkdir(parents=True, exist_ok=True)
    bank = Bank(Book(arguments.file), protocols(settings), delay=arguments.delay)
    if arguments.callbacks:
        bank.book.note(
            "callbacks", {code: arguments.callbacks.format(provider=code) for code in bank.protocols}
        )
    server = serve(arguments.port, bank)
    print(f"banka {LOOPBACK}:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


def our_settings():  # type: ignore[no-untyped-def]
    """The keys of the shop, and whether this is a place for a test bank."""
    sys.path.insert(1, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijivet.settings.dev")
    from django.conf import settings

    return settings


if __name__ == "__main__":
    sys.exit(main())

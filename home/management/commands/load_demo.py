"""Fill an empty installation with demo content and accounts. A second run changes nothing."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from booking import demo as booking
from booking.consultations import demo as consultations
from booking.series import demo as series
from booking.stays import demo as stays
from booking.transfers import demo as transfers
from booking.waitlist import demo as waitlist
from commerce import demo as store
from commerce.demo import after, orders
from commerce.demo import sellers as store_sellers
from core import proofs
from home import demo


@contextmanager
def quiet() -> Iterator[None]:
    """Wagtail tells of each page it publishes; here only the summary matters."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="also outside development")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT and not options["force"]:
            raise CommandError(
                "Demo accounts share a public password: only with --force outside development."
            )
        started = time.monotonic()
        with quiet():
            self._load()
        self._tell(f"Demo içerik hazır ({time.monotonic() - started:.1f} sn).")
        self._tell(f"Hesaplar, hepsinin parolası “{demo.PASSWORD}”:")
        for person in demo.PEOPLE:
            self._tell(f"  {person.email:<22} {person.first_name} {person.last_name}, {person.role}")

    def _load(self) -> None:
        is_first = demo.load()
        with transaction.atomic():
            store.load()
            store_sellers.load()
            orders.load()
            after.load()
            booking.load()
            series.load()
            stays.load()
            consultations.load()
            waitlist.load()
            transfers.load()
        if is_first:
            proofs.check_all()

    def _tell(self, line: str) -> None:
        self.stdout.write(line)

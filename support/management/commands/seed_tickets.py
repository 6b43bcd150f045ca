"""Many tickets to try the desk with, and away with them again.

manage.py seed_tickets --count 20000
manage.py seed_tickets --remove
"""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from support import queries, seeding


class Command(BaseCommand):
    help = "Makes realistic tickets of guests, or removes them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, default=2000)
        parser.add_argument("--remove", action="store_true", help="take away what was seeded")

    def handle(self, *args: Any, count: int, remove: bool, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("Only on a development system.")
        if not 0 < count <= 100_000:
            raise CommandError("--count is between 1 and 100000.")
        started = monotonic()
        if remove:
            done = seeding.remove()
        else:
            done = seeding.seed(count, agents=list(queries.agents()), now=timezone.now())
        verb = "removed" if remove else "made"
        self.stdout.write(f"{done} tickets {verb} in {monotonic() - started:.1f} s")

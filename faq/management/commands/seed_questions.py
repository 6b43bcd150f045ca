"""Many questions to try the help centre with, and away with them again.

manage.py seed_questions --count 20000
manage.py seed_questions --remove
"""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from faq import seeding
from faq.models import CategoryPage


class Command(BaseCommand):
    help = "Makes realistic questions in every language of the help centre, or removes them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, default=2000, help="questions in all languages together")
        parser.add_argument("--remove", action="store_true", help="take away what was seeded")
        parser.add_argument("--force", action="store_true", help="also in production")

    def handle(self, *args: Any, count: int, remove: bool, force: bool, **options: Any) -> None:
        if not (settings.DEVELOPMENT or force):
            raise CommandError("This is not a development system. Add --force if you mean it.")
        if not 0 < count <= 100_000:
            raise CommandError("--count is between 1 and 100000.")
        started = monotonic()
        done = seeding.remove() if remove else self._seed(count)
        self.stdout.write(
            f"{done} questions {'removed' if remove else 'made'} in {monotonic() - started:.1f} s"
        )

    def _seed(self, count: int) -> int:
        if CategoryPage.objects.filter(slug__startswith=seeding.MARK).exists():
            raise CommandError("There are seeded questions already. Remove them first.")
        return seeding.seed(count)

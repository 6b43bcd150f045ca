"""Make the groups, rights and workflows of the editorial side. A second run only adds what is missing."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from editorial import setup


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--approver", help="e-mail of the person who approves legal texts")
        parser.add_argument("--deputy", help="e-mail of that person's deputy")

    def handle(self, *args: Any, **options: Any) -> None:
        report = setup.run(approver=_person(options["approver"]), deputy=_person(options["deputy"]))
        for label, count in report.sections.items():
            self.stdout.write(f"{label}: {count}")
        for label in report.missing:
            self.stdout.write(f"{label}: not there yet, run this again when it is")


def _person(email: str | None) -> Any:
    if not email:
        return None
    person = get_user_model().objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"There is no active account with the address {email}.")
    return person

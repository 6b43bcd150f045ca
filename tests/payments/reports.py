"""A provider that reports what its test wrote down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from payments.providers.base import Abilities, Outcome, Provider, ReportLine, Silent, State


class Reporter(Provider):
    code, label, abilities = "reporter", "Rapor", Abilities(report=True)

    def __init__(self) -> None:
        self.lines: list[ReportLine] = []
        self.is_silent = False
        self.answer: Outcome = Outcome(State.UNKNOWN)
        self.read: list[date] = []

    def is_configured(self) -> bool:
        return True

    def report(self, day: date) -> Iterator[ReportLine]:
        self.read.append(day)
        if self.is_silent:
            raise Silent
        yield from (line for line in self.lines if timezone.localdate(line.at) == day)

    def look_up(self, order: Any) -> Outcome:
        return self.answer

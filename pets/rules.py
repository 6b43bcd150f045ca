"""What is due for an animal: facts and dated figures in, duties out. Touches no row.

A duty is a date that lies ahead or behind (`due_on`), or done once and for all (`done_on` alone). What
recurs is both: last done, next due. Where a figure is missing for the day, no duty is claimed.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from .care import Vaccine
from .duty_kinds import Kind
from .models import Figure, Pet
from .models.duties import Unit
from .species import REGISTERED, Species
from .states import Status

CHIP_AGE, CHIP_DEADLINE = "chip.age", "chip.deadline"
RABIES_FIRST, RABIES_AGAIN = "rabies.first_age", "rabies.again"
OWNER_CHANGE, DEATH, LOSS = "owner_change.notice", "death.report", "loss.report"
COMBINED_AGAIN, INTERNAL_AGAIN, EXTERNAL_AGAIN = "combined.again", "internal.again", "external.again"


@dataclass(frozen=True)
class Dose:
    given_on: date
    next_due: date | None


@dataclass(frozen=True)
class Facts:
    """What is known of one animal. `doses` hold the last of each kind, `statements` what a keeper said."""

    pet: Pet
    doses: Mapping[str, Dose] = field(default_factory=dict)
    statements: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Due:
    kind: Kind
    due_on: date | None
    done_on: date | None
    source: str
    source_url: str


class Figures:
    """The figures that hold on one day."""

    def __init__(self, rows: Iterable[Figure], on: date) -> None:
        self._rows = {row.code: row for row in rows if _holds(row, on)}

    def get(self, code: str) -> Figure | None:
        return self._rows.get(code)


def duties(facts: Facts, figures: Figures) -> list[Due]:
    """All duties of this animal. One that has passed away has one left; then there is silence."""
    pet = facts.pet
    if pet.archived_at:
        return []
    if pet.status == Status.PASSED_AWAY:
        return list(_report(facts, figures, Kind.DEATH_REPORT, DEATH, pet.died_on))
    if pet.status == Status.LOST:
        return list(_report(facts, figures, Kind.LOSS_REPORT, LOSS, pet.lost_on))
    return [*_legal(facts, figures), *_advice(facts, figures)]


def _legal(facts: Facts, figures: Figures) -> Iterator[Due]:
    if facts.pet.species not in REGISTERED:
        return
    yield from _chip(facts, figures)
    yield from _registration(facts, figures)
    yield from _rabies(facts, figures)
    yield from _report(facts, figures, Kind.OWNER_CHANGE, OWNER_CHANGE, facts.pet.owner_changed_on)


def _chip(facts: Facts, figures: Figures) -> Iterator[Due]:
    figure = figures.get(CHIP_AGE)
    if figure:
        done = facts.pet.chipped_on
        yield _due(Kind.CHIP, None if done else _chip_day(facts, figures, figure), done, figure)


def _registration(facts: Facts, figures: Figures) -> Iterator[Due]:
    figure = figures.get(CHIP_AGE)
    if figure:
        done = facts.statements.get(Kind.REGISTRATION)
        day = None if done else _chip_day(facts, figures, figure)
        yield _due(Kind.REGISTRATION, day, done, figure)


def _chip_day(facts: Facts, figures: Figures, figure: Figure) -> date:
    """At the age of the figure, but not before the day up to which the law gave everybody time."""
    by_age = plus(facts.pet.born_on, figure) if facts.pet.born_on else facts.pet.added_on
    deadline = figures.get(CHIP_DEADLINE)
    return max(by_age, deadline.day) if deadline and deadline.day else by_age


def _rabies(facts: Facts, figures: Figures) -> Iterator[Due]:
    again, first, pet = figures.get(RABIES_AGAIN), figures.get(RABIES_FIRST), facts.pet
    if again is None or first is None:
        return
    dose = facts.doses.get(Vaccine.RABIES)
    if dose:
        yield _due(Kind.RABIES, dose.next_due or plus(dose.given_on, again), dose.given_on, again)
    else:
        day = max(plus(pet.born_on, first), pet.added_on) if pet.born_on else pet.added_on
        yield _due(Kind.RABIES, day, None, first)


def _report(facts: Facts, figures: Figures, kind: Kind, code: str, since: date | None) -> Iterator[Due]:
    """Something happened that an office has to know. What was said before it happened does not count."""
    figure = figures.get(code)
    if figure is None or since is None or facts.pet.species not in REGISTERED:
        return
    said = facts.statements.get(kind)
    done = said if said and said >= since else None
    yield _due(kind, None if done else plus(since, figure), done, figure)


_ADVISED = {
    Kind.COMBINED: (COMBINED_AGAIN, (Vaccine.CAT_COMBINED, Vaccine.DOG_COMBINED)),
    Kind.INTERNAL: (INTERNAL_AGAIN, (Vaccine.INTERNAL,)),
    Kind.EXTERNAL: (EXTERNAL_AGAIN, (Vaccine.EXTERNAL,)),
}
_ADVISED_FOR = frozenset({Species.CAT, Species.DOG})


def _advice(facts: Facts, figures: Figures) -> Iterator[Due]:
    """Counted from what was given; a file without an entry gets no guess."""
    if facts.pet.species not in _ADVISED_FOR:
        return
    for kind, (code, vaccines) in _ADVISED.items():
        figure = figures.get(code)
        given = [facts.doses[vaccine] for vaccine in vaccines if vaccine in facts.doses]
        if figure and given:
            dose = max(given, key=lambda one: one.given_on)
            yield _due(kind, dose.next_due or plus(dose.given_on, figure), dose.given_on, figure)


def plus(day: date, figure: Figure) -> date:
    amount = figure.amount or 0
    if figure.unit == Unit.MONTHS:
        return _months_later(day, amount)
    return day + timedelta(weeks=amount) if figure.unit == Unit.WEEKS else day + timedelta(days=amount)


def _months_later(day: date, months: int) -> date:
    """31 January and a month is the last of February."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def _holds(figure: Figure, on: date) -> bool:
    return figure.valid_from <= on and (figure.valid_to is None or on < figure.valid_to)


def _due(kind: Kind, due_on: date | None, done_on: date | None, figure: Figure) -> Due:
    return Due(kind, due_on, done_on, figure.source, figure.source_url)

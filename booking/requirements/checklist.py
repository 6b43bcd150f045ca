"""The checklist of a booking: what is asked, what the file of each animal already says, what is missing.

lines = checklist.of(booking)        # the same number of queries for one animal and for many
[line for line in lines if line.stops]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pets import queries as pets
from pets import rules
from pets.care import Vaccine
from pets.models import Vaccination

from .. import permits
from ..errors import NoPermit
from ..kinds import Kind
from ..models import Booking, BookingItem
from .kinds import COMPULSORY, IDENTITY, OF_BOOKING, PERMIT, RABIES, Compulsory, State, What
from .models import Answer, Care, OwnRequirement, Tick

Found = tuple[State, str]  # what is known of it, and in words


@dataclass(frozen=True)
class Line:
    """One thing that is asked, of one animal or (without `item`) of the booking. `note` is what is known."""

    code: str
    title: Any
    state: State
    note: str
    item: BookingItem | None = None
    own: OwnRequirement | None = None
    answer: Answer | None = None

    @property
    def is_compulsory(self) -> bool:
        return self.own is None

    @property
    def stops(self) -> bool:
        """Arrival waits for it: it is missing, or was only said and nobody has seen it."""
        return self.state in (State.MISSING, State.SAID)

    @property
    def can_be_seen(self) -> bool:
        if self.code == PERMIT:
            return False
        return self.state in (State.SAID, State.FOUND) or (
            self.state == State.MISSING and not self.is_compulsory
        )

    @property
    def name(self) -> str:
        return f"{self.item.name}: {self.title}" if self.item else str(self.title)

    @property
    def sentence(self) -> str:
        return f"{self.name} ({self.note})" if self.note else self.name

    @property
    def place(self) -> str:
        """Where its keeper adds it to the file of the animal."""
        if self.item is None or self.item.pet is None or self.code == PERMIT:
            return ""
        page = "pets:edit" if self.code == IDENTITY else "pets:vaccinations"
        is_other = self.own is not None and self.own.what != What.VACCINE
        return "" if is_other else reverse(page, args=[self.item.pet.public_id])


@dataclass(frozen=True)
class Read:
    """All that was read for one checklist."""

    booking: Booking
    items: list[BookingItem]
    figures: rules.Figures
    doses: Mapping[tuple[int, str], Vaccination]
    answers: Mapping[tuple[int, str], Answer]
    ticks: Mapping[tuple[int | None, str], Tick]
    care: Care | None
    own: list[OwnRequirement]
    permits: Mapping[str, NoPermit]  # what is wrong, by kind of animal

    @property
    def first_day(self) -> date:
        return timezone.localdate(self.booking.starts_at)

    @property
    def last_day(self) -> date:
        return timezone.localdate(self.booking.ends_at)

    def line(
        self, code: str, title: Any, found: Found, item: BookingItem | None = None, own: Any = None
    ) -> Line:
        state, note = found
        tick = self.ticks.get((item.pk if item else None, code))
        if tick and tick.waived_for:
            state, note = State.WAIVED, tick.waived_for
        elif tick and (own or state != State.MISSING):
            state = State.SEEN
        answer = self.answers.get((item.pk, code)) if item else None
        return Line(code, title, state, note, item, own, answer)


def asked(kind: str, business: Any, at: datetime) -> tuple[Sequence[Compulsory], list[OwnRequirement]]:
    """By law and by the business, of whoever books at this moment."""
    if kind not in COMPULSORY:
        return (), []
    rows = OwnRequirement.objects.filter(Q(until=None) | Q(until__gt=at), kind=kind, since__lte=at)
    return COMPULSORY[Kind(kind)], list(rows.filter(business=business))


def of(booking: Booking) -> list[Line]:
    """Those of each animal in the order it was booked, then those of the booking."""
    law, own = asked(booking.kind, booking.business_id, booking.made_at)
    known = _read(booking, own)
    lines = [line for item in known.items for line in _of_item(known, law, item)]
    return [*lines, *(_of_booking(known, one) for one in own if one.what in OF_BOOKING)]


def _read(booking: Booking, own: list[OwnRequirement]) -> Read:
    items = list(booking.items.select_related("pet").order_by("pk"))
    given = Vaccination.objects.kept().filter(pet__in=[one.pet_id for one in items if one.pet_id])
    answers = Answer.objects.filter(item__in=items)
    return Read(
        booking,
        items,
        pets.figures(timezone.localdate(booking.ends_at)),
        {(row.pet_id, row.vaccine): row for row in given.order_by("given_on", "pk")},
        {(row.item_id, row.code): row for row in answers},
        {(row.item_id, row.code): row for row in Tick.objects.filter(booking=booking)},
        Care.objects.filter(booking=booking).first(),
        own,
        permits.faults(
            booking.offering,
            [one.species for one in items],
            timezone.localdate(booking.starts_at),
            nights=max(booking.nights, 1),
        ),
    )


def _of_item(known: Read, law: Iterable[Compulsory], item: BookingItem) -> list[Line]:
    found = {IDENTITY: _identity, RABIES: _rabies, PERMIT: _permit}
    lines = [
        known.line(one.code, one.title, found[one.code](known, item), item)
        for one in law
        if one.asked_of(item.species)
    ]
    mine = (one for one in known.own if one.what not in OF_BOOKING and one.asked_of(item.species))
    return lines + [known.line(one.code, one.title, _own(known, item, one), item, one) for one in mine]


def _identity(known: Read, item: BookingItem) -> Found:
    pet, answer = item.pet, known.answers.get((item.pk, IDENTITY))
    if pet and (pet.chip or pet.passport):
        return State.FOUND, pet.chip or pet.passport
    return (State.SAID, answer.text) if answer else (State.MISSING, "")


def _rabies(known: Read, item: BookingItem) -> Found:
    return _vaccination(known, item, RABIES, Vaccine.RABIES)


def _permit(known: Read, item: BookingItem) -> Found:
    wrong = known.permits.get(item.species)
    return (State.MISSING, str(wrong.message)) if wrong else (State.FOUND, "")


def _own(known: Read, item: BookingItem, own: OwnRequirement) -> Found:
    if own.what == What.VACCINE:
        return _vaccination(known, item, own.code, own.vaccine)
    answer = known.answers.get((item.pk, own.code))
    return (State.SAID, answer.text) if answer else (State.MISSING, own.hint)


def _of_booking(known: Read, own: OwnRequirement) -> Line:
    care = known.care
    pair = (care.contact_name, care.contact_phone) if care else ("", "")
    if care and own.what == What.VET:
        pair = (care.vet_name, care.vet_phone)
    said = ", ".join(part for part in pair if part)
    found = (State.FOUND, said) if all(pair) else (State.MISSING, own.hint)
    return known.line(own.code, own.title, found, own=own)


def _vaccination(known: Read, item: BookingItem, code: str, vaccine: str) -> Found:
    """From the file; what was said about it instead counts while it lasts longer."""
    answer, kept = known.answers.get((item.pk, code)), known.doses.get((item.pet_id or 0, vaccine))
    filed = _until(known, vaccine, kept.given_on, kept.next_due) if kept else None
    said = _until(known, vaccine, answer.given_on, answer.valid_until) if answer else None
    if filed and filed >= known.last_day:
        return State.FOUND, _valid(filed)
    if said and said >= known.last_day:
        return State.SAID, _valid(said)
    best = max((one for one in (filed, said) if one), default=None)
    return State.MISSING, _too_short(best, known.last_day) if best else ""


def _until(known: Read, vaccine: str, given_on: date | None, until: date | None) -> date | None:
    """The day that was written down; else, for rabies, what the figure of the law gives. Never after the stay
    for what is given only then."""
    if given_on is None or given_on > known.first_day:
        return None
    figure = known.figures.get(rules.RABIES_AGAIN) if vaccine == Vaccine.RABIES else None
    if until:
        return until
    return rules.plus(given_on, figure) if figure else date.max


def _valid(until: date) -> str:
    return "" if until == date.max else _("valid until %(day)s") % {"day": date_format(until, "j F Y")}


def _too_short(until: date, last: date) -> str:
    days = {"day": date_format(until, "j F Y"), "last": date_format(last, "j F")}
    return _("valid until %(day)s, needed until %(last)s") % days

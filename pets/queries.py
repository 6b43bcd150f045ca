"""Reads of this room. Lists cost the same number of queries for one animal and for forty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from core import text
from teams import queries as teams
from teams.models import Business

from . import rules
from .care import Measure
from .duty_kinds import until_soon
from .models import Duty, Figure, Grant, Invitation, Keeper, Measurement, Pet, Statement, Vaccination
from .states import Status

MOST_FOUND = 10


def pets_of(user: Any) -> QuerySet[Pet]:
    """All animals of this person that are not put away."""
    return Pet.objects.kept_by(user).current()


def cards_of(user: Any) -> QuerySet[Pet]:
    """As cards show them: with duties and weights. Those who have passed away come last."""
    return with_card(pets_of(user)).order_by("died_on", "name", "pk")


def with_card(pets: QuerySet[Pet]) -> QuerySet[Pet]:
    weights = Measurement.objects.kept().filter(kind=Measure.WEIGHT).order_by("measured_on", "pk")
    return pets.prefetch_related(
        Prefetch("duties", Duty.objects.all(), to_attr="all_duties"),
        Prefetch("measurements", weights, to_attr="weights"),
    )


def archived_of(user: Any) -> QuerySet[Pet]:
    return Pet.objects.kept_by(user).exclude(archived_at=None).order_by("-archived_at")


def keepers_of(pet: Pet) -> QuerySet[Keeper]:
    return pet.keepers.select_related("user").order_by("-part", "since", "pk")


def open_invitations(pet: Pet, *, now: datetime) -> QuerySet[Invitation]:
    return pet.invitations.open(now).order_by("-invited_at")


def grants_of(pet: Pet) -> QuerySet[Grant]:
    return pet.grants.select_related("business", "granted_by")


def readings_of(pet: Pet) -> QuerySet[Any]:
    from .models import Reading

    return Reading.objects.filter(grant__pet=pet).select_related("user", "grant__business")


def shared_with(business: Business, *, now: datetime) -> QuerySet[Grant]:
    """Grants that hold right now, with their animals."""
    rows = Grant.objects.live(now).to(business).select_related("pet", "business")
    return rows.order_by("pet__name", "pk")


def duties_near(business: Business, *, now: datetime) -> QuerySet[Duty]:
    """Of the animals this business may read: what is due within two weeks, or was in the last year."""
    today = timezone.localdate(now)
    animals = Grant.objects.live(now).to(business).order_by().values("pet")
    near = Duty.objects.filter(due_on__lte=until_soon(today), due_on__gt=today - timedelta(days=365))
    rows = near.filter(pet__in=animals, pet__status=Status.AT_HOME)
    return rows.select_related("pet").order_by("due_on", "pet__name")


def businesses_named(words: str) -> QuerySet[Business]:
    """Businesses that the public may see, whose name holds all the words, as people type them."""
    rows = teams.public_businesses(query=words, kind="", province="")
    return rows.prefetch_related("locations")[:MOST_FOUND]


def pets_found(pets: QuerySet[Pet], words: str) -> list[Pet]:
    """By name, without regard to Turkish letters, or by chip."""
    wanted = text.fold(words)
    if wanted.isdigit():
        return list(pets.filter(chip__contains=wanted)[:MOST_FOUND])
    return [pet for pet in pets if wanted in text.fold(pet.name)][:MOST_FOUND]


def figures(on: date) -> rules.Figures:
    return rules.Figures(Figure.objects.all(), on)


def facts_of(pets: Sequence[Pet]) -> Iterable[rules.Facts]:
    """What the rules want to know, in three queries for any number of animals."""
    doses = _last_doses(pets)
    statements: dict[int, dict[str, date]] = defaultdict(dict)
    for row in Statement.objects.filter(pet__in=pets):
        statements[row.pet_id][row.kind] = row.said_on
    return [rules.Facts(pet, doses[pet.pk], statements[pet.pk]) for pet in pets]


def _last_doses(pets: Sequence[Pet]) -> dict[int, dict[str, rules.Dose]]:
    rows = Vaccination.objects.kept().filter(pet__in=pets).order_by("given_on", "pk")
    found: dict[int, dict[str, rules.Dose]] = defaultdict(dict)
    for row in rows.values("pet_id", "vaccine", "given_on", "next_due"):
        found[row["pet_id"]][row["vaccine"]] = rules.Dose(row["given_on"], row["next_due"])
    return found

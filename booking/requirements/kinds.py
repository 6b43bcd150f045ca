"""What has to be there before an animal is taken in: by law for each kind, and what a business may add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pets.species import REGISTERED

from ..kinds import Kind

IDENTITY, RABIES, PERMIT = "identity", "rabies", "permit"


@dataclass(frozen=True)
class Compulsory:
    """`species`: for which animals; empty for all."""

    code: str
    title: Any
    text: Any
    species: frozenset[str] = frozenset()

    def asked_of(self, species: str) -> bool:
        return not self.species or species in self.species


BY_LAW = (
    Compulsory(
        IDENTITY,
        _("Chip or passport number"),
        _("Cats, dogs and ferrets have to be identified."),
        frozenset(REGISTERED),
    ),
    Compulsory(
        RABIES,
        _("Rabies vaccination"),
        _("Valid until the last day."),
        frozenset(REGISTERED),
    ),
    Compulsory(PERMIT, _("Permit of the business"), _("For this kind of animal, on each day.")),
)
COMPULSORY: dict[Kind, tuple[Compulsory, ...]] = {Kind.STAY: BY_LAW, Kind.TRANSFER: BY_LAW}
KINDS = tuple(COMPULSORY)


class What(TextChoices):
    """What a business may ask for beside the law."""

    VACCINE = "vaccine", _("A vaccination")
    CONTACT = "contact", _("Somebody to call in an emergency")
    VET = "vet", _("Its own vet")
    OTHER = "other", _("Something else, in your words")


OF_BOOKING = frozenset({What.CONTACT, What.VET})  # asked once, however many animals come


class State(TextChoices):
    MISSING = "missing", _("Missing")
    SAID = "said", _("To be shown on arrival")
    FOUND = "found", _("There")
    SEEN = "seen", _("Seen")
    WAIVED = "waived", _("Waived")

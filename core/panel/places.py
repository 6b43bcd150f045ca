"""Where a person can stand: her own panel, and those that other rooms add."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

PERSON = "person"
BUSINESS = "business"


@dataclass(frozen=True)
class Place:
    """One panel. `kwargs` complete the addresses of its menu; `stamp` names its picture, else initials."""

    scope: str
    title: str
    subtitle: Any
    url: str
    kwargs: dict[str, Any] = field(default_factory=dict)
    stamp: str = ""

    @property
    def initials(self) -> str:
        words = self.title.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


Places = Callable[[HttpRequest], Iterable[Place]]
LandingRule = Callable[[HttpRequest], str | None]
_places: list[Places] = []
_landings: list[tuple[int, LandingRule]] = []


def places(find: Places) -> Places:
    """Register where else a person may go: the switcher lists it."""
    _places.append(find)
    return find


def landing(*, order: int) -> Callable[[LandingRule], LandingRule]:
    """Register a rule for the first page after signing in; None leaves the choice to the next rule."""

    def register(rule: LandingRule) -> LandingRule:
        _landings.append((order, rule))
        return rule

    return register


def own_place(request: HttpRequest) -> Place:
    user: Any = request.user
    return Place(PERSON, user.get_full_name() or user.email, _("Pet parent"), reverse("panel"))


def places_of(request: HttpRequest) -> list[Place]:
    return [own_place(request), *(place for find in _places for place in find(request))]


def place_of(request: HttpRequest) -> Place:
    """Where this request stands; a panel page has noted it, else it is the person's own panel."""
    return getattr(request, "place", None) or own_place(request)


def landing_of(request: HttpRequest) -> str:
    rules = (rule for _, rule in sorted(_landings, key=lambda pair: pair[0]))
    return next((url for rule in rules if (url := rule(request))), reverse("panel"))

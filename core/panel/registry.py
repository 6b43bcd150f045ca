"""What rooms contribute to the panels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from laces.components import Component

from .places import PERSON, Place, place_of


@dataclass(frozen=True)
class Section:
    order: int
    label: Any


HOME = Section(0, _("Panel"))
FINANCE = Section(40, _("Finance"))
OFFICE = Section(60, _("Business"))
ACCOUNT = Section(90, _("Account"))


def _anyone(request: HttpRequest) -> bool:
    return True


def _nothing(request: HttpRequest) -> int:
    return 0


@dataclass(frozen=True)
class Entry:
    """A line of the menu. `count` is shown beside it; `bottom` puts it into the bar of a phone."""

    section: Section
    label: Any
    url_name: str
    icon: str
    order: int = 50
    allowed: Callable[[HttpRequest], bool] = _anyone
    scope: str = PERSON
    module: str = ""
    modules: frozenset[str] = frozenset()  # of several: any of them opens it
    right: str = ""
    count: Callable[[HttpRequest], int] = _nothing
    bottom: bool = False


@dataclass(frozen=True)
class Hit:
    """What the search of a panel found."""

    title: str
    url: str
    note: str = ""
    icon: str = "search"


class Card(Component):
    """Base of cards and bars: knows the request, is shown unless it says otherwise."""

    module = ""
    modules: frozenset[str] = frozenset()
    right = ""
    is_aside = False  # in the narrow column

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def is_shown(self) -> bool:
        return True


Gate = Callable[[HttpRequest, Any], bool]
Checkpoint = Callable[[HttpRequest], HttpResponse | None]
Finder = Callable[[HttpRequest, str], Iterable[Hit]]
_entries: list[Entry] = []
_cards: list[tuple[int, str, type[Card]]] = []
_bars: list[tuple[int, type[Card]]] = []
_gates: list[Gate] = []
_checkpoints: list[Checkpoint] = []
_searches: list[tuple[Any, str, Finder]] = []


def modules_of(item: Any) -> frozenset[str]:
    """The modules of which one has to be on for this entry, card or page; none: it is always there."""
    return item.modules | ({item.module} if item.module else frozenset())


def entry(item: Entry) -> None:
    _entries.append(item)


def entries() -> list[Entry]:
    return list(_entries)


def card(*, order: int, scope: str = PERSON) -> Callable[[type[Card]], type[Card]]:
    def register(kind: type[Card]) -> type[Card]:
        _cards.append((order, scope, kind))
        return kind

    return register


def bar(*, order: int) -> Callable[[type[Card]], type[Card]]:
    def register(kind: type[Card]) -> type[Card]:
        _bars.append((order, kind))
        return kind

    return register


def gate(check: Gate) -> Gate:
    """`check(request, item)` is asked about every entry, card and page with a module or a right."""
    _gates.append(check)
    return check


def checkpoint(check: Checkpoint) -> Checkpoint:
    """Asked before each panel page of a signed-in person: an answer is given in place of the page."""
    _checkpoints.append(check)
    return check


def stopped(request: HttpRequest) -> HttpResponse | None:
    return next((answer for check in _checkpoints if (answer := check(request))), None)


def search(label: Any, *, scope: str = PERSON) -> Callable[[Finder], Finder]:
    def register(find: Finder) -> Finder:
        _searches.append((label, scope, find))
        return find

    return register


def is_open(request: HttpRequest, item: Any) -> bool:
    return all(check(request, item) for check in _gates)


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """Sections with the entries that this request may see in the panel where it stands."""
    place = place_of(request)
    here = (item for item in _entries if item.scope == place.scope)
    allowed = sorted(
        (item for item in here if item.allowed(request) and is_open(request, item)),
        key=lambda item: (item.section.order, item.order),
    )
    return [
        {"label": section.label, "entries": [_link(item, request, place) for item in items]}
        for section, items in groupby(allowed, key=lambda item: item.section)
    ]


def _link(item: Entry, request: HttpRequest, place: Place) -> dict[str, Any]:
    url = reverse(item.url_name, kwargs=place.kwargs)
    return {
        "label": item.label,
        "url": url,
        "icon": item.icon,
        "current": _current(request.path, url, place),
        "count": item.count(request),
        "bottom": item.bottom,
    }


def _current(path: str, url: str, place: Place) -> str:
    """The page itself, or one below it; the first page of the panel is above all others."""
    if path == url:
        return "page"
    return "true" if path.startswith(url) and url != place.url else ""


def cards_of(request: HttpRequest) -> list[Card]:
    place = place_of(request)
    chosen = sorted((item for item in _cards if item[1] == place.scope), key=lambda item: item[0])
    return _shown(request, (kind for _, _, kind in chosen))


def bars_of(request: HttpRequest) -> list[Card]:
    return _shown(request, (kind for _, kind in sorted(_bars, key=lambda item: item[0])))


def _shown(request: HttpRequest, kinds: Iterable[type[Card]]) -> list[Card]:
    made = (kind(request) for kind in kinds if is_open(request, kind))
    return [item for item in made if item.is_shown()]


def searches_of(request: HttpRequest) -> list[tuple[Any, Finder]]:
    place = place_of(request)
    return [(label, find) for label, scope, find in _searches if scope == place.scope]

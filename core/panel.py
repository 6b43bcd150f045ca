"""The shell of the panels: rooms contribute menu entries and cards, the shell shows what is allowed.

panel.entry(Entry(panel.ACCOUNT, _("Settings"), "account_email", "user"))
panel.card(order=10)(TodayCard)
panel.gate(what_waits)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from laces.components import Component


@dataclass(frozen=True)
class Section:
    order: int
    label: Any


HOME = Section(0, _("Panel"))
ACCOUNT = Section(90, _("Account"))


def _anyone(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Entry:
    section: Section
    label: Any
    url_name: str
    icon: str
    order: int = 50
    allowed: Callable[[HttpRequest], bool] = _anyone


_entries: list[Entry] = []
_cards: list[tuple[int, type[Component]]] = []

Gate = Callable[[HttpRequest], HttpResponse | Component | None]
_gates: list[Gate] = []


def entry(item: Entry) -> None:
    """Put an entry into the menu of every panel in which `allowed` says yes."""
    _entries.append(item)


def card(*, order: int) -> Callable[[type[Component]], type[Component]]:
    """Put a card on the first page of the panel. Built with the request; `is_shown` may hide it."""

    def register(kind: type[Component]) -> type[Component]:
        _cards.append((order, kind))
        return kind

    return register


def gate(check: Gate) -> Gate:
    """Asked before each panel page of a signed-in person.

    An answer is given in place of the page, a component is shown above it.
    """
    _gates.append(check)
    return check


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """Sections with the entries that this request may see, in their order."""
    allowed = sorted(
        (item for item in _entries if item.allowed(request)),
        key=lambda item: (item.section.order, item.order),
    )
    return [
        {"label": section.label, "entries": [_link(item, request) for item in items]}
        for section, items in groupby(allowed, key=lambda item: item.section)
    ]


def _link(item: Entry, request: HttpRequest) -> dict[str, Any]:
    url = reverse(item.url_name)
    return {"label": item.label, "url": url, "icon": item.icon, "current": request.path == url}


class PanelView(LoginRequiredMixin, TemplateView):
    """Base of all panel pages: signed in, past the gates, never cached, with the menu."""

    passes_gates = False  # True for what has to be reachable also by somebody who says no
    panel_bars: tuple[Component, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = self._stopped(request) or super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def _stopped(self, request: HttpRequest) -> HttpResponse | None:
        found = [check(request) for check in _gates] if request.user.is_authenticated else []
        self.panel_bars = tuple(each for each in found if isinstance(each, Component))
        answers = [each for each in found if isinstance(each, HttpResponse)]
        return answers[0] if answers and not self.passes_gates else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(panel_menu=menu(self.request), panel_bars=self.panel_bars, **kwargs)


class Dashboard(PanelView):
    template_name = "panel/dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cards = [kind(self.request) for _, kind in sorted(_cards, key=lambda item: item[0])]
        return super().get_context_data(cards=[item for item in cards if item.is_shown()], **kwargs)


class Card(Component):
    """Base of the cards: knows the request, is shown unless it says otherwise."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def is_shown(self) -> bool:
        return True


entry(Entry(HOME, _("Overview"), "panel", "house"))

"""The modules as somebody sees them: on, off, or still being built where she stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from core import panel

from . import access, modules


@dataclass(frozen=True)
class ModuleState:
    module: modules.Module
    is_on: bool
    is_ready: bool
    url: str = ""

    @property
    def state(self) -> str:
        return ("on" if self.is_on else "off") if self.is_ready else "being_built"


def pages_of(scope: str) -> dict[str, panel.Entry]:
    """Modules that have a page in panels of this kind, with the first of these pages."""
    entries = [item for item in reversed(panel.entries()) if item.scope == scope]
    return {code: item for item in entries for code in panel.modules_of(item)}


def states(request: HttpRequest) -> list[ModuleState]:
    place, on = panel.place_of(request), access.modules_of(request)
    pages = pages_of(place.scope)
    return [_state(one, place, pages.get(one.code), one.code in on) for one in modules.ALL]


def _state(module: modules.Module, place: panel.Place, page: Any, is_on: bool) -> ModuleState:
    url = reverse(page.url_name, kwargs=place.kwargs) if page and is_on else ""
    return ModuleState(module, is_on and page is not None, page is not None, url)

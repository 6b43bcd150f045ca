"""The first page of the back office says what waits there for this person, with the way to it.

@waiting.line(order=20)
def reviews(request) -> waiting.Line | None: ...     # None: nothing for her, or not hers
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from laces.components import Component
from wagtail import hooks


@dataclass(frozen=True)
class Line:
    text: str
    url: str


Find = Callable[[HttpRequest], Line | None]
_finders: list[tuple[int, Find]] = []


def line(*, order: int) -> Callable[[Find], Find]:
    def register(find: Find) -> Find:
        _finders.append((order, find))
        return find

    return register


def lines(request: HttpRequest) -> list[Line]:
    ordered = sorted(_finders, key=lambda pair: pair[0])
    return [found for _order, find in ordered if (found := find(request))]


class Waiting(Component):
    name, order = "waiting", 50
    template_name = "core/back_office/waiting.html"

    def __init__(self, found: list[Line]) -> None:
        self.found = found

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"lines": self.found}


@hooks.register("construct_homepage_panels")
def add(request: HttpRequest, panels: list[Any]) -> None:
    if found := lines(request):
        panels.append(Waiting(found))

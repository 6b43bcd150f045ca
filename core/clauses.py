"""Clauses of legal documents that pages quote, without the pages' rooms knowing the legal room.

    @clauses.source
    class Documents: ...          # the legal room, the only one that has clauses

    clauses.quotes([Ref("iade", 1, "iade-2")], "tr")

A reference names document, version and clause. The version is the one of the day on which the editor
chose the clause: what a page quotes does not change under its feet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from django.utils.translation import get_language


class Ref(NamedTuple):
    """Written `iade:1:iade-2` in a page's body. Numbers are those of the binding (Turkish) versions."""

    document: str
    number: int
    clause: str

    @classmethod
    def read(cls, value: Any) -> Ref | None:
        parts = value.split(":") if isinstance(value, str) else []
        return cls(parts[0], int(parts[1]), parts[2]) if len(parts) == 3 and parts[1].isdecimal() else None

    def __str__(self) -> str:
        return f"{self.document}:{self.number}:{self.clause}"


@dataclass(frozen=True)
class Quote:
    """What stands under a page's “clause” block. `language` is that of the text, not of the page."""

    document: str
    title: str
    number: int
    effective_from: date
    clause: str
    heading: str
    text: str
    url: str
    language: str
    is_in_force: bool
    newer: Newer | None = None


@dataclass(frozen=True)
class Newer:
    """A later version says this clause differently, or no longer has it (`url` then shows the whole)."""

    number: int
    effective_from: date
    is_in_force: bool
    url: str


class Source(Protocol):
    def quotes(self, refs: Iterable[Ref], language: str) -> dict[Ref, Quote]: ...

    def choices(self) -> list[Any]: ...


_sources: list[Source] = []
_citers: list[Callable[[str, str], list[dict[str, Any]]]] = []
_read: ContextVar[dict[tuple[Ref, str], Quote | None] | None] = ContextVar("quotes read", default=None)


def source(kind: type[Source]) -> type[Source]:
    _sources.append(kind())
    return kind


def citer(
    find: Callable[[str, str], list[dict[str, Any]]],
) -> Callable[[str, str], list[dict[str, Any]]]:
    """Register who quotes: called with document and language, gives `{title, url, is_due}` of live pages."""
    _citers.append(find)
    return find


def citing(document: str, language: str) -> list[dict[str, Any]]:
    return [page for find in _citers for page in find(document, language)]


def choices() -> list[Any]:
    """For the editor: the clauses of all versions, grouped by document and version."""
    return [group for entry in _sources for group in entry.choices()]


def quote(value: Any) -> Quote | None:
    """What a block's value stands for in the active language; None when there is no such clause."""
    ref, language = Ref.read(value), get_language() or ""
    if ref is None:
        return None
    known = _read.get() or {}
    return known[ref, language] if (ref, language) in known else quotes([ref], language).get(ref)


def quotes(refs: Iterable[Ref], language: str) -> dict[Ref, Quote]:
    refs = list(refs)
    return {ref: found for entry in _sources for ref, found in entry.quotes(refs, language).items()}


def cited(body: Any) -> set[Ref]:
    """The references in a page's body, read without the rest of the blocks."""
    values = (block.get("value") for block in body.raw_data if block.get("type") == "clause")
    return {ref for ref in map(Ref.read, values) if ref}


@contextmanager
def preloaded() -> Iterator[None]:
    """Within, `preload` may read the quotes of a whole list of pages at once."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def preload(bodies: Iterable[Any]) -> None:
    known, language = _read.get(), get_language() or ""
    if known is not None and (refs := {ref for body in bodies for ref in cited(body)}):
        found = quotes(refs, language)
        known.update({(ref, language): found.get(ref) for ref in refs})

"""Every address of the site, read from the URL configuration."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

BACK_OFFICE = "/yonetim/"


def names() -> list[str]:
    """Full names of all routes outside the back office; a route without a name goes by its pattern."""
    return sorted({name for name, address in _walk() if not address.startswith(BACK_OFFICE)})


def of_back_office() -> list[tuple[str, str]]:
    """(name, an address of it)."""
    return sorted((name, address) for name, address in _walk() if address.startswith(BACK_OFFICE))


def _walk(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[tuple]:
    """(full name, sample address) of each route."""
    for item in (resolver or get_resolver()).url_patterns:
        path = prefix + _sample(item)
        if isinstance(item, URLResolver):
            yield from _walk(item, path, f"{space}{item.namespace}:" if item.namespace else space)
        elif isinstance(item, URLPattern):
            yield f"{space}{item.name or path}", f"/{path}"


def _sample(item: URLPattern | URLResolver) -> str:
    """A part of an address, with 1 for each thing that varies; Django itself knows the fixed letters."""
    if not hasattr(item.pattern, "regex"):
        return str(item.pattern)  # a language prefix
    template, names = normalize(item.pattern.regex.pattern)[0]
    return template % dict.fromkeys(names, "1")

"""Links between pages in rich text, resolved for a whole list at once.

Wagtail looks pages up for each text anew: a list of twenty answers with links would cost forty
queries more than a list of one. `preload` reads all targets of a list with two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.html import escape
from wagtail.fields import StreamValue
from wagtail.models import Locale, Page
from wagtail.rich_text.pages import PageLinkHandler

LINK = re.compile(r'<a [^>]*?linktype="page"[^>]*>')
TARGET = re.compile(r' id="(\d+)"')

_addresses: ContextVar[dict[str, str] | None] = ContextVar("addresses of linked pages", default=None)


class PageLinks(PageLinkHandler):
    """Takes the addresses that were preloaded; without them, does as Wagtail does."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        known = _addresses.get() or {}
        if not all(attrs.get("id") in known for attrs in attrs_list):
            return super().expand_db_attributes_many(attrs_list)
        return [f'<a href="{escape(known[attrs["id"]])}">' for attrs in attrs_list]


@contextmanager
def preloaded() -> Iterator[None]:
    token = _addresses.set({})
    try:
        yield
    finally:
        _addresses.reset(token)


def preload(bodies: Iterable[StreamValue]) -> None:
    known = _addresses.get()
    if known is not None and (targets := {target for body in bodies for target in _targets(body)}):
        known.update(_read(targets))


def _targets(body: StreamValue) -> Iterator[str]:
    for link in LINK.findall(json.dumps(list(body.raw_data)).replace('\\"', '"')):
        yield from TARGET.findall(link)


def _read(targets: set[str]) -> dict[str, str]:
    """Addresses by id, in the active language where there is a live translation."""
    pages = list(Page.objects.filter(pk__in=targets).select_related("locale"))
    keys = {page.translation_key for page in pages}
    live = Page.objects.live().filter(locale=Locale.get_active(), translation_key__in=keys)
    translated: dict[Any, Page] = {page.translation_key: page for page in live.select_related("locale")}
    return {str(page.pk): translated.get(page.translation_key, page).url or "" for page in pages}

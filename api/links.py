"""Links in rich text to pages and documents, resolved for a whole list at once.

Wagtail looks pages up for each text anew: a list of twenty answers with links would cost forty
queries more than a list of one. `preload` reads all targets of a list with two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.fields import StreamValue
from wagtail.models import Locale, Page
from wagtail.rich_text.pages import PageLinkHandler

from core import visible

LINK = re.compile(r'<a [^>]*?linktype="(page|document)"[^>]*>')
TARGET = re.compile(r' id="(\d+)"')

Addresses = dict[tuple[str, str], str]  # by kind and id
_addresses: ContextVar[Addresses | None] = ContextVar("addresses of what is linked", default=None)


class PageLinks(PageLinkHandler):
    """Takes the addresses that were preloaded, else reads them.

    Unlike Wagtail's, gives no address of a page that readers may not see: the words stay, the link goes.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return _openings("page", attrs_list)


class DocumentLinks(DocumentLinkHandler):
    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return _openings("document", attrs_list)


def _openings(kind: str, attrs_list: list[dict]) -> list[str]:
    targets = [(kind, str(attrs.get("id", ""))) for attrs in attrs_list]
    known = _addresses.get() or {}
    if not all(target in known for target in targets):
        known = _read({(kind, target) for _, target in targets if target.isdecimal()})
    return [_opening(known.get(target, "")) for target in targets]


def _opening(address: str) -> str:
    return f'<a href="{escape(address)}">' if address else "<a>"


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


def _targets(body: StreamValue) -> Iterator[tuple[str, str]]:
    for link in LINK.finditer(json.dumps(list(body.raw_data)).replace('\\"', '"')):
        for target in TARGET.findall(link[0]):
            yield link[1], target


def _read(targets: set[tuple[str, str]]) -> Addresses:
    """None of what does not exist or is not shown."""
    found: Addresses = dict.fromkeys(targets, "")
    for kind, read in (("page", _pages), ("document", _documents)):
        if ids := {int(target) for named, target in targets if named == kind}:
            found |= {(kind, str(pk)): address for pk, address in read(ids).items()}
    return found


def _pages(ids: set[int]) -> dict[int, str]:
    """In the active language where there is a translation."""
    keys = dict(Page.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
    shown = visible.to_everyone(Page.objects.filter(translation_key__in=set(keys.values())))
    found = {(page.translation_key, page.locale_id): page for page in shown.select_related("locale")}
    own, active = {page.pk: page for page in found.values()}, Locale.get_active().pk
    chosen = {pk: found.get((key, active)) or own.get(pk) for pk, key in keys.items()}
    return {pk: page.url or "" for pk, page in chosen.items() if page}


def _documents(ids: set[int]) -> dict[int, str]:
    return {pk: document.url for pk, document in get_document_model().objects.in_bulk(ids).items()}

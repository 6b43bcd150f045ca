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

from django.utils.html import escape
from wagtail.fields import StreamValue
from wagtail.models import Locale, Page
from wagtail.rich_text.pages import PageLinkHandler

from core import visible

LINK = re.compile(r'<a [^>]*?linktype="page"[^>]*>')
TARGET = re.compile(r' id="(\d+)"')

_addresses: ContextVar[dict[str, str] | None] = ContextVar("addresses of linked pages", default=None)


class PageLinks(PageLinkHandler):
    """Takes the addresses that were preloaded, else reads them.

    Unlike Wagtail's, gives no address of a page that readers may not see: the words stay, the link goes.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        ids = [str(attrs.get("id", "")) for attrs in attrs_list]
        known = _addresses.get() or {}
        if not all(page_id in known for page_id in ids):
            known = _read({page_id for page_id in ids if page_id.isdecimal()})
        return [_opening(known.get(page_id, "")) for page_id in ids]


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


def _targets(body: StreamValue) -> Iterator[str]:
    for link in LINK.findall(json.dumps(list(body.raw_data)).replace('\\"', '"')):
        yield from TARGET.findall(link)


def _read(targets: set[str]) -> dict[str, str]:
    """Addresses by id, in the active language where there is a translation; none of a page not shown."""
    keys = dict(Page.objects.filter(pk__in=targets).values_list("pk", "translation_key"))
    shown = visible.to_everyone(Page.objects.filter(translation_key__in=set(keys.values())))
    found = {(page.translation_key, page.locale_id): page for page in shown.select_related("locale")}
    own = {page.pk: page for page in found.values()}
    active = Locale.get_active().pk
    return {str(pk): _address(found.get((key, active)) or own.get(pk)) for pk, key in keys.items()} | {
        target: "" for target in targets if int(target) not in keys
    }


def _address(page: Page | None) -> str:
    return (page.url or "") if page else ""

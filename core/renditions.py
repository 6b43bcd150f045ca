"""Pictures for other people's screens: a fixed set of sizes, the same for pages and the content API.

Sizes are fixed because each new one costs work and disk, and addresses can be asked for by anyone.
`preload` reads the pictures of a whole list at once: twenty bodies with pictures cost as many
queries as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.images import get_image_model

SIZES = ("width-320", "width-640", "width-1200")

_known: ContextVar[dict[int, Any] | None] = ContextVar("pictures of a list", default=None)


@contextmanager
def preloaded() -> Iterator[None]:
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def preload(ids: Iterable[int]) -> None:
    known = _known.get()
    if known is not None and (missing := set(ids) - set(known)):
        known.update(_with_renditions().in_bulk(missing))


def known(ids: Iterable[int]) -> dict[int, Any] | None:
    """The pictures of these ids if all of them were preloaded."""
    found = _known.get() or {}
    ids = set(ids)
    return {pk: found[pk] for pk in ids} if ids and ids <= set(found) else None


def attach(images: Iterable[Any]) -> list[Any]:
    """Read the sizes of all these pictures at once."""
    images = list(images)
    found = _with_renditions().in_bulk([image.pk for image in images])
    return [found.get(image.pk, image) for image in images]


def picture(image: Any) -> dict[str, Any]:
    """All sizes of one picture. A picture is never enlarged, so a small one has fewer."""
    sizes = {rendition.width: rendition for rendition in image.get_renditions(*SIZES).values()}
    rows = [_row(sizes[width]) for width in sorted(sizes)]
    return {
        "id": image.pk,
        **rows[-1],
        "srcset": ", ".join(f"{row['url']} {row['width']}w" for row in rows),
        "renditions": rows,
    }


def _row(rendition: Any) -> dict[str, Any]:
    return {"url": rendition.url, "width": rendition.width, "height": rendition.height}


def _with_renditions() -> Any:
    return get_image_model().objects.prefetch_renditions(*SIZES)

"""Which answers a change of a page touches.

An answer that shows a page depends on the page, on the pages above it (their names stand in its
trail) and, where it lists what lies below, on `under:` the page. A change touches the page, its
translations (each names the others), what points to any of them, and `under:` each page above.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from .tags import FRAME, depends_on, is_collecting, purge

ANY_PAGE = "pages"
FILES = (AbstractImage, AbstractDocument)
ANYWHERE = (*FILES, AbstractSetting, Redirect, Site)
SECTION_DEPTH = 3  # root > home > section: these stand in the menus


def shows(page: Page, *, with_below: bool = False) -> None:
    """The answer being made is this page, perhaps with a list of what lies below it."""
    if not is_collecting():
        return
    depends_on(FRAME, f"page:{page.pk}", *(f"page:{pk}" for pk in _above(page)))
    if with_below:
        depends_on(f"under:{page.pk}")


def touched(page: Page) -> set[str]:
    """The tags of everything that shows something of this page."""
    versions = list(Page.objects.filter(translation_key=page.translation_key).values_list("pk", "path"))
    pks = {pk for pk, _ in versions} | {page.pk}
    above = _pks_above({path for _, path in versions} | {page.path})
    pointing = _pages_pointing_to(pks)
    tags = {f"page:{pk}" for pk in pks | pointing} | {f"under:{pk}" for pk in above} | {ANY_PAGE}
    return tags | ({FRAME} if page.depth <= SECTION_DEPTH or page.show_in_menus else set())


@receiver([page_published, page_unpublished])
def purge_page(instance: Page, **_: Any) -> None:
    purge(*touched(instance))


@receiver(post_delete)
def purge_deleted(sender: Any, instance: Any, **_: Any) -> None:
    if isinstance(instance, Page):
        purge(*touched(instance), FRAME)


@receiver(post_page_move)
def purge_moved(**_: Any) -> None:
    """Addresses of everything below change, and they stand anywhere."""
    purge(FRAME, ANY_PAGE)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def purge_restricted(**_: Any) -> None:
    purge(FRAME, ANY_PAGE)


@receiver([post_save, post_delete])
def purge_everything(sender: Any, instance: Any, created: bool = False, **_: Any) -> None:
    """Pictures, documents, settings and redirects may stand anywhere. A new one stands nowhere yet."""
    if isinstance(instance, ANYWHERE) and not (created and isinstance(instance, FILES)):
        purge(FRAME, ANY_PAGE)


def _above(page: Page) -> list[int]:
    return list(page.get_ancestors().filter(depth__gt=1).values_list("pk", flat=True))


def _pks_above(paths: set[str]) -> set[int]:
    step = Page.steplen
    prefixes = {path[:end] for path in paths for end in range(step, len(path), step)}
    return set(Page.objects.filter(path__in=prefixes, depth__gt=1).values_list("pk", flat=True))


def _pages_pointing_to(pks: set[int]) -> set[int]:
    """By Wagtail's reference index, which knows fields, rich text and blocks."""
    found = ReferenceIndex.objects.filter(
        to_content_type=ReferenceIndex._get_base_content_type(Page), to_object_id__in=map(str, pks)
    )
    pages = found.filter(base_content_type=ReferenceIndex._get_base_content_type(Page))
    return {int(pk) for pk in pages.values_list("object_id", flat=True)}

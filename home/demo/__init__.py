"""Demo content of our own: people, the home page and the help centre, in Turkish and English.

Loading twice changes nothing: what is there already stays as its editors left it.
"""

from django.db import transaction
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from editorial import publishing

from . import addresses, pages, people, translations
from .people import PASSWORD, PEOPLE

__all__ = ["PASSWORD", "PEOPLE", "load"]


def load() -> bool:
    """People, addresses, pages: all or nothing. True when the pages were not there before."""
    if pages.is_loaded():
        _load_ground()
        people.open_office()
        return False
    with disable_reference_index_auto_update(), publishing.unwatched(), transaction.atomic():
        _load_ground()
        translations.load(pages.load(by=people.admin()), by=people.admin())
    people.open_office()
    _index_references()
    return True


def _load_ground() -> None:
    people.load()
    addresses.load()


def _index_references() -> None:
    """Once at the end instead of seven times for each page."""
    for page in Page.objects.filter(depth__gt=1).specific():
        ReferenceIndex.create_or_update_for_object(page)

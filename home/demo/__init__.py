"""Demo content of our own: people, home page, help centre and blog, in Turkish and English.

Loading twice changes nothing: what is there already stays as its editors left it.
"""

from django.db import transaction
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from editorial import publishing
from finance import demo as finance
from finance import pricing_demo as pricing
from newsletter import demo as newsletter
from payments import demo as payments
from payments import payout_demo as payouts
from pets import demo as pets
from support import demo as support
from teams import demo as teams
from upkeep import demo as upkeep

from . import addresses, legal, pages, people, posts, translations
from .people import PASSWORD, PEOPLE

__all__ = ["PASSWORD", "PEOPLE", "load"]


def load() -> bool:
    """People, addresses, pages: all or nothing. True when the pages were not there before."""
    with disable_reference_index_auto_update(), publishing.unwatched(), transaction.atomic():
        _load_ground()
        is_first = not pages.is_loaded()
        if is_first:
            translations.load(pages.load(by=people.admin()), by=people.admin())
        has_new_posts = posts.load(by=people.admin())
        legal.load(by=people.admin())
        people.open_office()
        support.load()
        payments.load()
        newsletter.load()
    if is_first or has_new_posts:
        _index_references()
    return is_first


def _load_ground() -> None:
    people.load()
    teams.load()
    pricing.load()
    payouts.load()
    pets.load()
    addresses.load()
    finance.load()
    upkeep.load()


def _index_references() -> None:
    """Once at the end instead of seven times for each page."""
    for page in Page.objects.filter(depth__gt=1).specific():
        ReferenceIndex.create_or_update_for_object(page)

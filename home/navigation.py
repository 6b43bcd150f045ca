"""The way around: languages, main menu and footer, as data for front ends.

Our own templates write the same links by hand, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from core import visible
from faq import queries as faq


def languages(site: Site, language: str) -> list[dict[str, Any]]:
    roots = visible.to_everyone(site.root_page.get_translations(inclusive=True)).select_related("locale")
    homes = {root.locale.language_code: root.url for root in roots}
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": homes.get(code) or translate_url("/", code),
            "current": code == language,
        }
        for code, _name in settings.LANGUAGES
    ]


def main(site: Site, language: str) -> list[dict[str, Any]]:
    """Store and help first, then the pages that editors have put into the menu."""
    help_centre = faq.help_centre(language)
    pages = [page for page in _in_menus(site, language) if not help_centre or page.pk != help_centre.pk]
    return [
        _link(_("Store"), reverse("catalogue:index")),
        *_page_links([help_centre] if help_centre else [], title=_("Help")),
        *_page_links(pages),
    ]


def footer(language: str) -> list[dict[str, Any]]:
    help_centre = faq.help_centre(language)
    return [
        _group(
            _("Pet parents"),
            _link(_("Store"), reverse("catalogue:index")),
            _link(_("Basket"), reverse("basket:summary")),
            _link(_("Clinics and other businesses"), reverse("business_list")),
        ),
        _group(
            _("Help"),
            *_page_links([help_centre] if help_centre else [], title=_("Frequent questions")),
            _link(_("Search the answers"), reverse("faq:search")),
            _link(_("State of the platform"), reverse("upkeep:status")),
        ),
        _group(
            _("Account"),
            _link(_("Sign in"), reverse("account_login")),
            _link(_("Open an account"), reverse("account_signup")),
        ),
    ]


def _in_menus(site: Site, language: str) -> Iterable[Page]:
    root = site.root_page.get_translations(inclusive=True).filter(locale__language_code=language).first()
    if root is None:
        return []
    pages = visible.to_everyone(Page.objects.in_menu().descendant_of(root))
    return pages.select_related("locale").order_by("path")


def _page_links(pages: Iterable[Page], title: str = "") -> list[dict[str, Any]]:
    return [_link(title or page.title, page.url or "", page=page) for page in pages]


def _link(title: str, url: str, page: Page | None = None) -> dict[str, Any]:
    """`page` tells a front end that it can show this itself; other links lead to our own site."""
    return {"title": title, "url": url, "page": page.pk if page else None}


def _group(title: str, *links: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "links": list(links)}

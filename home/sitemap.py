"""All public pages in all languages, each with its translations, for search engines.

Pages of the tree, and the lists of the blog that have an address of their own.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from blog import queries as blog
from booking import picking, search_finding
from commerce import listings
from commerce.catalogue import renditions, tree
from commerce.models import Listing
from newsletter.models import Issue
from teams.models import Business


def alternates(found: dict[str, str]) -> list[dict[str, str]]:
    """The same thing in other languages, by language; nothing when there is only one."""
    if len(found) < 2:
        return []
    if settings.LANGUAGE_CODE in found:
        found = found | {"x-default": found[settings.LANGUAGE_CODE]}
    return [{"lang_code": language, "location": address} for language, address in found.items()]


class PageSitemap(Sitemap):
    """Wagtail's own lists one language only and asks for each translation apart."""

    limit = 2000

    def items(self) -> list[Page]:
        return self._pages

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        shown = self.paginator.page(page).object_list
        self.latest_lastmod = max((item.last_published_at for item in shown), default=None)
        return [self._entry(item) for item in shown]

    def _entry(self, page: Page) -> dict[str, Any]:
        return {
            "item": page,
            "location": self._address(page),
            "lastmod": page.last_published_at,
            "alternates": alternates(
                {
                    twin.locale.language_code: self._address(twin)
                    for twin in self._translations[page.translation_key]
                }
            ),
        }

    def _address(self, page: Page) -> str:
        return page.get_full_url(self.request)

    @cached_property
    def _pages(self) -> list[Page]:
        public = Page.objects.live().public().exclude(last_published_at=None).filter(depth__gt=1)
        return list(public.select_related("locale").order_by("path"))

    @cached_property
    def _translations(self) -> dict[Any, list[Page]]:
        grouped = defaultdict(list)
        for page in self._pages:
            grouped[page.translation_key].append(page)
        return grouped


class BlogSitemap(Sitemap):
    """The announcements and the tags that lead somewhere, in each language that has a blog."""

    def items(self) -> list[tuple[str, dict[str, str]]]:
        return [(language, found) for found in self._lists.values() for language in found]

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        return [
            {"item": found, "location": found[language], "alternates": alternates(found)}
            for language, found in self.paginator.page(page).object_list
        ]

    @cached_property
    def _lists(self) -> dict[tuple[str, ...], dict[str, str]]:
        """The addresses of each list by language."""
        found: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        root = self.get_wagtail_site().root_url
        for language in [code for code, _name in settings.LANGUAGES if blog.blog(code)]:
            slugs = [tag.slug for tag in blog.tags(language)]
            with translation.override(language):
                for name, *args in [("announcements",), *(("tag", slug) for slug in slugs)]:
                    found[name, *args][language] = f"{root}{reverse(f'blog:{name}', args=args)}"
        return found


class NewsletterSitemap(Sitemap):
    """The newsletter and each issue that was sent, in each language."""

    limit = 2000

    def items(self) -> list[str]:
        return ["", *(issue.key for issue in Issue.objects.public())]

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        self.latest_lastmod = None
        return [entry for key in self.paginator.page(page).object_list for entry in self._entries(key)]

    def _entries(self, key: str) -> list[dict[str, Any]]:
        found = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found[language] = self.request.build_absolute_uri(_newsletter(key))
        return [{"item": key, "location": at, "alternates": alternates(found)} for at in found.values()]


def _newsletter(key: str) -> str:
    return reverse("newsletter:issue", args=[key]) if key else reverse("newsletter:index")


class BusinessSitemap(Sitemap):
    """The list of businesses and each that is listed today. They say the same in every language."""

    limit = 2000

    def items(self) -> list[str]:
        slugs = Business.objects.listed().order_by("slug").values_list("slug", flat=True)
        return [reverse("business_list"), *(reverse("business_profile", args=[slug]) for slug in slugs)]

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        self.latest_lastmod = None
        shown = self.paginator.page(page).object_list
        return [{"item": path, "location": self.request.build_absolute_uri(path)} for path in shown]


class BookingSitemap(Sitemap):
    """The page on which one looks for a time, and what can be booked today."""

    limit = 2000

    def items(self) -> list[str]:
        rows = search_finding.with_module_on(picking.bookable()).order_by("pk")
        return [
            reverse("booking_search"),
            *(one.get_absolute_url() for one in rows.select_related(None).only("public_id")),
        ]

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        self.latest_lastmod = None
        shown = self.paginator.page(page).object_list
        return [{"item": path, "location": self.request.build_absolute_uri(path)} for path in shown]


class StoreSitemap(Sitemap):
    """The store, its shelves and all goods with their first picture. They say the same in every language."""

    limit = 2000

    def items(self) -> Any:
        listings.refresh()
        return Listing.objects.order_by("pk").values_list(
            "pk", "product__slug", "product__date_updated", "picture"
        )

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        rows = list(self.paginator.page(page).object_list)
        self.latest_lastmod = max((changed for _pk, _slug, changed, _picture in rows), default=None)
        store, absolute = reverse("catalogue:index"), self.request.build_absolute_uri
        shelves = [store, *(shelf.url for shelf in tree.read().by_pk.values())] if page == 1 else []
        return [{"item": path, "location": absolute(path)} for path in shelves] + [
            {
                "item": pk,
                "location": absolute(f"{store}{slug}_{pk}/"),
                "lastmod": changed,
                "images": [absolute(renditions.sizes(picture).large)] if picture else [],
            }
            for pk, slug, changed, picture in rows
        ]

"""All public pages in all languages, each with its translations, for search engines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from teams.models import Business


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
            "alternates": self._alternates(self._translations[page.translation_key]),
        }

    def _alternates(self, pages: Iterable[Page]) -> list[dict[str, str]]:
        found = {page.locale.language_code: self._address(page) for page in pages}
        if len(found) < 2:
            return []
        if settings.LANGUAGE_CODE in found:
            found["x-default"] = found[settings.LANGUAGE_CODE]
        return [{"lang_code": language, "location": address} for language, address in found.items()]

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

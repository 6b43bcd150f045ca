"""Where an old address leads today. Front ends ask when they have no page for a path."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from wagtail.api.v2.utils import BadRequestError
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from . import public
from .endpoint import Answer

LONGEST_PATH = 2000


class Redirects(Answer):
    parameters = frozenset({"path"})

    def answer(self, request: HttpRequest, language: str) -> dict[str, Any]:
        path = request.GET.get("path", "")
        if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST_PATH:
            raise BadRequestError("path must be the path of an address, as /eski/adres/")
        found = self._find(request, path)
        if found is None or not self._may_be_told(request, found) or found.link is None:
            raise Http404
        return {
            "path": path,
            "target": found.link,
            "permanent": found.is_permanent,
            "page": found.redirect_page_id,
        }

    def _find(self, request: HttpRequest, path: str) -> Redirect | None:
        """As Wagtail does for visitors: with the query first, then without."""
        whole = Redirect.normalise_path(path, decode_unicode=False)
        plain = whole.partition("?")[0]
        return get_redirect(request, whole) or (get_redirect(request, plain) if plain != whole else None)

    def _may_be_told(self, request: HttpRequest, found: Redirect) -> bool:
        page: Page | None = found.redirect_page
        shown = public.pages(Site.find_for_request(request))
        return page is None or shown.filter(pk=page.pk).exists()

"""Files for search engines, and the page on which everything we can prove stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core import proofs, response_cache
from core.response_cache.pages import ANY_PAGE

from . import queries
from .sitemap import StoreSitemap

PRIVATE = ["panel", "hesap", "isletme", "isletme-kaydi"]
CLOSED = ["/yonetim/", *(f"{root}/{path}/" for path in PRIVATE for root in ("", "/en")), "/api/"]


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Search results carry their own noindex: a robot has to read the page to see it."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines += [
        f"Sitemap: {request.build_absolute_uri(reverse(name))}" for name in ("sitemap_store", "sitemap")
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def store_map(request: HttpRequest) -> HttpResponse:
    """Names the files of `StoreSitemap`, at the domain of the request as all other maps."""
    at = request.build_absolute_uri(reverse("sitemap_goods", args=["store"]))
    pages = range(1, StoreSitemap(request).paginator.num_pages + 1)
    files = [{"location": at if page == 1 else f"{at}?p={page}"} for page in pages]
    return render(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


@require_safe
def all_proofs(request: HttpRequest) -> HttpResponse:
    """Each proof with its last result and the answers that rest on it."""
    response_cache.depends_on(response_cache.FRAME, proofs.SHOWN, ANY_PAGE)
    return render(request, "home/proofs.html", {"rows": queries.proven(get_language() or "")})

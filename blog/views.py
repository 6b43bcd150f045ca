"""Pages beside the tree: a tag, the official announcements, and the feeds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import response_cache

from . import feeds, queries
from .models import SHOWN, BlogIndexPage, BlogTag


def shows_posts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Their answers are kept until a post changes."""

    @wraps(view)
    def noting(*args: Any, **kwargs: Any) -> HttpResponse:
        response_cache.depends_on(response_cache.FRAME, SHOWN)
        return view(*args, **kwargs)

    return noting


@require_safe
@shows_posts
def tag_page(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(BlogTag, slug=slug)
    index = _blog_or_404()
    found = queries.listing(queries.tagged(get_language() or "", tag), request)
    return render(request, "blog/tag_page.html", {"tag": tag, "index": index, **found})


@require_safe
@shows_posts
def announcements(request: HttpRequest) -> HttpResponse:
    language = get_language() or ""
    found = queries.listing(queries.announcements(language), request)
    return render(request, "blog/announcements.html", {"index": queries.blog(language), **found})


@require_safe
@shows_posts
def blog_feed(request: HttpRequest) -> HttpResponse:
    index, language = _blog_or_404(), get_language() or ""
    return _atom(request, f"{index.title} · Diji.vet", index.url, queries.posts(language))


@require_safe
@shows_posts
def tag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(BlogTag, slug=slug)
    _blog_or_404()
    page = reverse("blog:tag", args=[tag.slug])
    return _atom(request, f"{tag.label} · Diji.vet", page, queries.tagged(get_language() or "", tag))


@require_safe
@shows_posts
def official_feed(request: HttpRequest) -> HttpResponse:
    title = _("Official announcements")
    found = queries.announcements(get_language() or "")
    return _atom(request, f"{title} · Diji.vet", reverse("blog:announcements"), found)


def _blog_or_404() -> BlogIndexPage:
    index = queries.blog(get_language() or "")
    if index is None:
        raise Http404("no blog in this language")
    return index


def _atom(request: HttpRequest, title: str, page: str, found: queries.QuerySet) -> HttpResponse:
    """The feed, or 304 for a reader who has it. The ETag covers every byte, so no change is missed."""
    feed = feeds.Feed(title, request.path, page, get_language() or "", found)
    atom = feeds.build(feed)
    response = HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
    changed = int(atom.latest_post_date().timestamp())
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    patch_cache_control(response, public=True, max_age=300)
    return get_conditional_response(request, etag=etag, last_modified=changed, response=response)

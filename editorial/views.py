"""The page behind a review link. Nothing of it is kept by browsers, caches or search engines."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe
from redis.exceptions import RedisError

from . import drafts, reviews
from .errors import LinkIsOver
from .forms import Answer
from .models import ReviewLink

GUESSES = {"review_link": "20/h/ip"}  # counted are only tokens that open nothing
# Not `no-referrer`: browsers would send the form with `Origin: null`, which is no proof against forgery.
SECLUDED = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def for_link(view: Callable[[HttpRequest, ReviewLink, str], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view an open link, or answer why there is none. Speaks the language of the draft."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        response = _open(request, token, view)
        for name, value in SECLUDED.items():
            response[name] = value
        return response

    return guarded


def _open(request: HttpRequest, token: str, view: Callable) -> HttpResponse:
    if not _may_guess(request, dry_run=True):
        response = _closed(request, "throttled", 429)
        response["Retry-After"] = "3600"
        return response
    link = reviews.find(token)
    if link is None:
        _may_guess(request, dry_run=False)
        return _closed(request, "unknown", 404)
    with translation.override(link.page.locale.language_code):
        state = link.state(timezone.now())
        return view(request, link, token) if state == "open" else _closed(request, state, 410, link=link)


@require_http_methods(["GET", "HEAD", "POST"])
@csp_update({"frame-src": [SELF]})
@for_link
def review(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    form = Answer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answered(request, link, form)
    context = {
        "link": link,
        "draft": link.revision.as_object(),
        "token": token,
        "form": form,
        "differences": drafts.differences(link.revision),
    }
    return render(request, "editorial/review.html", context, status=422 if form.is_bound else 200)


@require_safe
@for_link
def draft(request: HttpRequest, link: ReviewLink, token: str) -> HttpResponse:
    return drafts.rendered(link.revision, request)


def _answered(request: HttpRequest, link: ReviewLink, form: Answer) -> HttpResponse:
    now = timezone.now()
    try:
        reviews.answer(link=link, now=now, **form.cleaned_data)
    except LinkIsOver:
        link.refresh_from_db()
        return _closed(request, link.state(now), 410, link=link)
    link.refresh_from_db()
    return _closed(request, "thanks", 200, link=link)


def _closed(request: HttpRequest, state: str, status: int, **more: Any) -> HttpResponse:
    return render(request, "editorial/review_over.html", {"state": state, **more}, status=status)


def _may_guess(request: HttpRequest, *, dry_run: bool) -> bool:
    """A token has 256 bits: guessing is hopeless even uncounted, so without the cache it stays open."""
    options = {"app": "editorial", "action": "review_link", "config": GUESSES, "limit_get": True}
    try:
        return bool(ratelimit.consume(request, dry_run=dry_run, **options))
    except RedisError:
        return True

"""Was this form sent from one of our own pages?

Some forms ("add to basket", "was this helpful?") stand on pages that anonymous visitors get without any
cookie, so they cannot carry Django's token, which needs one. Browsers say themselves where a form came from
(Sec-Fetch-Site, Origin, Referer), and a foreign page cannot change what they say.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from core.views import csrf_failure


def is_ours(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(source).netloc == request.get_host()


def same_origin(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Instead of the token: refuse what no page of ours has sent."""

    @csrf_exempt
    @wraps(view)
    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not is_ours(request):
            return csrf_failure(request, reason="foreign origin")
        return view(request, *args, **kwargs)

    return check

"""From where something was decided, as evidence keeps it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.translation import get_language

from core import limits

from ..services import Where

KEY = re.compile(r"[^/]{40,}")


def of(request: HttpRequest) -> Where:
    """The page on which the form stood; without its address that of the request.

    Never what stands behind `?`, and no key of a link: evidence must open nothing.
    """
    page = urlsplit(request.headers.get("Referer", "")).path or request.path
    source = KEY.sub("…", page)[:200]
    return Where(source=source, ip=limits.client(request), locale=get_language() or "tr")

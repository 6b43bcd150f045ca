"""Whose answers may be kept, and under which name. Reads the WSGI environment: `front` has nothing else."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings

PERSONAL_PATHS = re.compile(r"/(?:en/)?(?:hesap|panel|yonetim|saglik|static|media|posta|i18n)(?:/|$)")
FREE_TEXT = re.compile(r"(?:^|&)(?:q|search|token)=")  # each reader's own words: nobody asks for them again
LONGEST_QUERY = 300
BASKET_COOKIE = "oscar_open_basket"


def key_of(environ: dict[str, Any]) -> str | None:
    """The name of this answer for everybody; None for a request that is somebody's own."""
    query = environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
        return None
    if len(query) > LONGEST_QUERY or FREE_TEXT.search(query) or PERSONAL_PATHS.match(environ["PATH_INFO"]):
        return None
    if _names_a_person(environ.get("HTTP_COOKIE", "")):
        return None
    scheme = environ.get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"]
    host = environ.get("HTTP_HOST") or environ["SERVER_NAME"]
    return f"{scheme}://{host}{environ['PATH_INFO']}?{query}"


def _names_a_person(cookies: str) -> bool:
    """A session, a basket or a waiting message makes the page this reader's own."""
    return bool(cookies) and any(
        f"{name}=" in cookies for name in (settings.SESSION_COOKIE_NAME, BASKET_COOKIE, "messages")
    )

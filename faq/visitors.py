"""Who votes: the signed-in person, else this browser by a cookie that is set with its first vote.

Only a keyed hash is stored, so the table of votes names nobody and still knows the same visitor again.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "visitor"
SALT = "faq.visitor"
YEAR = 60 * 60 * 24 * 365


def known(request: HttpRequest) -> str:
    """The visitor's hash; empty for a browser that has never voted."""
    if request.user.is_authenticated:
        return _hash(f"user:{request.user.pk}")
    number = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=YEAR)
    return _hash(f"browser:{number}") if number else ""


def greet(request: HttpRequest) -> tuple[str, str]:
    """The visitor's hash, and the number for the cookie where this browser has none yet."""
    visitor = known(request)
    if visitor:
        return visitor, ""
    number = secrets.token_urlsafe(16)
    return _hash(f"browser:{number}"), number


def remember(response: HttpResponse, number: str) -> None:
    if number:
        response.set_signed_cookie(
            COOKIE,
            number,
            salt=SALT,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _hash(name: str) -> str:
    return salted_hmac(SALT, name, algorithm="sha256").hexdigest()

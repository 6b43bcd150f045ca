"""Browsers that have signed in to an account before.

Wrong passwords are counted for each account, so anybody could lock a stranger out by typing nonsense.
A browser that once knew the password counts on its own: strangers' tries do not reach its owner.
The cookie holds a random name, signed for one address; it opens nothing.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

KNOWN_FOR = timedelta(days=180)


def known(request: HttpRequest, email: str) -> str:
    """The name of this browser if it signed in to `email` before, else empty."""
    try:
        return _signer(email).unsign(request.COOKIES.get(_cookie(), ""), max_age=KNOWN_FOR)
    except BadSignature:
        return ""


def remember(response: HttpResponse, email: str) -> None:
    response.set_cookie(
        _cookie(),
        _signer(email).sign(secrets.token_hex(8)),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def describe(user_agent: str) -> str:
    """`Chrome, Windows`: enough to know one's own devices again."""
    found = [next((name for part, name in names if part in user_agent), "") for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or str(_("Unknown device"))


def _signer(email: str) -> TimestampSigner:
    return TimestampSigner(salt=f"accounts.devices:{email}")


def _cookie() -> str:
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"

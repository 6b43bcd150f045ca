"""Everything we keep in a browser, and the choice people have about it.

The registry is the cookie page (`live.py`), the banner and the test: a browser run that meets a name
which does not stand here fails. What is not necessary is off until someone opts in; no choice means no.
"""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

COOKIE = "cerez"
LIFE = 60 * 60 * 24 * 182  # asked again after six months
VALUE = re.compile(r"([0-9a-f]{8})\.(\d{1,12})\.([a-z-]{0,40})\Z")


class Category(TextChoices):
    NECESSARY = "necessary", _("Necessary")
    PREFERENCES = "preferences", _("Preferences")


class Place(TextChoices):
    COOKIE = "cookie", _("Cookie")
    STORAGE = "storage", _("Browser storage")


FIRST_PARTY = _("first party")


@dataclass(frozen=True)
class Entry:
    """`pattern` is a regular expression that the whole name has to match."""

    name: str
    purpose: Any
    life: Any
    category: Category = Category.NECESSARY
    place: Place = Place.COOKIE
    pattern: str = ""
    provider: str = "Diji.vet"
    party: Any = FIRST_PARTY

    def matches(self, name: str, place: str) -> bool:
        return self.place == place and bool(re.fullmatch(self.pattern or re.escape(self.name), name))


UNTIL_CLOSED = _("until the browser is closed")
REGISTRY = [
    Entry(COOKIE, _("Remembers what you chose here, with its time, and nothing about you."), _("6 months")),
    Entry(settings.SESSION_COOKIE_NAME, _("Keeps you signed in."), _("30 days")),
    Entry(settings.CSRF_COOKIE_NAME, _("Proves that a form was sent from our page."), _("1 year")),
    Entry(settings.OSCAR_BASKET_COOKIE_OPEN, _("Finds your basket again before you sign in."), _("7 days")),
    Entry("messages", _("Carries a message such as “added to the basket” to the next page."), UNTIL_CLOSED),
    Entry(
        "device",
        _("Recognises a browser in which you have signed in, so that strangers cannot lock you out."),
        _("6 months"),
        pattern="(__Host-)?device",
    ),
    Entry("bakim", _("Remembers which news of maintenance you have closed."), UNTIL_CLOSED),
    Entry(
        settings.LANGUAGE_COOKIE_NAME,
        _("Remembers the language that staff chose in the back office."),
        UNTIL_CLOSED,
    ),
    Entry(
        "wagtail…",
        _("Staff only: remembers how the back office is folded."),
        _("1 year"),
        pattern="wagtail.*",
    ),
    Entry(
        "theme",
        _("Remembers the light or dark theme you chose."),
        _("until you delete it"),
        Category.PREFERENCES,
        Place.STORAGE,
    ),
    Entry(
        "nakil-…",
        _("For drivers: keeps what could not be sent over a bad line, until it is sent."),
        _("until it is sent"),
        place=Place.STORAGE,
        pattern="nakil-.*",
    ),
]
OPTIONAL = [category for category in Category if category != Category.NECESSARY]


def version() -> str:
    """Changes when what we ask about changes, so that people are asked again."""
    asked = [
        f"{entry.name}:{entry.place}:{entry.category}" for entry in REGISTRY if entry.category in OPTIONAL
    ]
    return hashlib.sha256("|".join(asked).encode()).hexdigest()[:8]


def find(name: str, place: str = Place.COOKIE) -> Entry | None:
    return next((entry for entry in REGISTRY if entry.matches(name, place)), None)


@dataclass(frozen=True)
class Choice:
    """What this browser has chosen. `asked` is false while nothing valid is stored: then all is off."""

    allowed: frozenset[str] = frozenset()
    is_made: bool = False

    def allows(self, category: str) -> bool:
        return category == Category.NECESSARY or category in self.allowed


def choice(request: HttpRequest) -> Choice:
    found = VALUE.match(request.COOKIES.get(COOKIE, ""))
    if not found or found[1] != version() or not 0 <= time.time() - int(found[2]) < LIFE:
        return Choice()
    return Choice(frozenset(found[3].split("-")) & set(OPTIONAL), is_made=True)


def store(request: HttpRequest, response: HttpResponseBase, allowed: set[str]) -> None:
    """Write the choice, and take away what it no longer allows."""
    kept = "-".join(category for category in OPTIONAL if category in allowed) or "none"
    response.set_cookie(
        COOKIE,
        f"{version()}.{int(time.time())}.{kept}",
        max_age=LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    for name in request.COOKIES:
        entry = find(name)
        if entry and entry.category in OPTIONAL and entry.category not in allowed:
            response.delete_cookie(name)

"""Drafts on an external front end (docs/decisions/0030).

The editor's preview opens HEADLESS_PREVIEW_URL with a token. The token is signed, lives ten
minutes and names one draft of one page and the person who looks at it; the content API gives
that draft out for it and nothing else.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode, urlsplit

from csp.constants import NONE, SELF
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from .errors import Refused

HEADLESS = "headless"
LIFE = 10 * 60
SALT = "core.preview"


class PreviewForged(Refused):
    code = "preview_forged"
    message = _("This preview address is not valid.")


class PreviewExpired(Refused):
    code = "preview_expired"
    message = _("This preview is older than ten minutes. Open it anew from the editor.")


def modes() -> list[tuple[str, Any]]:
    return [(HEADLESS, _("External front end"))] if settings.HEADLESS_PREVIEW_URL else []


def frame(request: HttpRequest, page: Any) -> HttpResponse:
    """The front end inside a page of ours: Wagtail's panel scrolls what it shows, if it is of our origin."""
    context = {"address": address(page, request.user)}
    response = render(request, "core/back_office/headless_preview.html", context)
    response["Cache-Control"] = "private, no-store"
    limits = {"frame-src": [origin()], "frame-ancestors": [SELF], "script-src": [NONE]}
    response._csp_replace = limits  # type: ignore[attr-defined]
    return response


def origin() -> str:
    parts = urlsplit(settings.HEADLESS_PREVIEW_URL)
    return f"{parts.scheme}://{parts.netloc}"


def address(page: Any, user: Any) -> str:
    joint = "&" if "?" in settings.HEADLESS_PREVIEW_URL else "?"
    return f"{settings.HEADLESS_PREVIEW_URL}{joint}{urlencode({'token': token(page, user)})}"


def token(page: Any, user: Any) -> str:
    """Keeps the draft as it stands, saved or not, and says where."""
    key = secrets.token_urlsafe(16)
    draft = {"page": page.pk, "type": page._meta.label, "content": page.serializable_data()}
    cache.set(_place(key), draft, LIFE)
    return signing.dumps({"key": key, "page": page.pk, "user": user.pk}, salt=SALT)


def read(typed: str) -> Any:
    """The page as it was in the editor. Raises PreviewForged or PreviewExpired."""
    try:
        claim = signing.loads(typed, salt=SALT, max_age=LIFE)
    except signing.SignatureExpired as error:
        raise PreviewExpired from error
    except signing.BadSignature as error:
        raise PreviewForged from error
    draft = cache.get(_place(claim["key"]))
    if draft is None:
        raise PreviewExpired
    if draft["page"] != claim["page"] or not _may_look(claim):
        raise PreviewForged
    return _page(draft)


def _may_look(claim: dict[str, Any]) -> bool:
    """Whoever has lost the right since then sees no draft."""
    user = get_user_model().objects.filter(pk=claim["user"], is_active=True).first()
    if user is None or not user.has_perm("wagtailadmin.access_admin"):
        return False
    page = apps.get_model("wagtailcore", "Page").objects.filter(pk=claim["page"]).first()
    return page.permissions_for_user(user).can_edit() if page else claim["page"] is None


def _page(draft: dict[str, Any]) -> Any:
    model = apps.get_model(draft["type"])
    stored = model.objects.filter(pk=draft["page"]).first()
    if stored is not None:
        return stored.with_content_json(draft["content"])
    page = model.from_serializable_data(draft["content"], check_fks=False, strict_fks=False)
    page.pk = page.id = 0  # not saved yet: front ends get a number that no page has
    return page


def _place(key: str) -> str:
    return f"preview:{key}"

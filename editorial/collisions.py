"""Two editors on one page: the older form must not silently overwrite the newer version.

Wagtail warns in the browser and refuses only its own automatic saves; a plain submit of an older form goes
through. Here it meets a page that keeps what was typed and asks which version shall stand.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page, Revision

CONFIRMED = "editorial-overwrites"  # names the newer version the editor has been told about


def answer_to_stale_form(request: HttpRequest, page: Page) -> HttpResponse | None:
    newest = page.get_latest_revision()
    if newest is None or not is_stale(request, newest) or request.POST.get(CONFIRMED) == _name(newest):
        return None
    context = {
        "page": page,
        "newest": newest,
        "fields": _typed(request),
        "confirmed": (CONFIRMED, _name(newest)),
    }
    return render(request, "editorial/back_office/collision.html", context, status=409)


def is_stale(request: HttpRequest, newest: Revision) -> bool:
    """By Wagtail's own marks in the form; a form without them (an API, a script) decides for itself."""
    if _is_automatic(request):
        return False  # Wagtail refuses those by itself
    own = request.POST.get("overwrite_revision_id")
    if own:
        return own != str(newest.pk)
    loaded = request.POST.get("loaded_revision_id")
    if not loaded:
        return False
    moment = request.POST.get("loaded_revision_created_at", "")
    return loaded != str(newest.pk) or moment != newest.created_at.isoformat()


def _is_automatic(request: HttpRequest) -> bool:
    return not request.accepts("text/html")


def _name(revision: Revision) -> str:
    """An automatic save keeps the number and changes the moment."""
    return f"{revision.pk}/{revision.created_at.isoformat()}"


def _typed(request: HttpRequest) -> list[tuple[str, Any]]:
    """What was typed, to be sent again as it was."""
    left_out = {"csrfmiddlewaretoken", CONFIRMED, "overwrite_revision_id"}
    return [
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in values
    ]

"""The review in the back office: what waits, and each request with old and new side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from core import text
from core.errors import Refused

from . import facts, verification
from .models import Evidence, Topic, Verification
from .views.evidence import give_out

PERMISSION = "teams.review_verification"
GENERAL = "general"


def may_review(request: HttpRequest) -> bool:
    return request.user.has_perm(PERMISSION)


def for_reviewers(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return view(request, *args, **kwargs) if may_review(request) else redirect("wagtailadmin_home")

    return guarded


@for_reviewers
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it on GET; on POST approve it or send it back. What was typed stays when that is refused."""
    rows = Verification.objects.select_related(
        "business", "licence", "first_reviewer", "second_reviewer", "sent_by"
    )
    row = get_object_or_404(rows, pk=pk)
    if request.method == "POST" and _decide(request, row):
        return redirect("teams_reviews")
    return render(request, "teams/back_office/review.html", _context(request, row))


def _decide(request: HttpRequest, row: Verification) -> bool:
    version = request.POST.get("version", "")
    seen: dict[str, Any] = {
        "verification": row,
        "version": int(version) if version.isdecimal() else 0,
        "by": request.user,
        "now": timezone.now(),
    }
    try:
        if "approve" in request.POST:
            done = verification.approve(**seen)
            words = _("Approved and in force.") if done else _("Approved once. A second person has to look.")
        else:
            verification.send_back(**seen, reasons=_reasons(request))
            words = _("Sent back with your reasons.")
    except Refused as error:
        messages.error(request, str(error.message))
        row.refresh_from_db()
        return False
    messages.success(request, words)
    return True


def _reasons(request: HttpRequest) -> dict[str, str]:
    named = ((name.removeprefix("reason:"), value) for name, value in request.POST.items())
    return {name: str(value)[:500] for name, value in named if f"reason:{name}" in request.POST}


def _context(request: HttpRequest, row: Verification) -> dict[str, Any]:
    typed = _reasons(request) if request.method == "POST" else row.reasons
    lines = [(one, typed.get(one.key, "")) for one in facts.differences(row.before, row.after)]
    return {
        "row": row,
        "lines": lines,
        "general": (GENERAL, typed.get(GENERAL, "")),
        "files": _files(row),
        "name_differs": _name_differs(row),
        "earlier": row.business.verifications.exclude(pk=row.pk).order_by("-sent_at")[:10],
        "header_title": str(row),
    }


def _files(row: Verification) -> list[Evidence]:
    licences = [row.licence] if row.licence else row.business.licences.all()
    chosen = licences if row.topic in (Topic.LICENCE, Topic.ONBOARDING) else []
    return list(Evidence.objects.filter(licence__in=chosen).select_related("licence"))


def _name_differs(row: Verification) -> bool:
    """The account has to be in the name of the legal person; a person decides about abbreviations."""
    holder = row.after.get("iban_holder")
    legal = row.after.get("legal_name", row.business.legal_name)
    return bool(holder) and text.fold(holder) != text.fold(legal)


@for_reviewers
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    return give_out(get_object_or_404(Evidence, pk=pk))

"""Sign-up, and the archive of what was sent. Without cookies, so its answers are kept."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from blog.models import SHOWN as POSTS
from core import limits, response_cache
from core.origin import same_origin

from .. import forms, queries, rules, services
from ..models import Issue
from ..models.issues import SHOWN
from . import where

HOUR = 3600
PAGE_SIZE = 12


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _sign_up(request)
    return _show(request, forms.SignUp())


def _sign_up(request: HttpRequest) -> HttpResponse:
    """The same answer for every address, so nobody learns who is subscribed."""
    form = forms.SignUp(request.POST)
    if not form.is_valid():
        return _show(request, form.renewed(), status=422)
    if limits.is_over("newsletter.sign_up", limits.client(request), most=rules.PLACE_PER_HOUR, seconds=HOUR):
        return limits.too_many(request, seconds=HOUR)
    services.ask(
        email=form.cleaned_data["email"],
        audiences=form.cleaned_data["audiences"],
        where=where.of(request),
        now=timezone.now(),
        by=request.user if request.user.is_authenticated else None,
    )
    return redirect("newsletter:asked")


def _show(request: HttpRequest, form: forms.SignUp, status: int = 200) -> HttpResponse:
    response_cache.depends_on(response_cache.FRAME, SHOWN)
    page = Paginator(Issue.objects.public(), PAGE_SIZE).get_page(request.GET.get("page"))
    issues = [{"row": row, "subject": row.subject(get_language() or "tr")} for row in page]
    context = {"form": form, "page_obj": page, "issues": issues}
    return render(request, "newsletter/index.html", context, status=status)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    response_cache.depends_on(response_cache.FRAME)
    return render(request, "newsletter/asked.html", {"days": rules.TOKEN_LIFE.days})


@require_safe
def issue(request: HttpRequest, month: str) -> HttpResponse:
    """As it was sent; what was retracted afterwards is marked."""
    response_cache.depends_on(response_cache.FRAME, SHOWN, POSTS)
    found = get_object_or_404(Issue.objects.public(), month=_month(month))
    language, items = get_language() or "tr", [item for item in found.items.all() if not item.is_dropped]
    gone = set(queries.retracted(item.key for item in items))
    for item in items:
        item.is_gone = False  # type: ignore[attr-defined]
    context = {
        "issue": found,
        "subject": found.subject(language),
        "intro": found.intro(language),
        "pieces": [(piece, piece.key in gone) for piece in queries.pieces(items, language)],
        "form": forms.SignUp(),
    }
    return render(request, "newsletter/issue.html", context)


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404 from error

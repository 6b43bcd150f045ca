"""The newsletter in the back office: issues from draft to archive, readers in numbers, İYS.

Nobody's address stands here: deliveries and differences name rows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from core.errors import Refused

from .. import forms, letters, permissions, queries, register, services
from ..models import Issue, IysChange
from ..services import iys
from ..states import PushStatus

PAGE_SIZE = 50
View = Callable[..., HttpResponse]


def may_assemble(request: HttpRequest) -> bool:
    return request.user.has_perm(permissions.ASSEMBLE)


def may_release(request: HttpRequest) -> bool:
    return request.user.has_perm(permissions.RELEASE)


def may_see(request: HttpRequest) -> bool:
    return may_assemble(request) or may_release(request)


def for_those(who: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs) if who(request) else redirect("wagtailadmin_home")

        return guarded

    return guard


@for_those(may_see)
@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    context = {
        "page_obj": Paginator(Issue.objects.order_by("-month"), PAGE_SIZE).get_page(request.GET.get("page")),
        "readers": queries.readers(),
        "iys": queries.iys_view(timezone.now()),
        "has_iys": register.is_there(),
        "header_title": _("Newsletter"),
    }
    return render(request, "newsletter/back_office/issues.html", context)


@for_those(may_see)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's desk while it is a draft; else what will leave, leaves or has left."""
    found = get_object_or_404(Issue, pk=pk)
    form = forms.Texts(request.POST or None, instance=found)
    if request.method == "POST" and may_assemble(request) and found.is_open:
        if form.is_valid():
            return _keep(request, found, form)
        found.refresh_from_db()
    return render(
        request, "newsletter/back_office/issue.html", _context(request, found, form), status=_status(form)
    )


def _status(form: forms.Texts) -> int:
    return 422 if form.errors else 200


def _keep(request: HttpRequest, found: Issue, form: forms.Texts) -> HttpResponse:
    """Saving, and handing over at the same press where that was pressed."""
    order, dropped = _chosen(request, found)
    try:
        texts = {name: form.cleaned_data[name] for name in form.fields}
        row = services.edit(issue=found, texts=texts, order=order, dropped=dropped, by=request.user)
        if "submit" in request.POST:
            services.submit(issue=row, by=request.user, now=timezone.now())
            messages.success(request, _("Submitted. Somebody else releases it."))
        else:
            messages.success(request, _("Saved."))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("newsletter_issue", found.pk)


def _chosen(request: HttpRequest, found: Issue) -> tuple[list[int], set[int]]:
    """The order as it was typed: what has no readable place goes to the end."""
    items = list(found.items.all())

    def place(item: Any) -> tuple[int, int]:
        typed = request.POST.get(f"place-{item.pk}", "")
        return (
            int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 9999,
            item.position,
        )

    ordered = [item.pk for item in sorted(items, key=place)]
    return ordered, {item.pk for item in items if f"drop-{item.pk}" in request.POST}


def _context(request: HttpRequest, found: Issue, form: forms.Texts) -> dict[str, Any]:
    is_leaving = queries.released_before(found)
    trouble = Paginator(queries.troubles(found), PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "issue": found,
        "form": form,
        "items": queries.items_of(found),
        "may_assemble": may_assemble(request),
        "may_release": may_release(request),
        "is_own": found.submitted_by_id == request.user.pk,
        "is_leaving": is_leaving,
        "progress": queries.progress(found) if is_leaving else None,
        "page_obj": trouble if is_leaving else None,
        "active": queries.readers()["active"],
        "has_iys": register.is_there(),
        "header_title": found.title,
    }


ACTS: dict[str, tuple[Callable[[HttpRequest], bool], str]] = {
    "send_back": (may_see, "send_back"),
    "skip": (may_assemble, "skip"),
    "reopen": (may_assemble, "reopen"),
    "release": (may_release, "release"),
    "pause": (may_release, "pause"),
    "resume": (may_release, "resume"),
    "again": (may_release, "again"),
    "counted": (may_release, "counted"),
    "test_tr": (may_see, "test"),
    "test_en": (may_see, "test"),
}


@for_those(may_see)
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One press, one verb, if she has the right to it."""
    found = get_object_or_404(Issue, pk=pk)
    verb = request.POST.get("do", "")
    allowed = ACTS.get(verb)
    if allowed is None or not allowed[0](request):
        messages.error(request, _("You have no right to do this."))
        return redirect("newsletter_issue", pk)
    try:
        messages.success(request, _do(request, found, verb))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("newsletter_issue", pk)


def _do(request: HttpRequest, found: Issue, verb: str) -> str:
    by: Any = request.user
    now = timezone.now()
    if verb == "release":
        version = request.POST.get("version", "")
        services.release(issue=found, version=int(version) if version.isdecimal() else -1, by=by, now=now)
        return _("Released. It leaves now.")
    if verb.startswith("test_"):
        services.send_test(issue=found, locale=verb.removeprefix("test_"), by=by)
        return _("On its way to %(address)s.") % {"address": by.email}
    if verb in ("again", "counted"):
        count = services.decide_unknown(issue=found, again=verb == "again", by=by, now=now)
        return ngettext("%(count)d mail decided.", "%(count)d mails decided.", count) % {"count": count}
    getattr(services, verb)(issue=found, by=by)
    return _("Done.")


@for_those(may_see)
@require_safe
@xframe_options_sameorigin
def preview(request: HttpRequest, pk: int, locale: str, part: str) -> HttpResponse:
    """The mail itself, as HTML or as plain text."""
    if locale not in ("tr", "en") or part not in ("html", "text"):
        raise Http404
    found = get_object_or_404(Issue, pk=pk)
    letter = letters.write(found, queries.items_of(found), locale=locale)
    if letter is None:
        return HttpResponse(_("Nothing is left in this issue."), content_type="text/plain; charset=utf-8")
    own = letter.for_reader("#", "#")
    if part == "text":
        return HttpResponse(f"{own.subject}\n\n{own.text}", content_type="text/plain; charset=utf-8")
    return HttpResponse(own.html)


@for_those(may_see)
@require_safe
def register_page(request: HttpRequest) -> HttpResponse:
    changes = IysChange.objects.exclude(status=PushStatus.PUSHED).select_related("subscription")
    context = {
        "iys": queries.iys_view(timezone.now()),
        "has_iys": register.is_there(),
        "page_obj": Paginator(changes.order_by("due_on", "pk"), PAGE_SIZE).get_page(request.GET.get("page")),
        "may_release": may_release(request),
        "today": timezone.localdate(),
        "header_title": _("İYS"),
    }
    return render(request, "newsletter/back_office/iys.html", context)


@for_those(may_release)
@require_POST
def register_again(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(IysChange, pk=pk, status=PushStatus.FAILED)
    iys.try_again(change=change, by=request.user, now=timezone.now())
    messages.success(request, _("İYS is told once more."))
    return redirect("newsletter_iys")

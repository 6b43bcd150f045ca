"""The desk in the back office: one list, and one press for each thing an editor may make of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.permission_policies.pages import PagePermissionPolicy

from core.errors import Refused

from . import desk, forms, services
from .models import CategoryPage, QuestionPage, Suggestion
from .search import Terms

KINDS = [
    ("suggestion", gettext_lazy("Suggested questions")),
    ("search", gettext_lazy("Searches without result")),
    ("answer", gettext_lazy("Answers that did not help")),
]


def may_edit(request: HttpRequest) -> bool:
    return PagePermissionPolicy(QuestionPage).user_has_permission(request.user, "change")


def for_editors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if may_edit(request) else redirect("wagtailadmin_home")

    return guarded


class DeskView(TemplateView):
    template_name = "faq/back_office/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = {"kind": self.request.GET.get("kind", ""), "language": self.request.GET.get("language", "")}
        return super().get_context_data(
            items=desk.items(**chosen),
            kinds=KINDS,
            languages=settings.LANGUAGES,
            shelves=_shelves(self.request),
            header_title=_("Readers’ desk"),
            **chosen,
            **kwargs,
        )


def _shelves(request: HttpRequest) -> list[CategoryPage]:
    """Categories under which this editor may write, most likely those of her own help centre."""
    found = PagePermissionPolicy(CategoryPage).instances_user_has_permission_for(request.user, "add")
    return list(found.filter(live=True).select_related("locale").order_by("path"))


@for_editors
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    suggestion = get_object_or_404(Suggestion, pk=pk)
    return _drafted(
        request, lambda shelf: services.draft(suggestion=suggestion, category=shelf, by=request.user)
    )


@for_editors
@require_POST
def draft_search(request: HttpRequest) -> HttpResponse:
    shown = Terms.read(request.POST.get("shown", "")).typed
    if not shown:
        return _refused(request, _("Choose a search."))
    return _drafted(
        request,
        lambda shelf: services.draft_from_search(
            shown=shown, category=shelf, by=request.user, now=timezone.now()
        ),
    )


@for_editors
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Without an answer: because of a reason, or because one is there already."""
    suggestion = get_object_or_404(Suggestion, pk=pk)
    form = forms.Closing(request.POST)
    if not form.is_valid():
        return _closing_again(request, pk, form)
    try:
        _close(suggestion, form.cleaned_data, request.user)
    except Refused as refusal:
        return _refused(request, refusal.message)
    messages.success(request, _("Closed. The asker is told if there is an address."))
    return redirect("faq_desk")


def _closing_again(request: HttpRequest, pk: int, form: forms.Closing) -> HttpResponse:
    """The desk with what was typed, and the fault beside it."""
    view = DeskView(extra_context={"closing": form, "closing_pk": pk})
    view.setup(request)
    response = view.get(request)
    response.status_code = 422
    return response


def _close(suggestion: Suggestion, data: dict[str, Any], by: Any) -> None:
    if data["question"]:
        services.mark_duplicate(suggestion=suggestion, question=data["question"], by=by)
    else:
        services.reject(suggestion=suggestion, reason=data["reason"], by=by)


@for_editors
@require_POST
def triage(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.triage(suggestion=get_object_or_404(Suggestion, pk=pk), by=request.user)
    except Refused as refusal:
        return _refused(request, refusal.message)
    return redirect("faq_desk")


def _drafted(request: HttpRequest, make: Callable[[CategoryPage], QuestionPage]) -> HttpResponse:
    form = forms.Shelf(request.POST)
    if not form.is_valid():
        return _refused(request, _("Choose a category."))
    try:
        page = make(form.cleaned_data["category"])
    except Refused as refusal:
        return _refused(request, refusal.message)
    messages.success(request, _("The draft is there. Write the answer and publish it; the asker is told."))
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _refused(request: HttpRequest, message: Any) -> HttpResponse:
    messages.error(request, message)
    return redirect("faq_desk")


show = for_editors(DeskView.as_view())

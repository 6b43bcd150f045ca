"""Our own pages of the back office: the question before a doubtful publication, links for outside readers,
naming a stand-in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Page, WorkflowState

from core.errors import Refused

from . import doors, publishing, queries, reviews, translations, workflow
from .forms import AskForReview, NameStandIn, Reason
from .models import PublishedDespite, ReviewLink

ADDRESS_ONCE = "editorial-review-address"


# --- A publication in doubt -----------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, page_id: int) -> HttpResponse:
    """Why it was held, what the proofs say now, and the field for the reason."""
    page = get_object_or_404(Page, pk=page_id)
    translation = translations.enabled_translation(page)
    held = None if translation else publishing.held_version(page)
    _refuse_strangers(request, page, held)
    if not translation and held is None:
        messages.warning(request, _("Nothing waits here any more. Publish from the form as usual."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    found = publishing.doubts(doors.source_text(translation) if translation else held.revision.as_object())
    form = Reason(request.POST or None)
    if request.method == "POST" and (not found or form.is_valid()):
        return _release(request, page, held, translation, form.cleaned_data["reason"] if found else "")
    context = {"page": page, "form": form, "found": found, "translation": translation}
    return render(
        request, "editorial/back_office/release.html", context, status=422 if form.is_bound else 200
    )


def _refuse_strangers(request: HttpRequest, page: Page, held: PublishedDespite | None) -> None:
    may = page.permissions_for_user(request.user).can_publish()
    if not may and not (held and publishing.may_release(held, page, request.user)):
        raise PermissionDenied


def _release(
    request: HttpRequest, page: Page, held: PublishedDespite | None, translation: Any, reason: str
) -> HttpResponse:
    try:
        _publish(held, translation, reason, request.user)
    except Refused as error:
        messages.error(request, error.message)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“%(title)s” is published.") % {"title": page.get_admin_display_title()})
    return redirect("wagtailadmin_pages:edit", page.pk)


def _publish(held: PublishedDespite | None, translation: Any, reason: str, by: Any) -> None:
    if translation and reason:
        publishing.publish_translation_despite(translation=translation, reason=reason, by=by)
    elif translation:
        translation.save_target(user=by, publish=True)
    elif held and reason:
        publishing.publish_despite(held=held, reason=reason, by=by)
    elif held:
        publishing.publish_after_all(held=held, by=by)


# --- Opinions from outside --------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def review_links(request: HttpRequest, page_id: int) -> HttpResponse:
    page = _editable(request, page_id)
    form = AskForReview(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _ask(request, page, form)
    now = timezone.now()
    context = {
        "page": page,
        "form": form,
        "rows": [(link, link.state(now)) for link in reviews.links_of(page)],
        "address": request.session.pop(_once(page), None),
    }
    status = 422 if form.is_bound else 200
    return render(request, "editorial/back_office/review_links.html", context, status=status)


def _ask(request: HttpRequest, page: Page, form: AskForReview) -> HttpResponse:
    try:
        link, token = reviews.ask(page=page, by=request.user, now=timezone.now(), **form.cleaned_data)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("editorial_review_links", page.pk)
    if token:
        request.session[_once(page)] = reviews.address_of(token)
    if link.email:
        messages.success(request, _("The link is on its way to %(email)s.") % {"email": link.email})
    return redirect("editorial_review_links", page.pk)


@require_POST
def revoke_link(request: HttpRequest, page_id: int, pk: int) -> HttpResponse:
    page = _editable(request, page_id)
    link = get_object_or_404(ReviewLink.objects.select_related("page", "revision"), pk=pk, page_id=page.pk)
    try:
        reviews.revoke(link=link, by=request.user, now=timezone.now())
    except Refused:
        messages.warning(request, _("This link was over already."))
    else:
        messages.success(request, _("The link opens nothing any more."))
    return redirect("editorial_review_links", page.pk)


def _editable(request: HttpRequest, page_id: int) -> Page:
    page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _once(page: Page) -> str:
    return f"{ADDRESS_ONCE}-{page.pk}"


# --- A task nobody can act on -------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    state = get_object_or_404(queries.in_progress(), pk=pk)
    page = state.content_object
    if not isinstance(page, Page) or not workflow.can_name_stand_ins(request.user):
        raise PermissionDenied
    form = NameStandIn(request.POST or None, people=workflow.candidates(state))
    if request.method == "POST" and form.is_valid():
        return _name(request, state, form)
    found = workflow.waiting([state])
    context = {"page": page, "state": state, "waiting": found[0] if found else None, "form": form}
    return render(
        request, "editorial/back_office/stand_in.html", context, status=422 if form.is_bound else 200
    )


def _name(request: HttpRequest, state: WorkflowState, form: NameStandIn) -> HttpResponse:
    try:
        workflow.name_stand_in(state=state, by=request.user, **form.cleaned_data)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("%(person)s can act now.") % {"person": form.cleaned_data["person"]})
    return redirect("editorial_waiting_report")

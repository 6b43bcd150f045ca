"""The places from which an editor publishes: each asks for a reason when a claimed proof does not hold."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views.update_translations import UpdateTranslationsView

from . import publishing, translations


def before_publish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The page editor has saved the draft and is about to publish it."""
    found = publishing.doubts_about_publishing(page)
    if not found:
        return None
    _keep_a_new_page_hidden(page)
    publishing.hold(page=page, revision=page.get_latest_revision(), found=found, by=request.user)
    return redirect("editorial_release", page.pk)


def before_translation_publish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """wagtail-localize publishes from a view of its own, without Wagtail's hook."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = translations.enabled_translation(page)
    if translation is None or not page.permissions_for_user(request.user).can_publish():
        return None  # an ordinary form, or refused by the view itself
    found = publishing.doubts(source_text(translation))
    return redirect("editorial_release", page.pk) if found else None


def after_edit(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An approval that ended a workflow but was held: lead the approver to the question at once."""
    held = publishing.held_version(Page.objects.get(pk=page.pk))
    is_theirs = held and held.by_id == request.user.pk and "action-workflow-action" in request.POST
    return redirect("editorial_release", page.pk) if is_theirs else None


def before_bulk_publish(
    request: HttpRequest, action_type: str, objects: list[Page], action: Any
) -> HttpResponse | None:
    """Many pages at once cannot each be asked for a reason: those in doubt are published one by one."""
    if action_type != "publish":
        return None
    pages = [page for found in objects for page in _with_descendants(found, action)]
    doubtful = [str(page) for page in pages if publishing.doubts(page)]
    if not doubtful:
        return None
    sentence = _("Nothing was published. A proof does not hold for: %(pages)s. Publish these one by one.")
    messages.error(request, sentence % {"pages": ", ".join(doubtful)})
    return redirect(action.next_url or "wagtailadmin_home")


class UpdateTranslations(UpdateTranslationsView):
    """Takes over the source's new text; publishes at once only where no claim is in doubt."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.POST.get("publish_translations") and publishing.doubts(_source_page(self.object)):
            request.POST = request.POST.copy()
            del request.POST["publish_translations"]
            messages.warning(request, _("A proof does not hold right now, so nothing was published."))
        return super().post(request, **kwargs)


def source_text(translation: Translation) -> Any:
    """The source as the translation took it over: claims are the source's."""
    return translation.source.as_instance()


def _source_page(source: TranslationSource) -> Any:
    """As it will be taken over in this step."""
    return source.get_source_instance()


def _with_descendants(page: Page, action: Any) -> list[Any]:
    drafts = [page.get_latest_revision_as_object()]
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        below = page.get_descendants().not_live().specific()
        drafts += [child.get_latest_revision_as_object() for child in below]
    return drafts


def _keep_a_new_page_hidden(page: Page) -> None:
    """Wagtail adds a page that is created and published in one step as live, before it asks anybody."""
    if page.live and page.live_revision_id is None and page.first_published_at is None:
        page.live, page.has_unpublished_changes = False, True
        page.save(update_fields=["live", "has_unpublished_changes"], clean=False)

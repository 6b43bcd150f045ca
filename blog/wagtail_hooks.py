"""The blog in the back office: authors and tags, "Geri çek", and no way to make an announcement vanish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.wagtail_hooks import PageMenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.errors import Refused

from . import queries, services
from .errors import AlreadyRetracted
from .forms import RetractForm
from .models import Announcement, Author, BlogTag, PostPage


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    list_display = ["name", "role"]
    search_fields = ["name"]


class TagViewSet(SnippetViewSet):
    model = BlogTag
    icon = "tag"
    list_display = ["name", "english", "slug"]


class BlogGroup(SnippetViewSetGroup):
    items = (AuthorViewSet, TagViewSet)
    menu_label = gettext_lazy("Blog")
    menu_icon = "edit"


register_snippet(BlogGroup)


# --- Retraction ---------------------------------------------------------------------------


class Retract(WagtailAdminTemplateMixin, FormView):
    """Asks for a public reason in each language; there is no way back, and the page says so."""

    form_class = RetractForm
    template_name = "blog/back_office/retract.html"
    page_title = gettext_lazy("Retract announcement")
    header_icon = "undo"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.post_page = get_object_or_404(PostPage.objects.exclude(announcement=None), pk=kwargs["pk"])
        if not self.post_page.permissions_for_user(request.user).can_unpublish():
            raise PermissionDenied
        if self.post_page.retracted:
            messages.warning(request, AlreadyRetracted.message)
            return redirect("wagtailadmin_pages:edit", self.post_page.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.post_page.title

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "languages": queries.languages_of(self.post_page)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(post_page=self.post_page, **kwargs)

    def form_valid(self, form: RetractForm) -> HttpResponse:
        try:
            services.retract(
                post=self.post_page, notes=form.cleaned_data, by=self.request.user, now=timezone.now()
            )
        except Refused as error:
            messages.error(self.request, error.message)
        else:
            messages.success(self.request, _("The announcement is marked as retracted everywhere."))
        return redirect("wagtailadmin_pages:edit", self.post_page.pk)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("pages/<int:pk>/retract/", Retract.as_view(), name="blog_retract")]


class RetractButton(PageMenuItem):
    label = gettext_lazy("Retract")
    icon_name = "undo"
    url_name = "blog_retract"

    def is_shown(self, user: Any) -> bool:
        rows = Announcement.objects.filter(post_id=self.page.pk, retracted_at=None)
        return self.page.permissions_for_user(user).can_unpublish() and rows.exists()


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def retract_button(page: Page, *args: Any, **kwargs: Any) -> Iterator[RetractButton]:
    if page.specific_class is PostPage:
        yield RetractButton(page=page, priority=55)


# --- What was announced does not vanish ---------------------------------------------------


@hooks.register("before_unpublish_page")
@hooks.register("before_delete_page")
def keep_announcements(request: HttpRequest, page: Page) -> HttpResponseRedirect | None:
    """Wagtail may ask for this page and everything below it."""
    return _refuse(request, [page])


@hooks.register("before_bulk_action")
def keep_announcements_in_bulk(
    request: HttpRequest, action: str, pages: Iterable[Any], view: Any
) -> HttpResponseRedirect | None:
    if action not in ("delete", "unpublish"):
        return None
    return _refuse(request, [page for page in pages if isinstance(page, Page)])


def _refuse(request: HttpRequest, pages: list[Page]) -> HttpResponseRedirect | None:
    kept = queries.announced_among(pages)
    if not kept:
        return None
    names = ", ".join(f"“{announcement.post.title}”" for announcement in kept[:3])
    messages.error(
        request,
        _("%(names)s was announced. Announcements are not hidden or deleted: retract it and say why.")
        % {"names": names},
    )
    keys = {announcement.post.translation_key for announcement in kept}  # one text in all its languages
    if len(keys) == 1 and not kept[0].retracted_at:
        return redirect("blog_retract", kept[0].post_id)
    return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[kept[0].post.get_parent().pk]))


@hooks.register("before_move_page")
def keep_announcements_open(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    if not (queries.is_announced_below(page) and destination.get_view_restrictions().exists()):
        return None
    messages.error(request, _("The new place is not open to everyone, and announcements are."))
    return redirect("wagtailadmin_pages:move", page.pk)


@hooks.register("before_bulk_action")
def keep_announcements_open_in_bulk(
    request: HttpRequest, action: str, pages: Iterable[Any], view: Any
) -> HttpResponse | None:
    if action != "move" or not view.cleaned_form:
        return None
    destination = view.cleaned_form.cleaned_data["chooser"]
    refusals = (keep_announcements_open(request, page, destination) for page in pages)
    return next(filter(None, refusals), None)

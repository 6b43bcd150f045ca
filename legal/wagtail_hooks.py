"""The legal section in the back office: what was published cannot be deleted with its page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from .models import DocumentPage, Version


def has_versions(page: Page) -> bool:
    below = DocumentPage.objects.descendant_of(page, inclusive=True)
    return Version.objects.filter(translation_key__in=below.values("translation_key")).exists()


@hooks.register("before_delete_page")
def keep_published_documents(request: HttpRequest, page: Page) -> HttpResponse | None:
    """People have relied on the versions, so their addresses have to answer; retiring a page is possible."""
    if not has_versions(page):
        return None
    messages.error(request, _("Versions of this document are published. Unpublish the page instead."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)

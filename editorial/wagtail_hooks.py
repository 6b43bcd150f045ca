"""Where the editorial side meets Wagtail's back office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from core.reports import register

from . import collisions, doors, history, notices, office, reports

FIRST = -100  # before wagtail-localize, whose hook answers for translated pages


@hooks.register("before_edit_page", order=FIRST)
def before_edit(request: HttpRequest, page: Page) -> HttpResponse | None:
    if request.method == "POST":
        return collisions.answer_to_stale_form(request, page) or doors.before_translation_publish(
            request, page
        )
    if request.accepts("text/html"):
        for level, sentence in notices.of(page, request.user):
            messages.add_message(request, level, sentence)
    return None


hooks.register("before_publish_page", doors.before_publish)
hooks.register("after_edit_page", doors.after_edit)
hooks.register("before_bulk_action", doors.before_bulk_publish)
hooks.register("register_log_actions", history.register)


@hooks.register("register_page_header_buttons")
def ask_outside(page: Page, user: Any, next_url: str | None = None, view_name: str = "") -> Iterator[Button]:
    if view_name == "edit" and page.permissions_for_user(user).can_edit():
        address = reverse("editorial_review_links", args=[page.pk])
        yield Button(_("Ask for an outside opinion"), address, icon_name="mail", priority=45)


@hooks.register("register_admin_urls", order=FIRST)
def admin_urls() -> list:
    """The translation update stands at wagtail-localize's own address: its links lead to our guard."""
    update = doors.UpdateTranslations.as_view()
    return [
        path("localize/update/<int:translation_source_id>/", update),
        path("editorial/release/<int:page_id>/", office.release, name="editorial_release"),
        path("editorial/review-links/<int:page_id>/", office.review_links, name="editorial_review_links"),
        path(
            "editorial/review-links/<int:page_id>/<int:pk>/revoke/",
            office.revoke_link,
            name="editorial_revoke_link",
        ),
        path("editorial/stand-in/<int:pk>/", office.stand_in, name="editorial_stand_in"),
    ]


for _report in reports.ALL:
    register(_report)

"""The newsletter in the menu of the back office, and what waits there."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core import waiting

from . import queries
from .models import Issue
from .states import IssueStatus
from .views import office


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("newsletter/", office.issues, name="newsletter_issues"),
        path("newsletter/iys/", office.register_page, name="newsletter_iys"),
        path("newsletter/iys/<int:pk>/", office.register_again, name="newsletter_iys_again"),
        path("newsletter/<int:pk>/", office.issue, name="newsletter_issue"),
        path("newsletter/<int:pk>/do/", office.act, name="newsletter_act"),
        path("newsletter/<int:pk>/<slug:locale>/<slug:part>/", office.preview, name="newsletter_preview"),
    ]


class NewsletterMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return office.may_see(request)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return NewsletterMenuItem(
        _("Newsletter"), reverse("newsletter_issues"), name="newsletter", icon_name="mail", order=340
    )


@waiting.line(order=30)
def waiting_release(request: HttpRequest) -> waiting.Line | None:
    if not office.may_release(request):
        return None
    found = Issue.objects.filter(status=IssueStatus.SUBMITTED).exclude(submitted_by=request.user.pk).first()
    text = _("The newsletter of %(month)s waits for its release")
    return waiting.Line(text % {"month": found.title}, _page(found)) if found else None


@waiting.line(order=31)
def waiting_draft(request: HttpRequest) -> waiting.Line | None:
    found = Issue.objects.filter(status=IssueStatus.DRAFT).first() if office.may_assemble(request) else None
    text = _("The newsletter of %(month)s waits for its author")
    return waiting.Line(text % {"month": found.title}, _page(found)) if found else None


@waiting.line(order=32)
def waiting_decision(request: HttpRequest) -> waiting.Line | None:
    found = queries.unknown_issues().first() if office.may_release(request) else None
    text = _("Mails of the newsletter of %(month)s were perhaps sent: somebody has to decide")
    return waiting.Line(text % {"month": found.title}, _page(found)) if found else None


@waiting.line(order=33)
def waiting_iys(request: HttpRequest) -> waiting.Line | None:
    if not office.may_release(request):
        return None
    view = queries.iys_view(timezone.now())
    count = view.late + view.failed + len(view.last.differences if view.last else [])
    text = ngettext("%(count)d matter with İYS", "%(count)d matters with İYS", count) % {"count": count}
    return waiting.Line(text, reverse("newsletter_iys")) if count else None


def _page(issue: Issue) -> str:
    return reverse("newsletter_issue", args=[issue.pk])

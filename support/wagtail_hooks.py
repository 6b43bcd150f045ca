"""What leads keep in the back office: promises, shifts on call, templates. The desk itself is a panel."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core import waiting

from . import queries
from .models import AnswerTemplate, OnCallShift, SlaTarget, Ticket


class SlaTargetViewSet(SnippetViewSet):
    model = SlaTarget
    icon = "time"
    menu_label = _("Promises of answers")
    list_display = ["get_priority_display", "minutes", "valid_from", "valid_to"]
    ordering = ["priority", "-valid_from"]


class OnCallShiftViewSet(SnippetViewSet):
    model = OnCallShift
    icon = "calendar"
    menu_label = _("Shifts on call")
    list_display = ["user", "starts_at", "ends_at"]
    ordering = ["-starts_at"]


class AnswerTemplateViewSet(SnippetViewSet):
    model = AnswerTemplate
    icon = "doc-full"
    menu_label = _("Answer templates")
    list_display = ["title", "get_queue_display", "locale"]
    ordering = ["title"]


class SupportGroup(SnippetViewSetGroup):
    menu_label = _("Support")
    menu_icon = "comment"
    menu_order = 820
    items = (SlaTargetViewSet, OnCallShiftViewSet, AnswerTemplateViewSet)


register_snippet(SupportGroup)


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return queries.is_agent(request.user)


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    return DeskMenuItem(_("Support desk"), reverse("support:desk"), icon_name="comment", order=205)


@waiting.line(order=5)
def waiting_tickets(request: HttpRequest) -> waiting.Line | None:
    number = Ticket.objects.on_us().count() if queries.is_agent(request.user) else 0
    text = ngettext("%(number)d ticket waits for us", "%(number)d tickets wait for us", number)
    return waiting.Line(text % {"number": number}, reverse("support:desk")) if number else None

""" "Destek" in the panels: a person's own tickets, and those of a business by right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.panel_views.base import AccountPage
from core import limits
from core.errors import Refused
from teams.access import BusinessPanelView

from .. import forms, permissions, queries
from ..models import Ticket
from ..services import opening
from ..services.saying import page_url
from .base import HOUR, Talk, public_file

PER_PAGE = 20
MOST_NEW = 20  # an hour


class MyTickets(AccountPage):
    template_name = "support/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.tickets_of(self.request.user), PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(page=page, **kwargs)


class MyTicket(Talk, AccountPage):
    template_name = "support/ticket.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            rows = queries.tickets_of(request.user)
            self.ticket = get_object_or_404(rows, reference=kwargs["reference"])

    def show(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**(self.talk_context() | context)))

    def to_other(self, ticket: Ticket) -> HttpResponse:
        return redirect("support:ticket", ticket.reference)


class MyFile(AccountPage):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = queries.tickets_of(request.user)
        return public_file(get_object_or_404(rows, reference=kwargs["reference"]), kwargs["pk"])


class AskForPause(AccountPage):
    """ "Hesabımı askıya al": a ticket with a wish that an agent can carry out."""

    template_name = "support/pause.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=forms.AskForPause()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.AskForPause(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            ticket = opening.ask_for_pause(by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as error:
            form.add_error(None, error.message)
            return self.render_to_response(self.get_context_data(form=form))
        return redirect(page_url(ticket))


class BusinessTickets(BusinessPanelView):
    template_name = "support/list.html"
    right = permissions.TICKETS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = queries.tickets_of_business(self.business)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


class NewBusinessTicket(BusinessPanelView):
    template_name = "support/business_new.html"
    right = permissions.TICKETS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=forms.Open(is_known=True)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.Open(request.POST, request.FILES, is_known=True)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if limits.is_over("support.business", self.business.slug, most=MOST_NEW, seconds=HOUR):
            return limits.too_many(request, seconds=HOUR)
        locale = get_language() or "tr"
        facts: dict[str, Any] = {
            "by": request.user,
            "business": self.business,
            "locale": locale,
            "now": timezone.now(),
        }
        ticket = opening.open_ticket(**form.facts(), **facts)
        messages.success(request, _("We have your request."))
        return redirect(page_url(ticket))


class BusinessTicket(Talk, BusinessPanelView):
    template_name = "support/ticket.html"
    right = permissions.TICKETS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and self.access.can(self.right):
            rows = queries.tickets_of_business(self.business)
            self.ticket = get_object_or_404(rows, reference=kwargs["reference"])
        return super().dispatch(request, *args, **kwargs)

    def show(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**(self.talk_context() | context)))

    def to_other(self, ticket: Ticket) -> HttpResponse:
        return redirect("support:business_ticket", self.business.slug, ticket.reference)


class BusinessFile(BusinessPanelView):
    right = permissions.TICKETS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = queries.tickets_of_business(self.business)
        return public_file(get_object_or_404(rows, reference=kwargs["reference"]), kwargs["pk"])

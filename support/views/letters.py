"""Mails that fitted no ticket: a person of the desk makes one of each, or puts it away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import forms
from ..models import Letter
from ..services import incoming
from .desk import PER_PAGE, DeskView


class Letters(DeskView):
    template_name = "support/desk/letters.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Letter.objects.waiting().select_related("ticket").order_by("received_at", "pk")
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, form=forms.FromLetter(), **kwargs)


class LetterAct(DeskView):
    """`queue` makes a ticket; without it the letter is put away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        letter = get_object_or_404(Letter.objects.waiting(), pk=kwargs["pk"])
        facts: dict[str, Any] = {"letter": letter, "by": request.user, "now": timezone.now()}
        if "dismiss" in request.POST:
            incoming.dismiss(**facts)
            messages.success(request, _("Put away."))
            return redirect("support:desk_letters")
        form = forms.FromLetter(request.POST)
        ticket = incoming.open_from(**facts, **form.cleaned_data) if form.is_valid() else None
        if ticket is None:
            messages.error(request, _("No ticket could be made of this mail."))
            return redirect("support:desk_letters")
        return redirect("support:desk_ticket", ticket.reference)

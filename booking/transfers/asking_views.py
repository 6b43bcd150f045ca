"""The press on the public page of an offering that asks its carrier for a quote."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.public_views import OfferingPage
from core.errors import Refused
from teams import queries as teams

from . import services
from .forms import AskForm


class Ask(OfferingPage):
    """The same page again with what was typed, 422, when something is missing."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.offering)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.offering.traits.by_quote:
            raise Http404
        if not request.user.is_authenticated:
            return redirect_to_login(self.offering.get_absolute_url(), login_url=None)
        if self.offering.traits.module not in teams.modules_of_person(request.user):
            raise Http404
        now = timezone.now()
        form = AskForm(request.POST, offering=self.offering, user=request.user, now=now)
        if form.is_valid():
            try:
                return self._ask(form, now)
            except Refused as error:
                form.add_error(None, error.message)
        context = self.get_context_data(asked_form=form)
        return self.render_to_response(context, status=422)

    def _ask(self, form: AskForm, now: Any) -> HttpResponse:
        asked = services.ask(
            key=form.cleaned_data["key"],
            offering=self.offering,
            pets=form.cleaned_data["pets"],
            road=form.road(),
            by=self.request.user,
            now=now,
        )
        messages.success(self.request, _("%(business)s was asked.") % {"business": asked.business.name})
        return redirect(asked.url())

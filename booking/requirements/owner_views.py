"""What the customer fills in before she brings her animals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ..owner_views import OfMine
from . import checklist, parts, services
from .forms import Arrival
from .kinds import KINDS


class MyArrival(OfMine):
    template_name = "booking/requirements/my_arrival.html"

    def form(self, data: Any = None) -> Arrival:
        if self.booking.kind not in KINDS or self.booking.status not in services.OPEN:
            raise Http404
        return Arrival(data, booking=self.booking, lines=checklist.of(self.booking))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.form()
        part = parts.of_booking(self.booking)
        return super().get_context_data(booking=self.booking, form=form, part=part, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        services.fill(booking=self.booking, given=form.given(), by=request.user, now=timezone.now())
        messages.success(request, _("Kept. %(business)s sees it.") % {"business": self.booking.business.name})
        return redirect(self.booking.url())

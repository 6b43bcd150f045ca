"""The page behind the links of a reminder: she comes, or gives the time back. Asks for no password."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from core.errors import Refused

from . import letters, policies, services
from .models import Booking
from .owner_views import agreed_in, cancelled_words
from .states import By, Status


@method_decorator(never_cache, name="dispatch")
class Answer(TemplateView):
    """Opening it changes nothing; each press is a POST."""

    template_name = "booking/answer.html"

    @cached_property
    def booking(self) -> Booking:
        if found := letters.answered(self.kwargs["token"]):
            return found
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        booking, now = self.booking, timezone.now()
        found = {
            "booking": booking,
            "is_open": booking.status == Status.CONFIRMED and booking.starts_at > now,
            "back": policies.back(booking, by=By.CUSTOMER, now=now),
        }
        return super().get_context_data(**found, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            said = self._cancel() if "agreed" in request.POST else self._come()
        except Refused as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, said)
        return redirect(request.path)

    def _come(self) -> str:
        services.say_coming(booking=self.booking, now=timezone.now())
        return _("Thank you. They are waiting for you.")

    def _cancel(self) -> str:
        agreed, now = agreed_in(self.request.POST), timezone.now()
        by = self.booking.customer
        return cancelled_words(
            services.cancel(booking=self.booking, role=By.CUSTOMER, by=by, now=now, agreed=agreed)
        )

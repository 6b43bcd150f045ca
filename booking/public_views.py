"""What everybody may see of an offering, and the press that keeps a time."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from core.errors import Refused
from teams import queries
from teams.structured import as_script

from . import parts, paying, picking, services, structured
from .errors import SlotTaken, WrongPets
from .models import Booking, Offering


@method_decorator(never_cache, name="dispatch")
class Keeping(TemplateView):
    """Base: a page with a press that keeps what was chosen. A page says how: `hold` and `refused`."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """409 with what is free instead when somebody was quicker."""
        if not request.user.is_authenticated:
            return redirect_to_login(self._address(), login_url=None)
        try:
            booking = self.hold()
        except SlotTaken as error:
            return self.refused(error, 409)
        except Refused as error:
            return self.refused(error, 422)
        return redirect(paying.next_page(request, booking))

    def hold(self) -> Booking:
        raise NotImplementedError

    def refused(self, error: Refused, status: int) -> HttpResponse:
        raise NotImplementedError

    def _address(self) -> str:
        """The same page with the same choices, after signing in."""
        asked = self.request.POST.copy()
        for name in ("csrfmiddlewaretoken", "key"):
            asked.pop(name, None)
        return f"{self.request.path}?{asked.urlencode()}"


class OfferingPage(Keeping):
    """Times of a week. Choices stand in the address, so back, reload and sharing keep them."""

    template_name = "booking/offering.html"

    @cached_property
    def offering(self) -> Offering:
        found = get_object_or_404(picking.bookable(), public_id=self.kwargs["public_id"])
        if found.traits.module not in queries.modules_of_business(found.business):
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        now = timezone.now()
        by_quote = self.offering.traits.by_quote
        choice = None if by_quote else picking.read(self.offering, self.request.user, asked, now=now)
        others = picking.bookable().filter(location=self.offering.location)
        facts = {"choice": choice, "offering": self.offering, "others": others, "key": uuid.uuid4().hex}
        facts["structured"] = as_script(structured.offering(self.offering, self.request))
        if choice and (course := picking.course_of(self.offering)):
            facts |= {"course": course, "course_price": course.price_of(max(1, len(choice.chosen)))}
        facts["parts"] = parts.of(self.offering, parts.OFFERING, now=now)
        return super().get_context_data(**facts, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.offering.traits.by_quote:
            return redirect(self.offering)
        return super().post(request, **kwargs)

    def hold(self) -> Booking:
        now, asked = timezone.now(), self.request.POST
        wish, nights = picking.wish_of(asked), picking.nights_of(self.offering, asked)
        pets = picking.pets_of(self.offering, self.request.user, asked)
        if wish is None or not pets:
            raise WrongPets if wish else SlotTaken
        return services.hold(
            key=asked.get("key", "")[:64] or uuid.uuid4().hex,
            offering=self.offering,
            pets=pets,
            starts_at=wish,
            nights=nights,
            note=asked.get("not", "").strip()[:500],
            by=self.request.user,
            now=now,
        )

    def refused(self, error: Refused, status: int) -> HttpResponse:
        context = self.get_context_data()
        wish = picking.wish_of(self.request.POST)
        context |= {"refused": error.message, "nearest": picking.nearest(context["choice"], wish)}
        return self.render_to_response(context, status=status)

"""Bases of the pages of bookings in the panel of a business."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from core.errors import Refused
from teams.access import BusinessPanelView

from . import permissions, queries
from .kinds import MODULES
from .models import Booking, Offering, Resource


class DeskView(BusinessPanelView):
    """Open while any of the modules that book times is on."""

    modules = MODULES
    right = permissions.CALENDAR

    def bookings(self) -> QuerySet[Booking]:
        """Of the branches this person works in."""
        return self.access.in_locations(queries.bookings_with(self.business))

    def resources(self) -> QuerySet[Resource]:
        rows = Resource.objects.filter(business=self.business).select_related("location", "membership__user")
        return self.access.in_locations(rows)

    def offerings(self) -> QuerySet[Offering]:
        rows = Offering.objects.filter(business=self.business).select_related("location")
        return self.access.in_locations(rows)


class OfBooking(DeskView):
    @cached_property
    def booking(self) -> Booking:
        return get_object_or_404(self.bookings(), public_id=self.kwargs["public_id"])


class OfferingsView(DeskView):
    right = permissions.OFFERINGS


class OfResource(OfferingsView):
    @cached_property
    def resource(self) -> Resource:
        return get_object_or_404(self.resources(), public_id=self.kwargs["public_id"])


class Press(DeskView):
    """A button: does its work, says it, and goes on; what is refused is said there too."""

    http_method_names = ["post"]
    done: Any = ""

    def press(self) -> None:
        raise NotImplementedError

    def after(self) -> str:
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.press()
        except Refused as error:
            messages.error(request, str(error.message))
        else:
            if self.done:
                messages.success(request, str(self.done))
        return redirect(self.after())


class FormView(DeskView):
    """A form, one verb, and on. What was typed is kept when it is refused, with 422."""

    template_name = "booking/desk/form.html"
    title: Any = ""
    text: Any = ""
    verb: Any = _("Save")

    def form(self, data: Any = None) -> Any:
        raise NotImplementedError

    def save(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def back(self) -> str:
        """Where one came from: the link above the title."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"title": self.title, "text": self.text, "verb": self.verb, "back": self.back()}
        own["form"] = kwargs.get("form") or self.form()
        return super().get_context_data(**(own | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                return self.save(form)
            except Refused as error:
                form.add_error(None, error.message)
        return self.render_to_response(self.get_context_data(form=form), status=422)

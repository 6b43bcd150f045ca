"""Branches of a business with their opening hours."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Refused

from .. import hours, permissions, places
from ..access import BusinessPanelView
from ..forms.business import LocationForm
from ..forms.hours import SpecialDayForm, WeekForm
from ..models import Location, SpecialDay
from .profile import FormPage


class Branches(BusinessPanelView):
    right = permissions.PROFILE
    template_name = "teams/profile/branches.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.access.in_locations(self.business.locations.prefetch_related("weekly_hours"), "pk")
        return super().get_context_data(places=rows, **kwargs)


class OfBranch(BusinessPanelView):
    right = permissions.PROFILE

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and "pk" in self.kwargs:
            rows = self.access.in_locations(self.business.locations.select_related("business"), "pk")
            self.location = get_object_or_404(rows, pk=self.kwargs["pk"])


class EditBranch(OfBranch, FormPage):
    back = "business_branches"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**({"title": self._title()} | kwargs))

    def _title(self) -> str:
        return self.location.name if "pk" in self.kwargs else _("New branch")

    def form(self, *data: Any) -> LocationForm:
        fresh = Location.objects.filter(pk=self.kwargs.get("pk")).first()
        return LocationForm(*data, instance=fresh or Location(business=self.business))

    def save(self, form: Any) -> None:
        places.save_location(location=form.instance, by=self.request.user)


class RemoveBranch(OfBranch):
    """Asks first: what stands on the branch goes with it."""

    template_name = "teams/profile/remove_branch.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(location=self.location, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            places.remove_location(location=self.location, by=request.user)
        except Refused as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("The branch is gone."))
        return redirect("business_branches", self.business.slug)


class BranchHours(OfBranch, FormPage):
    template_name = "teams/profile/hours.html"
    title = gettext_lazy("Opening hours")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"location": self.location, "special": self.location.special_days.all()}
        return super().get_context_data(
            **(own | {"special_form": SpecialDayForm(auto_id="special_%s")} | kwargs)
        )

    def form(self, *data: Any) -> WeekForm:
        return WeekForm(*data[:1], location=self.location)

    def save(self, form: Any) -> None:
        keeps = form.cleaned_data["keeps_holidays"]
        hours.keep_holidays(location=self.location, keeps=keeps, by=self.request.user)
        hours.set_week(location=self.location, week=form.week, by=self.request.user)


class BranchSpecialDay(BranchHours):
    """A day that differs; its form stands below the week."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SpecialDayForm(request.POST, auto_id="special_%s")
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(special_form=form))
        values = {"on": form.cleaned_data["on"], "note": form.cleaned_data["note"], "span": form.span()}
        hours.set_special_day(location=self.location, **values, by=request.user)
        return redirect("business_hours", self.business.slug, self.location.pk)


class RemoveSpecialDay(OfBranch):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        special = get_object_or_404(SpecialDay, location=self.location, pk=self.kwargs["day"])
        hours.remove_special_day(special=special, by=request.user)
        return redirect("business_hours", self.business.slug, self.location.pk)

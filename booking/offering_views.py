""" "Hizmetler" in the panel of a business: what can be booked."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from . import defaults, kinds, offering_forms, permissions, services, setup_forms
from .desk_access import FormView, OfferingsView, Press
from .kinds import TRAITS, Kind
from .models import Offering


class Offerings(OfferingsView):
    template_name = "booking/desk/offerings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.offerings().prefetch_related("needs__resources")
        return super().get_context_data(
            offerings=list(rows), kinds=kinds_of(self.access), may_begin=not rows, **kwargs
        )


def kinds_of(access: Any) -> list[Kind]:
    """That this business may offer, and whose module is on."""
    offered = kinds.offered_by(access.business.kind)
    return [kind for kind in offered if TRAITS[kind].module in access.modules]


class SaveOffering(FormView):
    right = permissions.OFFERINGS
    template_name = "booking/desk/offering.html"

    @cached_property
    def offering(self) -> Offering | None:
        public_id = self.kwargs.get("public_id")
        return get_object_or_404(self.offerings(), public_id=public_id) if public_id else None

    @property
    def kind(self) -> str:
        """Of a new one: from the address, else the first this business offers."""
        possible = kinds_of(self.access)
        wanted = self.request.GET.get("tur", possible[0] if possible else "")
        if wanted not in possible:
            raise Http404
        return wanted

    def back(self) -> str:
        return reverse("business_offerings", args=[self.business.slug])

    def form(self, data: Any = None) -> Any:
        row = self.offering and Offering.objects.get(pk=self.offering.pk)
        return offering_forms.OfferingForm(
            data,
            instance=row or offering_forms.blank(self.business, self.kind),
            places=self.access.in_locations(self.business.locations.all(), "pk"),
            resources=offering_forms.resources_for(self.resources()),
        )

    def save(self, form: Any) -> HttpResponse:
        kind = {} if self.offering else {"kind": self.kind}
        row = services.save_offering(
            business=self.business,
            offering=self.offering,
            facts=form.facts() | kind,
            needs=form.needs(),
            by=self.request.user,
        )
        messages.success(self.request, _("“%(name)s” is saved.") % {"name": row.name})
        return redirect(self.back())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = self.offering.name if self.offering else Kind(self.kind).label
        found = {"title": title, "offering": self.offering}
        return super().get_context_data(**(found | kwargs))


class Switch(Press):
    """Open or close it; the opposite takes it back."""

    right = permissions.OFFERINGS

    def press(self) -> None:
        row = get_object_or_404(self.offerings(), public_id=self.kwargs["public_id"])
        verb = services.close_offering if row.is_open else services.open_offering
        verb(offering=row, by=self.request.user)
        words = _("“%(name)s” can be booked now.") if row.is_open else _("“%(name)s” cannot be booked now.")
        self.done = words % {"name": row.name}

    def after(self) -> str:
        return reverse("business_offerings", args=[self.business.slug])


class SetUp(FormView):
    """The first services in one step. Only while there are none."""

    right = permissions.OFFERINGS
    template_name = "booking/desk/set_up.html"

    def back(self) -> str:
        return reverse("business_offerings", args=[self.business.slug])

    def form(self, data: Any = None) -> Any:
        return setup_forms.SetUpForm(
            data,
            places=self.access.in_locations(self.business.locations.all(), "pk"),
            stands=defaults.stands_of(self.business),
            services=defaults.services_of(self.business),
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.offerings().exists():
            return redirect(self.back())
        return super().get(request, *args, **kwargs)

    def save(self, form: Any) -> HttpResponse:
        if not self.offerings().exists():
            services.set_up(
                business=self.business,
                location=form.cleaned_data["location"],
                stands=form.chosen_stands(),
                services=form.chosen_services(),
                opens=form.cleaned_data["opens"],
                by=self.request.user,
            )
            messages.success(self.request, _("Your services are there. Look them over."))
        return redirect(self.back())

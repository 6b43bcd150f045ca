""" "Kişiler ve odalar" in the panel of a business: who is there, when, and when not."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams import queries as teams

from . import permissions, queries, resource_forms, services
from .desk_access import FormView, OfferingsView, OfResource, Press
from .models import Resource


class Resources(OfferingsView):
    template_name = "booking/desk/resources.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = queries.with_counts(self.resources(), now=timezone.now())
        return super().get_context_data(resources=rows.order_by("-is_active", "position", "pk"), **kwargs)


class ResourceForm(FormView, OfResource):
    """Base: a form about one resource, back to its page."""

    right = permissions.OFFERINGS

    def back(self) -> str:
        return reverse("business_resource", args=[self.business.slug, self.resource.public_id])


class SaveResource(FormView, OfResource):
    right = permissions.OFFERINGS
    template_name = "booking/desk/resource.html"

    @cached_property
    def row(self) -> Resource | None:
        return self.resource if "public_id" in self.kwargs else None

    def back(self) -> str:
        return reverse("business_resources", args=[self.business.slug])

    def form(self, data: Any = None) -> Any:
        fresh = Resource.objects.get(pk=self.row.pk) if self.row else Resource(business=self.business)
        return resource_forms.ResourceForm(
            data,
            instance=fresh,
            places=self.access.in_locations(self.business.locations.all(), "pk"),
            members=teams.members_of(self.business),
        )

    def save(self, form: Any) -> HttpResponse:
        facts, by = form.cleaned_data, self.request.user
        row = services.save_resource(business=self.business, resource=self.row, facts=facts, by=by)
        messages.success(self.request, _("“%(name)s” is saved.") % {"name": row.name})
        return redirect("business_resource", self.business.slug, row.public_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"title": self.row.name if self.row else _("New person or room")}
        if self.row:
            found |= {
                "resource": self.row,
                "absences": queries.absences_ahead(self.row, now=timezone.now()),
                "shifts": self.row.shifts.all(),
                "feeds": self.row.feeds.order_by("pk"),
            }
        return super().get_context_data(**(found | kwargs))


class ResourcePress(Press, OfResource):
    """Base: a button on the page of a resource."""

    right = permissions.OFFERINGS

    def after(self) -> str:
        return reverse("business_resource", args=[self.business.slug, self.resource.public_id])


class Retire(ResourcePress):
    """Refused while something is booked; its form brings it back."""

    done = gettext_lazy("It is not in use any more.")

    def press(self) -> None:
        services.retire_resource(resource=self.resource, by=self.request.user, now=timezone.now())


class Shifts(ResourceForm):
    template_name = "booking/desk/shifts.html"
    title = gettext_lazy("Own hours")
    text = gettext_lazy("Within the hours of the branch. All empty: whenever the branch is open.")

    def form(self, data: Any = None) -> Any:
        return resource_forms.ShiftsForm(data, kept=self.resource.shifts.filter(valid_from=None))

    def save(self, form: Any) -> HttpResponse:
        services.set_shifts(resource=self.resource, week=form.week, by=self.request.user)
        messages.success(self.request, _("The hours are saved."))
        return redirect(self.back())


class AddFeed(ResourceForm):
    title = gettext_lazy("Read another calendar")
    text = gettext_lazy(
        "What is in it counts as busy here. We read it every quarter of an hour and see no names or subjects."
    )

    def form(self, data: Any = None) -> Any:
        return resource_forms.FeedForm(data, resource=self.resource)

    def save(self, form: Any) -> HttpResponse:
        services.add_feed(resource=self.resource, url=form.cleaned_data["url"], by=self.request.user)
        messages.success(self.request, _("The calendar is being read; this takes a moment."))
        return redirect(self.back())


class RemoveFeed(ResourcePress):
    done = gettext_lazy("The calendar is not read any more; its busy times are gone.")

    def press(self) -> None:
        feed = get_object_or_404(self.resource.feeds, pk=self.kwargs["pk"])
        services.remove_feed(feed=feed, by=self.request.user)

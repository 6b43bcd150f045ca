"""The desk: what it sees and ticks on arrival, and what the business asks for."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import kinds as every_kind
from .. import permissions
from ..booking_views import page_of
from ..desk_access import FormView, OfBooking, OfferingsView, Press
from ..desk_forms import ReasonForm
from ..kinds import Kind
from . import checklist, forms, services
from .errors import Over
from .kinds import COMPULSORY, KINDS
from .models import OwnRequirement


class Arrival(FormView, OfBooking):
    """For whoever has no account, or brings the papers: entered here it counts as seen."""

    template_name = "booking/requirements/desk_arrival.html"
    title = gettext_lazy("Enter what the papers say")

    def back(self) -> str:
        return page_of(self.booking)

    def form(self, data: Any = None) -> forms.Arrival:
        if self.booking.kind not in KINDS or self.booking.status not in services.OPEN:
            raise Http404
        return forms.Arrival(data, booking=self.booking, lines=checklist.of(self.booking), is_desk=True)

    def save(self, form: Any) -> HttpResponse:
        facts: dict[str, Any] = {"by": self.request.user, "now": timezone.now(), "is_desk": True}
        services.fill(booking=self.booking, given=form.given(), **facts)
        messages.success(self.request, _("Kept. What you entered counts as seen."))
        return redirect(self.back())


class Seen(Press, OfBooking):
    def press(self) -> None:
        code, item = _named(self.request.POST)
        services.see(booking=self.booking, code=code, item=item, by=self.request.user, now=timezone.now())

    def after(self) -> str:
        return f"{page_of(self.booking)}#arrival"


class Waive(FormView, OfBooking):
    title = gettext_lazy("Do without it this time")
    verb = gettext_lazy("Waive it")

    def back(self) -> str:
        return page_of(self.booking)

    @cached_property
    def line(self) -> checklist.Line:
        try:
            return services.line_of(self.booking, *_named(self.request.GET))
        except Over:
            raise Http404 from None

    def form(self, data: Any = None) -> ReasonForm:
        form = ReasonForm(data)
        form.fields["reason"].max_length = 200  # type: ignore[attr-defined]
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**({"text": self.line.name} | kwargs))

    def save(self, form: Any) -> HttpResponse:
        code, item = _named(self.request.GET)
        reason, by = form.cleaned_data["reason"][:200], self.request.user
        services.waive(booking=self.booking, code=code, item=item, reason=reason, by=by, now=timezone.now())
        messages.success(self.request, _("Waived. It stands in the history."))
        return redirect(f"{self.back()}#arrival")


def _named(given: Any) -> tuple[str, int | None]:
    number = given.get("hayvan", "")
    return given.get("kod", ""), int(number) if number.isdecimal() and len(number) < 18 else None


def asking(access: Any) -> list[Kind]:
    """The kinds of this business at whose beginning something is asked."""
    offered = every_kind.offered_by(access.business.kind)
    return [kind for kind in KINDS if kind in offered]


class OfAsking(OfferingsView):
    """Base: 404 for businesses that take nothing in."""

    @cached_property
    def kinds(self) -> list[Kind]:
        if not (found := asking(self.access)):
            raise Http404
        return found


class Requirements(OfAsking):
    template_name = "booking/requirements/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(OwnRequirement.objects.filter(business=self.business, until=None))
        groups = [(kind, COMPULSORY[kind], [one for one in rows if one.kind == kind]) for kind in self.kinds]
        return super().get_context_data(groups=groups, **kwargs)


class NewRequirement(FormView, OfAsking):
    right = permissions.OFFERINGS
    title = gettext_lazy("Ask for something more")
    text = gettext_lazy(
        "Whoever books from now on sees it before booking. Bookings that are there stay as they are."
    )

    @property
    def kind(self) -> Kind:
        wanted = self.request.GET.get("tur", self.kinds[0])
        if wanted not in self.kinds:
            raise Http404
        return Kind(wanted)

    def back(self) -> str:
        return reverse("business_requirements", args=[self.business.slug])

    def form(self, data: Any = None) -> forms.OwnForm:
        self.kind  # noqa: B018  (404 before anything is shown)
        return forms.OwnForm(data)

    def save(self, form: Any) -> HttpResponse:
        facts: dict[str, Any] = {"by": self.request.user, "now": timezone.now()}
        services.save_requirement(business=self.business, kind=self.kind, **facts, **form.facts())
        messages.success(self.request, _("Asked from now on."))
        return redirect(self.back())


class RetireRequirement(Press, OfAsking):
    right = permissions.OFFERINGS
    done = gettext_lazy("No longer asked of whoever books from now on.")

    def press(self) -> None:
        mine = OwnRequirement.objects.filter(business=self.business)
        row = get_object_or_404(mine, pk=self.kwargs["pk"])
        services.retire_requirement(requirement=row, by=self.request.user, now=timezone.now())

    def after(self) -> str:
        return reverse("business_requirements", args=[self.business.slug])

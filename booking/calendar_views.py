""" "Takvim" in the panel of a business: the day by resource, the week, the list, the waiting room."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.models import Location

from . import agenda, board, desk_forms, grid, moved, queries, resource_forms, services
from .desk_access import DeskView, FormView, Press
from .kinds import Kind
from .models import Absence

VIEWS = {"gun": gettext_lazy("Day"), "hafta": gettext_lazy("Week"), "liste": gettext_lazy("List")}
PAGE = 20


class Calendar(DeskView):
    """What is asked for stands in the address: `gun` (a day), `gorunum`, `sube`, `kaynak`. What makes no
    sense there is left out, so a link never breaks."""

    template_name = "booking/desk/calendar.html"

    @cached_property
    def view(self) -> str:
        wanted = self.request.GET.get("gorunum", "")
        return wanted if wanted in VIEWS else "gun"

    @cached_property
    def day(self) -> date:
        return day_of(self.request.GET.get("gun", ""))

    @cached_property
    def branches(self) -> list[Location]:
        rows = self.business.locations.select_related("business")
        return list(self.access.in_locations(rows, "pk"))

    @cached_property
    def branch(self) -> Location:
        wanted = self.request.GET.get("sube", "")
        found = next((one for one in self.branches if str(one.pk) == wanted), None)
        if not self.branches:
            raise Http404
        return found or self.branches[0]

    def span(self) -> tuple[date, date]:
        if self.view != "hafta":
            return self.day, self.day
        monday = self.day - timedelta(days=self.day.weekday())
        return monday, monday + timedelta(days=6)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, (first, last) = timezone.now(), self.span()
        found = agenda.read(self.branch, first, last, now=now)
        chosen = self._chosen(found)
        shown = only(found, chosen) if chosen else found
        sheet = grid.by_day(shown) if self.view == "hafta" else grid.by_resource(shown)
        is_today = self.view != "hafta" and self.day == timezone.localdate(now)
        return super().get_context_data(
            agenda=shown,
            resources=found.resources,
            chosen=chosen,
            sheet=None if self.view == "liste" else sheet,
            days=[(day, shown.on(day)) for day in shown.days],
            board=board.of(found) if is_today else None,
            moved=moved.last(self.request, self.business),
            **self._turning(first, last, now),
            **kwargs,
        )

    def _chosen(self, found: agenda.Agenda) -> Any:
        wanted = self.request.GET.get("kaynak", "")
        return next((one for one in found.resources if str(one.public_id) == wanted), None)

    def _turning(self, first: date, last: date, now: Any) -> dict[str, Any]:
        step = timedelta(days=7 if self.view == "hafta" else 1)
        return {
            "view": self.view,
            "views": VIEWS.items(),
            "day": self.day,
            "first": first,
            "last": last,
            "today": timezone.localdate(now),
            "before": self.day - step,
            "after": self.day + step,
            "branches": self.branches if len(self.branches) > 1 else [],
            "branch": self.branch,
        }


def day_of(typed: str) -> date:
    """Within a few years; else today."""
    today = timezone.localdate()
    try:
        day = parse_date(typed)
    except ValueError:
        day = None
    return day if day and abs((day - today).days) < 3660 else today


def only(found: agenda.Agenda, resource: Any) -> agenda.Agenda:
    entries = [one for one in found.entries if resource in one.resources]
    return agenda.Agenda(found.first, found.last, found.now, [resource], entries, found.working)


class OfCalendar(FormView):
    """A form that one opens from the calendar."""

    def back(self) -> str:
        return reverse("business_calendar", args=[self.business.slug])

    def in_use(self) -> Any:
        return self.resources().filter(is_active=True).order_by("location_id", "position", "pk")

    def to_day(self, day: date) -> HttpResponse:
        return redirect(f"{self.back()}?gun={day:%Y-%m-%d}")


class Block(OfCalendar):
    title = gettext_lazy("Block time")
    text = gettext_lazy("Nothing new can be booked then. What is booked already is shown to you next.")
    template_name = "booking/desk/block.html"

    def form(self, data: Any = None) -> Any:
        get = self.request.GET
        day = day_of(get.get("gun", ""))
        wanted = {"resource": get.get("kaynak", ""), "first": day, "last": day}
        return resource_forms.AbsenceForm(data, resources=self.in_use(), initial=wanted)

    def save(self, form: Any) -> HttpResponse:
        row = services.add_absence(**form.facts(), by=self.request.user)
        messages.success(self.request, _("The time is blocked."))
        if queries.booked_in(row).exists():
            return redirect("business_absence", self.business.slug, row.pk)
        return self.to_day(timezone.localdate(row.during.lower))


class OfAbsence(DeskView):
    @cached_property
    def absence(self) -> Absence:
        """One of a calendar kept elsewhere is changed there."""
        rows = Absence.objects.filter(resource__in=self.resources()).exclude(kind=Absence.Kind.FEED)
        return get_object_or_404(rows.select_related("resource"), pk=self.kwargs["pk"])


class AbsencePage(OfAbsence):
    """What is still booked then, each with a way out of it."""

    template_name = "booking/desk/absence.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(queries.booked_in(self.absence))
        found = [(one, agenda.animals_of(one), agenda.state_of(one)) for one in rows]
        return super().get_context_data(absence=self.absence, rows=found, **kwargs)


class RemoveAbsence(Press, OfAbsence):
    done = gettext_lazy("The time is free again.")

    def press(self) -> None:
        self.day = timezone.localdate(self.absence.during.lower)
        services.remove_absence(absence=self.absence, by=self.request.user)

    def after(self) -> str:
        return f"{reverse('business_calendar', args=[self.business.slug])}?gun={self.day:%Y-%m-%d}"


class WalkIn(OfCalendar):
    """For whoever stands at the desk or calls."""

    title = gettext_lazy("New appointment")
    verb = gettext_lazy("Put it into the calendar")
    text = gettext_lazy(
        "For somebody at the desk or on the phone. Nothing is paid here; she pays at your place."
    )
    template_name = "booking/desk/walk_in.html"

    @cached_property
    def possible(self) -> Any:
        return self.offerings().order_by("position", "pk")

    def form(self, data: Any = None) -> Any:
        get = self.request.GET
        wanted: dict[str, Any] = {"kaynak": get.get("kaynak", "")}
        if "gun" in get and day_of(get["gun"]) != timezone.localdate():
            wanted["gun"] = day_of(get["gun"])
        has_stays = Kind.STAY in self.possible.values_list("kind", flat=True)
        return desk_forms.WalkInForm(
            data,
            offerings=self.possible,
            resources=self.in_use(),
            has_stays=has_stays,
            at=timezone.now(),
            initial=wanted,
        )

    def save(self, form: Any) -> HttpResponse:
        given = form.cleaned_data
        booking = services.walk_in(
            offering=given["offering"],
            guest=form.guest(),
            starts_at=form.starts_at,
            nights=given.get("nights") or 1,
            on=form.on,
            note=given["note"],
            by=self.request.user,
            now=timezone.now(),
        )
        messages.success(self.request, _("The appointment is in the calendar."))
        return self.to_day(timezone.localdate(booking.starts_at))


class Requests(DeskView):
    """What waits for an answer, the one that ends first on top."""

    template_name = "booking/desk/requests.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.access.in_locations(queries.requests_with(self.business))
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        found = [(one, agenda.animals_of(one)) for one in page]
        return super().get_context_data(page=page, rows=found, **kwargs)

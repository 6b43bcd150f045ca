"""Getting in line on the page of what is offered, and one's own wishes in the panel."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from booking import picking, search_finding
from booking.owner_views import Mine
from booking.public_views import OfferingPage
from booking.states import Status as BookingStatus
from core.errors import Refused

from . import queries, rules, services
from .errors import TimeIsFree
from .forms import WaitForm
from .models import Entry
from .states import Status


class Join(LoginRequiredMixin, OfferingPage):
    """Says for which animals and days; the page of the offering fills in what was chosen there."""

    template_name = "booking/waitlist/join.html"

    def form(self, data: Any = None) -> WaitForm:
        pets = picking.pets_for(self.offering, self.request.user)
        asked, today = self.request.GET, timezone.localdate()
        first = max(_day(asked.get("ilk", "")) or today, today)
        last = max(_day(asked.get("son", "")) or first + timedelta(days=6), first)
        chosen = asked.getlist("hayvan") or ([str(pets[0].public_id)] if len(pets) == 1 else [])
        nights = picking.nights_of(self.offering, asked)
        initial = {"hayvan": chosen, "ilk": first, "son": last, "gece": nights}
        return WaitForm(data, offering=self.offering, pets=pets, today=today, initial=initial)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = {"offering": self.offering, "form": self.form(), "most": rules.MOST_WAITS}
        return found | {"minutes": int(rules.OFFERED_FOR.total_seconds() // 60)} | kwargs

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        try:
            if form.is_valid():
                facts: dict[str, Any] = {"by": request.user, "now": timezone.now()}
                entry = services.join(offering=self.offering, **form.wish(), **facts)
                messages.success(request, _("You are in line. We write to you as soon as a time is free."))
                return redirect(entry)
        except TimeIsFree as error:
            return self._refused(form, error, free=self._way(form, error.slot))
        except Refused as error:
            return self._refused(form, error)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _refused(self, form: Any, error: Refused, free: Any = None) -> HttpResponse:  # type: ignore[override]
        form.add_error(None, str(error.message))
        return self.render_to_response(self.get_context_data(form=form, free=free), status=422)

    def _way(self, form: WaitForm, slot: Any) -> Any:
        wish = form.wish()
        pets = tuple(str(one.public_id) for one in wish["pets"])
        hit = search_finding.Hit(self.offering, [slot], wish["nights"], len(pets), pets)
        return hit.ways[0]


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


class MyWaits(Mine):
    template_name = "booking/waitlist/mine.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(entries=list(queries.waits_of(self.request.user)[:50]), **kwargs)


class OfMyWait(Mine):
    @cached_property
    def entry(self) -> Entry:
        return get_object_or_404(queries.waits_of(self.request.user), public_id=self.kwargs["public_id"])


class MyWait(OfMyWait):
    template_name = "booking/waitlist/wait.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry, now = self.entry, timezone.now()
        booking = entry.booking
        is_kept = booking and booking.status == BookingStatus.HELD and booking.until and booking.until > now
        may_again = entry.status in (Status.PASSED, Status.EXPIRED) and entry.last >= timezone.localdate(now)
        found = {
            "entry": entry,
            "is_kept": is_kept and entry.status == Status.OFFERED,
            "may_again": may_again,
        }
        return super().get_context_data(**found, **kwargs)


class Press(OfMyWait):
    """One of the buttons; what is refused is said over the page as it is by now."""

    http_method_names = ["post"]

    def press(self) -> HttpResponse:
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return self.press()
        except Refused as error:
            messages.error(request, str(error.message))
            return redirect(self.entry)


class Withdraw(Press):
    def press(self) -> HttpResponse:
        services.withdraw(entry=self.entry, by=self.request.user, now=timezone.now())
        messages.success(self.request, _("You no longer wait for it."))
        return redirect("my_waits")


class PassOn(Press):
    def press(self) -> HttpResponse:
        services.pass_on(entry=self.entry, by=self.request.user, now=timezone.now())
        messages.success(self.request, _("Passed on. Whoever is next gets it."))
        return redirect(self.entry)


class Again(Press):
    def press(self) -> HttpResponse:
        entry = services.again(entry=self.entry, by=self.request.user, now=timezone.now())
        messages.success(self.request, _("You are in line again."))
        return redirect(entry)

"""A booking as the business sees it, and everything it may do with it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import phones
from core.errors import Refused

from . import agenda, desk_forms, histories, moved, parts, policies, queries, services, slots
from .desk_access import FormView, OfBooking, Press
from .models import Booking, Resource
from .states import AHEAD, By, Status

DAYS_AHEAD = timedelta(days=13)  # in which free times are offered
MOST_TIMES = 24


class BookingPage(OfBooking):
    template_name = "booking/desk/booking.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        booking, now = self.booking, timezone.now()
        return super().get_context_data(
            booking=booking,
            state=agenda.state_of(booking),
            animals=queries.animals_of(booking, self.access, now=now),
            resources=queries.stands_of(booking),
            phone=phones.shown(booking.guest_phone or phone_of(booking)),
            later=booking.price - booking.due,
            steps=steps_of(booking, now),
            may_move=booking.status in (Status.REQUESTED, Status.CONFIRMED),
            may_cancel=booking.status in (Status.CONFIRMED, Status.IN_SERVICE),
            parts=parts.of(booking, parts.DESK, now=now),
            history=histories.of(booking),
            moved=moved.last(self.request, self.business),
            **kwargs,
        )


def phone_of(booking: Booking) -> str:
    """Of a customer, as long as one may have to call her about it."""
    is_near = booking.status in AHEAD or booking.status == Status.IN_SERVICE
    return getattr(booking.customer, "phone", "") or "" if is_near else ""


STEPS: dict[str, tuple[Any, Any, str]] = {
    "geldi": (services.arrive, gettext_lazy("She is here"), "user-check"),
    "iceri": (services.take_in, gettext_lazy("Take in"), "door-open"),
    "tamam": (services.complete, gettext_lazy("Done"), "check"),
    "gelmedi": (services.miss, gettext_lazy("Did not come"), "ban"),
    "geri-al": (services.reopen, gettext_lazy("Take back the last step"), "undo-2"),
    "kabul": (services.accept, gettext_lazy("Accept"), "check"),
}


def steps_of(booking: Booking, now: Any) -> list[tuple[str, Any, str]]:
    """The buttons that make sense now, the usual one first."""
    if parts.is_led(booking):
        return []
    status = booking.status
    if status == Status.IN_SERVICE:
        codes = ["tamam", "geri-al"] if booking.taken_in_at else ["iceri", "tamam", "geri-al"]
    elif status == Status.CONFIRMED:
        codes = ["geldi", "tamam", *(["gelmedi"] if booking.starts_at <= now else [])]
    elif status in (Status.COMPLETED, Status.NO_SHOW):
        codes = [] if booking.earned_at else ["geri-al"]
    else:
        codes = ["kabul"] if status == Status.REQUESTED else []
    return [(code, STEPS[code][1], STEPS[code][2]) for code in codes]


class Step(Press, OfBooking):
    """One of the buttons. Every step can be taken back, so none asks first."""

    def press(self) -> None:
        if self.kwargs["step"] not in STEPS:
            raise Http404
        verb = STEPS[self.kwargs["step"]][0]
        verb(booking=self.booking, by=self.request.user, now=timezone.now())

    def after(self) -> str:
        """Where the button stood."""
        here = {"takvim": "business_calendar", "istekler": "business_requests"}
        name = here.get(self.request.POST.get("nereden", ""))
        return reverse(name, args=[self.business.slug]) if name else page_of(self.booking)


def page_of(booking: Booking) -> str:
    return reverse("business_booking", args=[booking.business.slug, booking.public_id])


class EndForm(FormView, OfBooking):
    """Base: with a reason that the customer reads."""

    template_name = "booking/desk/end.html"

    def back(self) -> str:
        return page_of(self.booking)

    def form(self, data: Any = None) -> Any:
        return desk_forms.ReasonForm(data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = policies.back(self.booking, by=By.PROVIDER, now=timezone.now())
        found = {"booking": self.booking, "amount": back, "who": self.booking.who}
        return super().get_context_data(**(found | kwargs))


class Decline(EndForm):
    title = gettext_lazy("Decline the request")
    verb = gettext_lazy("Decline it")

    def save(self, form: Any) -> HttpResponse:
        reason, by = form.cleaned_data["reason"], self.request.user
        services.decline(booking=self.booking, by=by, now=timezone.now(), reason=reason)
        messages.success(self.request, _("Declined. What was paid goes back."))
        return redirect("business_requests", self.business.slug)


class Cancel(EndForm):
    title = gettext_lazy("Cancel the booking")
    verb = gettext_lazy("Cancel it")

    def save(self, form: Any) -> HttpResponse:
        reason, by = form.cleaned_data["reason"], self.request.user
        services.cancel(booking=self.booking, role=By.PROVIDER, by=by, now=timezone.now(), reason=reason)
        messages.success(self.request, _("Cancelled. All that was paid goes back."))
        return redirect(queries.page_of_absence(self.business, self.request.GET) or self.back())


class Move(FormView, OfBooking):
    """Another time, another resource: by the form, by one of the free times, or dragged in the calendar."""

    template_name = "booking/desk/move.html"
    title = gettext_lazy("Move it")
    verb = gettext_lazy("Move it")

    def back(self) -> str:
        return page_of(self.booking)

    @cached_property
    def possible(self) -> Any:
        """Resources it may stand on."""
        rows = Resource.objects.filter(needs__offering=self.booking.offering_id, is_active=True)
        return rows.distinct().order_by("position", "pk")

    def form(self, data: Any = None) -> Any:
        return desk_forms.When(data, resources=self.possible, at=self.booking.starts_at)

    def save(self, form: Any) -> HttpResponse:
        booking, starts = self.booking, self.booking.starts_at
        stands = [one.pk for one in queries.stands_of(booking)]
        services.rearrange(
            booking=booking, starts_at=form.starts_at, on=form.on, by=self.request.user, now=timezone.now()
        )
        moved.remember(self.request, booking, starts, stands)
        messages.success(self.request, _("Moved. Your customer is told."))
        return redirect(self._next(timezone.localdate(booking.starts_at)))

    def _next(self, day: date) -> str:
        """To what one was doing: the absence that is being cleared, else the calendar of the new day."""
        view = self.request.POST.get("gorunum", "")
        tail = f"&gorunum={view}" if view in ("hafta", "liste") else ""
        calendar = reverse("business_calendar", args=[self.business.slug])
        return (
            queries.page_of_absence(self.business, self.request.GET) or f"{calendar}?gun={day:%Y-%m-%d}{tail}"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        times = free_times(self.booking, timezone.now())
        found = {"booking": self.booking, "times": times, "animals": agenda.animals_of(self.booking)}
        return super().get_context_data(**(found | kwargs))


def free_times(booking: Booking, now: Any) -> list[Any]:
    """The next ones at which it is offered, by day."""
    offering, pets = booking.offering, max(1, booking.items.count())
    plan, first = slots.plan(offering), timezone.localdate(now)
    last = first + DAYS_AHEAD
    if offering.traits.by_night:
        found = slots.nights(plan, first, last, nights=max(booking.nights, 1), now=now)
        days = [(day, [one]) for day, one in found.items() if one]
    else:
        every = slots.free(plan, first, last, pets=pets, now=now)
        days = [(day, times[:8]) for day, times in every.items() if times]
    return days[:4]


class Undo(Press, OfBooking):
    """Back to where it stood before it was moved, if that is still free."""

    done = gettext_lazy("Moved back.")

    def press(self) -> None:
        was = moved.last(self.request, self.business)
        if was is None or was.public_id != str(self.booking.public_id):
            raise Refused
        on = list(Resource.objects.filter(business=self.business, pk__in=was.resources))
        facts: dict[str, Any] = {"by": self.request.user, "now": timezone.now()}
        services.rearrange(booking=self.booking, starts_at=was.starts_at, on=on, **facts)
        moved.forget(self.request)

    def after(self) -> str:
        day = timezone.localdate(self.booking.starts_at)
        return f"{reverse('business_calendar', args=[self.business.slug])}?gun={day:%Y-%m-%d}"

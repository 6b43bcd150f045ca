"""A course: all sessions before they are kept, the rest of it given up, and how the desk sells it."""

from __future__ import annotations

import uuid
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import money
from core.errors import Refused
from teams import queries as businesses

from .. import permissions, permits, picking
from ..desk_access import FormView, Press
from ..errors import AmountChanged, SlotTaken
from ..models import Booking, Offering
from ..owner_views import OfMine, agreed_in
from ..public_views import Keeping
from . import planning, services
from .errors import AsksFirst
from .forms import CourseForm
from .models import Course


class CoursePage(Keeping):
    """Every session with what stands against it. Choices stand in the address: `saat`, `hayvan`, `saat2` …"""

    template_name = "booking/series/course.html"

    @cached_property
    def course(self) -> Course:
        offering = get_object_or_404(
            picking.bookable().filter(course__isnull=False), public_id=self.kwargs["public_id"]
        )
        if offering.traits.module not in businesses.modules_of_business(offering.business):
            raise Http404
        return offering.course  # type: ignore[attr-defined, no-any-return]

    @property
    def asked(self) -> Any:
        return self.request.POST if self.request.method == "POST" else self.request.GET

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if picking.wish_of(self.asked) is None:
            return redirect(self.course.offering.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        course, first = self.course, picking.wish_of(self.asked)
        if first is None:
            raise Http404
        pets = picking.pets_of(course.offering, self.request.user, self.asked)
        chosen = planning.chosen_in(self.asked)
        proposal = planning.propose(
            course, first=first, pets=max(1, len(pets)), chosen=chosen, now=timezone.now()
        )
        found = {"course": course, "offering": course.offering, "pets": pets, "proposal": proposal}
        found |= {"against": self._against(proposal, pets), "key": uuid.uuid4().hex, "first": first}
        return super().get_context_data(**(found | kwargs))

    def _against(self, proposal: planning.Proposal, pets: Any) -> Any:
        """What the whole course cannot overcome by choosing other times."""
        offering, species = self.course.offering, [pet.species for pet in pets]
        if offering.on_request:
            return AsksFirst.message
        try:
            days = [timezone.localdate(one.planned) for one in proposal.sessions]
            permits.check_days(offering, species, days)
        except Refused as error:
            return error.message
        return ""

    def hold(self) -> Booking:
        """All of them or none."""
        now, first = timezone.now(), picking.wish_of(self.asked)
        if first is None:
            raise SlotTaken
        wanted, chosen = planning.planned(self.course, first), planning.chosen_in(self.asked)
        return services.hold(
            key=self.asked.get("key", "")[:64] or uuid.uuid4().hex,
            course=self.course,
            pets=picking.pets_of(self.course.offering, self.request.user, self.asked),
            times=[chosen.get(number, moment) for number, moment in enumerate(wanted, 1)],
            note=self.asked.get("not", "").strip()[:500],
            by=self.request.user,
            now=now,
        )

    def refused(self, error: Refused, status: int) -> HttpResponse:
        if picking.wish_of(self.asked) is None:
            return redirect(self.course.offering.get_absolute_url())
        return self.render_to_response(self.get_context_data(refused=error.message), status=status)


def _sessions_in(given: Any) -> int:
    """The number that was shown. Raises AmountChanged: then it is shown anew."""
    try:
        return int(given.get("sessions", "")[:3])
    except ValueError:
        raise AmountChanged from None


class Rest(OfMine):
    """What would go back, session by session; the press carries the sum that was shown."""

    template_name = "booking/series/rest.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rest = services.rest_of(self._booking(), now=timezone.now())
        back = sum((one.amount for one in rest), Decimal(0))
        return super().get_context_data(booking=self.booking, rest=rest, back=back, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        booking = self._booking()
        try:
            facts: dict[str, Any] = {
                "agreed": agreed_in(request.POST),
                "sessions": _sessions_in(request.POST),
            }
            back = services.cancel_rest(booking=booking, by=request.user, now=timezone.now(), **facts)
        except Refused as error:
            return self.render_to_response(self.get_context_data(refused=error.message), status=422)
        words = _("The rest of your course is cancelled. %(amount)s goes back.")
        messages.success(request, words % {"amount": money.display(back)})
        return redirect(booking.url())

    def _booking(self) -> Booking:
        if not self.booking.is_of_several:
            raise Http404
        return self.booking


class SaveCourse(FormView):
    right = permissions.OFFERINGS
    template_name = "booking/series/form.html"
    text = gettext_lazy(
        "Whoever books takes all sessions at once: same weekday and hour, one price, one payment. "
        "Each session is moved and cancelled by itself, with its share of the price."
    )

    @cached_property
    def offering(self) -> Offering:
        found = get_object_or_404(self.offerings(), public_id=self.kwargs["public_id"])
        if not found.traits.in_courses:
            raise Http404
        return found

    @property
    def course(self) -> Course | None:
        return Course.objects.filter(offering=self.offering).first()

    def back(self) -> str:
        return reverse("business_offering", args=[self.business.slug, self.offering.public_id])

    def form(self, data: Any = None) -> CourseForm:
        return CourseForm(data, instance=self.course, offering=self.offering)

    def save(self, form: Any) -> HttpResponse:
        services.save_course(offering=self.offering, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("“%(name)s” is sold as a course.") % {"name": self.offering.name})
        return redirect(self.back())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("%(name)s as a course") % {"name": self.offering.name}
        found = {"title": title, "offering": self.offering, "course": self.course}
        return super().get_context_data(**(found | kwargs))


class EndCourse(Press):
    right = permissions.OFFERINGS
    done = gettext_lazy("It is sold as single times again. Courses that are booked stay.")

    @cached_property
    def offering(self) -> Offering:
        return get_object_or_404(self.offerings(), public_id=self.kwargs["public_id"])

    def press(self) -> None:
        services.end_course(offering=self.offering, by=self.request.user)

    def after(self) -> str:
        return reverse("business_offering", args=[self.business.slug, self.offering.public_id])

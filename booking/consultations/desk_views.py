"""The consultation in the panel of the business: enter, say where it is held, write the summary."""

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

from pets import permissions as pets

from .. import queries as bookings
from ..booking_views import page_of, steps_of
from ..desk_access import DeskView, FormView
from . import forms, queries, services
from .models import Consultation, Summary
from .room_views import TEMPLATE, RoomMixin
from .states import Side


class OfRoom(DeskView):
    @cached_property
    def room(self) -> Consultation:
        rows = queries.of_bookings(self.bookings())
        return get_object_or_404(rows, booking__public_id=self.kwargs["public_id"])


class DeskRoom(RoomMixin, OfRoom):
    template_name = TEMPLATE
    side = Side.VET

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = bookings.animals_of(self.room.booking, self.access, now=timezone.now())
        may_write = self.access.can(pets.WRITE)
        return super().get_context_data(files=files, may_write=may_write, **kwargs)


class Address(FormView, OfRoom):
    title = gettext_lazy("Where it is held")
    text = gettext_lazy(
        "Our room needs nothing else. If you use a meeting of your own, your customer sees its address on "
        "her page and leaves Diji.vet there; we note who took the way, not what is said."
    )

    def back(self) -> str:
        return page_of(self.room.booking)

    def form(self, data: Any = None) -> Any:
        return forms.AddressForm(data, initial={"address": self.room.address})

    def save(self, form: Any) -> HttpResponse:
        address, by = form.cleaned_data["address"], self.request.user
        services.set_address(consultation=self.room, address=address, by=by, now=timezone.now())
        messages.success(self.request, _("Saved. Your customer sees it on her page."))
        return redirect(self.back())


class WriteSummary(FormView, OfRoom):
    """A draft until it is sent; then it is read here, and something may be added."""

    right = pets.WRITE
    template_name = "booking/consultations/write.html"
    title = gettext_lazy("Summary of the consultation")

    @cached_property
    def summary(self) -> Summary | None:
        return queries.summary_of(self.room)

    @property
    def is_sent(self) -> bool:
        return self.summary is not None and self.summary.sent_at is not None

    def back(self) -> str:
        return page_of(self.room.booking)

    def form(self, data: Any = None) -> Any:
        if self.is_sent:
            return forms.AddendumForm(data)
        goes = data is not None and data.get("act") == "send"
        return forms.SummaryForm(data, instance=self.summary, is_sent=goes)

    def save(self, form: Any) -> HttpResponse:
        facts: dict[str, Any] = {"by": self.request.user, "now": timezone.now()}
        if self.is_sent:
            services.add(summary=self.summary, text=form.cleaned_data["text"], **facts)  # type: ignore[arg-type]
            messages.success(self.request, _("Added. Her owner is told."))
        else:
            self._save(form, facts)
        return redirect(reverse("business_consultation_summary", args=self._names()))

    def _save(self, form: Any, facts: dict[str, Any]) -> None:
        verb = services.send if form.is_sent else services.save_draft
        verb(consultation=self.room, facts=form.cleaned_data, **facts)
        words = (
            _("Sent. It stands in the file; her owner is told.") if form.is_sent else _("The draft is kept.")
        )
        messages.success(self.request, words)

    def _names(self) -> list[Any]:
        return [self.business.slug, self.room.booking.public_id]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        booking, now = self.room.booking, timezone.now()
        done = [step for step in steps_of(booking, now) if step[0] == "tamam"]
        found = {
            "room": self.room,
            "booking": booking,
            "summary": self.summary,
            "is_sent": self.is_sent,
            "addenda": self.summary.addenda.select_related("author") if self.is_sent else [],  # type: ignore[union-attr]
            "presences": queries.presences_of(self.room),
            "lines": self.room.messages.select_related("author"),
            "done": done,
        }
        return super().get_context_data(**(found | kwargs))

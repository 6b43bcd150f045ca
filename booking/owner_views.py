"""What a person has booked, in her own panel."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from core import panel

from . import policies, queries
from .models import Booking
from .states import By


class OfMine(panel.PanelView):
    """Base: a booking of the person who is signed in."""

    @cached_property
    def booking(self) -> Booking:
        return get_object_or_404(queries.bookings_of(self.request.user), public_id=self.kwargs["public_id"])


class Detail(OfMine):
    template_name = "booking/panel/booking.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        booking, now = self.booking, timezone.now()
        found = {
            "booking": booking,
            "tiers": policies.tiers(booking.policy, booking.starts_at, booking.paid or booking.due),
            "back": policies.back(booking, by=By.CUSTOMER, now=now),
        }
        return super().get_context_data(**found, **kwargs)

""" "Randevu özeti": how many, how full, who did not come, what it brought."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from . import figures, permissions
from .desk_access import DeskView


class BookingFigures(DeskView):
    right = permissions.FIGURES
    template_name = "booking/desk/figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = self.request.GET.get("hafta", "")
        weeks = int(wanted) if wanted in map(str, figures.WEEKS) else 12
        days = figures.last_weeks(weeks, timezone.localdate())
        rows, resources = self.bookings(), self.resources()
        return super().get_context_data(
            days=days,
            choices=figures.WEEKS,
            sums=figures.sums(rows, resources, days),
            bars=figures.bars(rows, days),
            best=figures.best(rows, days),
            **kwargs,
        )

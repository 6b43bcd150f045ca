"""Who waits for which day, for the people of the business."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from booking.desk_access import DeskView

from . import queries


class Waiting(DeskView):
    template_name = "booking/waitlist/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.access.in_locations(queries.waiting_at(self.business), "offering__location")
        return super().get_context_data(days=queries.by_day(rows, timezone.localdate()), **kwargs)

"""Transfers in the panels: menu and the card of today's journeys."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking import permissions
from core import panel
from teams import modules

from . import queries


def _to_answer(request: HttpRequest) -> int:
    return queries.to_answer(request.access.business).count()  # type: ignore[attr-defined]


panel.entry(
    panel.Entry(panel.HOME, _("Transfers"), "my_transfers", "truck", order=21, module=modules.TRANSFER)
)
_of_desk: dict[str, Any] = {
    "scope": panel.BUSINESS,
    "module": modules.TRANSFER,
    "right": permissions.CALENDAR,
}
panel.entry(
    panel.Entry(
        panel.HOME, _("Quotes"), "business_quotes", "tag", order=7, count=_to_answer, bottom=True, **_of_desk
    )
)
panel.entry(panel.Entry(panel.HOME, _("Journeys"), "business_transfers", "truck", order=8, **_of_desk))


@panel.card(order=6, scope=panel.BUSINESS)
class JourneysCard(panel.Card):
    """The journeys of today, with their state."""

    template_name = "booking/transfers/desk/_card.html"
    module = modules.TRANSFER
    right = permissions.CALENDAR

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        access: Any = self.request.access  # type: ignore[attr-defined]
        rows = access.in_locations(queries.jobs_with(access.business), "booking__location")
        return {"business": access.business, "jobs": list(queries.of_day(rows, timezone.now())[:5])}

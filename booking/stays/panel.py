"""Stays in the panel of a hotel."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import panel

from .. import agenda, permissions, queries
from ..kinds import MODULES
from . import queries as stays
from .desk_views import takes_stays

SHOWN = 5


def _is_hotel(request: HttpRequest) -> bool:
    return takes_stays(request.access)  # type: ignore[attr-defined]


def _due(request: HttpRequest) -> Any:
    access: Any = request.access  # type: ignore[attr-defined]
    rows = access.in_locations(queries.bookings_with(access.business))
    return stays.reports_due(rows, now=timezone.now())


panel.entry(
    panel.Entry(
        panel.HOME,
        _("Daily reports"),
        "business_reports",
        "camera",
        order=7,
        allowed=_is_hotel,
        scope=panel.BUSINESS,
        modules=MODULES,
        right=permissions.CALENDAR,
        count=lambda request: _due(request).count(),
    )
)


@panel.card(order=6, scope=panel.BUSINESS)
class ReportsCard(panel.Card):
    """Reports that are still to be written today."""

    template_name = "booking/stays/reports_card.html"
    modules = MODULES
    right = permissions.CALENDAR

    def is_shown(self) -> bool:
        return _is_hotel(self.request)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        access: Any = self.request.access  # type: ignore[attr-defined]
        rows = list(_due(self.request)[: SHOWN + 1])
        found = [(one, agenda.animals_of(one)) for one in rows[:SHOWN]]
        return {"business": access.business, "rows": found, "has_more": len(rows) > SHOWN}

"""Bookings in the panels: menu, search, and the first page of a business."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import panel

from . import agenda, permissions, profile, queries, riding, told  # noqa: F401  (they register themselves)
from .kinds import MODULES


def _requests(request: HttpRequest) -> int:
    """Those that wait for an answer of ours."""
    return queries.requests_with(request.access.business).count()  # type: ignore[attr-defined]


panel.entry(
    panel.Entry(
        panel.HOME,
        _("My appointments"),
        "my_bookings",
        "calendar-days",
        order=20,
        modules=MODULES,
        bottom=True,
    )
)
_of_desk: dict[str, Any] = {"scope": panel.BUSINESS, "modules": MODULES}
panel.entry(
    panel.Entry(
        panel.HOME,
        _("Calendar"),
        "business_calendar",
        "calendar-days",
        order=5,
        right=permissions.CALENDAR,
        bottom=True,
        **_of_desk,
    )
)
panel.entry(
    panel.Entry(
        panel.HOME,
        _("Requests"),
        "business_requests",
        "inbox",
        order=6,
        right=permissions.CALENDAR,
        count=_requests,
        **_of_desk,
    )
)
panel.entry(
    panel.Entry(
        panel.FINANCE,
        _("Booking figures"),
        "business_booking_figures",
        "percent",
        order=70,
        right=permissions.FIGURES,
        **_of_desk,
    )
)
panel.entry(
    panel.Entry(
        panel.OFFICE,
        _("Services"),
        "business_offerings",
        "tag",
        order=20,
        right=permissions.OFFERINGS,
        **_of_desk,
    )
)
panel.entry(
    panel.Entry(
        panel.OFFICE,
        _("People and rooms"),
        "business_resources",
        "door-open",
        order=21,
        right=permissions.OFFERINGS,
        **_of_desk,
    )
)


@panel.card(order=5, scope=panel.BUSINESS)
class TodayCard(panel.Card):
    """Who comes next today."""

    template_name = "booking/desk/today_card.html"
    modules = MODULES
    right = permissions.CALENDAR

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        access: Any = self.request.access  # type: ignore[attr-defined]
        rows = queries.still_today(
            access.in_locations(queries.bookings_with(access.business)), timezone.now()
        )
        found = [(one, agenda.animals_of(one), agenda.state_of(one)) for one in rows]
        return {"business": access.business, "rows": found}


@panel.search(_("Bookings"), scope=panel.BUSINESS)
def bookings(request: HttpRequest, query: str) -> Iterable[panel.Hit]:
    """By number, animal, or name of the customer; the latest first."""
    access: Any = request.access  # type: ignore[attr-defined]
    if not access.can(permissions.CALENDAR) or not access.modules & MODULES:
        return []
    rows = queries.found(access.in_locations(queries.bookings_with(access.business)), query)
    return [
        panel.Hit(
            f"{agenda.animals_of(one)} · {one.title}",
            reverse("business_booking", args=[access.business.slug, one.public_id]),
            agenda.when(one),
            "calendar-days",
        )
        for one in rows
    ]

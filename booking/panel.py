"""Bookings in the panel of a business: menu and first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import panel

from . import permissions, queries
from .desk_access import MODULES


def _requests(request: HttpRequest) -> int:
    """Those that wait for an answer of ours."""
    return queries.requests_with(request.access.business).count()  # type: ignore[attr-defined]


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

"""The waiting list in the panel of a business. A person finds hers among her appointments."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from booking import permissions
from booking.kinds import MODULES
from core import panel

from . import queries


def _waiting(request: HttpRequest) -> int:
    access = request.access  # type: ignore[attr-defined]
    return access.in_locations(queries.waiting_at(access.business), "offering__location").count()


panel.entry(
    panel.Entry(
        panel.HOME,
        _("Waiting list"),
        "business_waitlist",
        "hourglass",
        order=7,
        scope=panel.BUSINESS,
        modules=MODULES,
        right=permissions.CALENDAR,
        count=_waiting,
    )
)

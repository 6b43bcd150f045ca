"""The team in the menu, and the cards of people and modules on the first pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import panel

from . import permissions


def _reads_only_records(request: HttpRequest) -> bool:
    """Whoever manages the team finds the records there."""
    access: Any = getattr(request, "access", None)
    return bool(access) and not access.can(permissions.MEMBERS)


panel.entry(
    panel.Entry(
        panel.OFFICE,
        _("Team management"),
        "business_team",
        "users",
        order=10,
        scope=panel.BUSINESS,
        right=permissions.MEMBERS,
        bottom=True,
    )
)
panel.entry(
    panel.Entry(
        panel.OFFICE,
        _("Records"),
        "team_records",
        "history",
        order=11,
        scope=panel.BUSINESS,
        right=permissions.RECORDS,
        allowed=_reads_only_records,
    )
)
panel.entry(
    panel.Entry(
        panel.OFFICE,
        _("Modules"),
        "business_modules",
        "layers",
        order=80,
        scope=panel.BUSINESS,
        right=permissions.MODULES,
    )
)
panel.entry(panel.Entry(panel.ACCOUNT, _("Modules"), "panel_modules", "layers", order=60))

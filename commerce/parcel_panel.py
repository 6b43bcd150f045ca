"""Orders in the panel of a business that sells: menu, search, the first page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import panel
from teams import modules

from . import menu, permissions
from . import parcel_queries as queries

_of_seller: dict[str, Any] = {"scope": panel.BUSINESS, "module": modules.STORE}
panel.entry(
    panel.Entry(
        panel.HOME,
        _("Orders"),
        "parcels:list",
        "package",
        order=10,
        right=permissions.ORDERS,
        count=menu.count("parcels"),
        bottom=True,
        **_of_seller,
    )
)
panel.entry(
    panel.Entry(
        panel.HOME,
        _("Messages of buyers"),
        "parcels:talks",
        "mail",
        order=30,
        right=permissions.ORDERS,
        count=menu.count("talks"),
        **_of_seller,
    )
)
panel.entry(
    panel.Entry(
        panel.FINANCE,
        _("Sales summary"),
        "parcels:figures",
        "percent",
        order=3,
        right=permissions.FIGURES,
        **_of_seller,
    )
)


@panel.search(_("Orders"), scope=panel.BUSINESS)
def parcels(request: HttpRequest, query: str) -> Iterable[panel.Hit]:
    access: Any = request.access  # type: ignore[attr-defined]
    if not access.can(permissions.ORDERS) or modules.STORE not in access.modules:
        return []
    rows = queries.found(queries.parcels_of(access.business), query).order_by("-placed_at", "-pk")[:8]
    return [
        panel.Hit(
            parcel.number,
            reverse("parcels:parcel", args=[access.business.slug, parcel.public_id]),
            str(parcel.get_status_display()),
            "package",
        )
        for parcel in rows
    ]

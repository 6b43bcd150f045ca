"""What this room adds to the panels: the businesses in the switcher, the gate, the landing."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import panel

from . import access, cards, permissions, queries, team_panel  # noqa: F401  (they register themselves)

panel.gate(access.is_open)


@panel.places
def businesses(request: HttpRequest) -> Iterable[panel.Place]:
    return [access.place_in(business) for business in queries.businesses_of(request.user)]


@panel.landing(order=10)
def last_business(request: HttpRequest) -> str | None:
    """A person who works for a business returns to the one she used last."""
    business = queries.businesses_of(request.user).first()
    return business.panel_url if business else None


panel.entry(
    panel.Entry(panel.HOME, _("Today"), "business_panel", "sun", order=0, scope=panel.BUSINESS, bottom=True)
)

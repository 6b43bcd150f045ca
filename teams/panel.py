"""What this room adds to the panels: the businesses in the switcher, the gate, the landing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import panel

from . import access, cards, permissions, queries, team_panel  # noqa: F401  (they register themselves)
from .states import Status

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


def _may_see_facts(request: HttpRequest) -> bool:
    here: access.Access | None = getattr(request, "access", None)
    rights = (permissions.PROFILE, permissions.LICENCES, permissions.BANK)
    return here is not None and any(map(here.can, rights))


panel.entry(
    panel.Entry(
        panel.OFFICE,
        _("Profile"),
        "business_facts",
        "building-2",
        order=10,
        scope=panel.BUSINESS,
        allowed=_may_see_facts,
    )
)


@panel.card(order=0, scope=panel.BUSINESS)
class RegistrationCard(panel.Card):
    """What a business that is not public yet has to do, or that it has to wait."""

    right = permissions.PROFILE
    template_name = "teams/cards/registration.html"

    def is_shown(self) -> bool:
        return self.business.status in (Status.DRAFT, Status.REJECTED, Status.SUBMITTED)

    @property
    def business(self) -> Any:
        return self.request.access.business  # type: ignore[attr-defined]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"business": self.business}

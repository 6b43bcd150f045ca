"""Earnings and payouts in the panel of a business."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import panel
from finance import permissions

from . import earnings

_of_business: dict[str, Any] = {"scope": panel.BUSINESS, "right": permissions.EARNINGS}

panel.entry(panel.Entry(panel.FINANCE, _("Earnings"), "payouts:earnings", "piggy-bank", 5, **_of_business))
panel.entry(panel.Entry(panel.FINANCE, _("Payouts"), "payouts:payouts", "landmark", 30, **_of_business))


@panel.card(order=30, scope=panel.BUSINESS)
class EarningsCard(panel.Card):
    """What stands where, on the first page."""

    right = permissions.EARNINGS
    is_aside = True
    template_name = "payments/business/card.html"

    def is_shown(self) -> bool:
        self.standing = earnings.standing(self.business)
        return any(vars(self.standing).values())

    @property
    def business(self) -> Any:
        return self.request.access.business  # type: ignore[attr-defined]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"business": self.business, "standing": self.standing}

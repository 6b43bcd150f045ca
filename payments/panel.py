"""What this room adds to the panels."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import panel

from . import clocks, payout_panel, queries  # noqa: F401  (it registers itself)

panel.entry(panel.Entry(panel.FINANCE, _("Payments"), "payments:list", "credit-card", order=10))
panel.entry(panel.Entry(panel.FINANCE, _("Wallet"), "payments:wallet", "wallet", order=20))


@panel.card(order=40)
class RefundCard(panel.Card):
    """ "İade saatin": only while money is on its way back."""

    template_name = "payments/panel/_refund_card.html"

    def __init__(self, request: Any) -> None:
        super().__init__(request)
        self.refunds = queries.refunds_under_way(request.user)

    def is_shown(self) -> bool:
        return bool(self.refunds)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"refunds": [(refund, clocks.of(refund)) for refund in self.refunds]}


@panel.card(order=5)
class WalletCard(panel.Card):
    """Shown to whoever has something in it."""

    template_name = "payments/panel/_wallet_card.html"
    is_aside = True

    def __init__(self, request: Any) -> None:
        super().__init__(request)
        self.balance = queries.balance(request.user)

    def is_shown(self) -> bool:
        return self.balance > 0

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"balance": self.balance}

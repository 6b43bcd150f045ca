"""The basket on the first page of the panel."""

from __future__ import annotations

from typing import Any

from core import panel


@panel.card(order=40)
class BasketCard(panel.Card):
    """What waits in the basket. Hidden while it is empty."""

    template_name = "commerce/panel/basket_card.html"

    def is_shown(self) -> bool:
        return not self.request.basket.is_empty

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"basket": self.request.basket}

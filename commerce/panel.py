"""Orders in the menu, and the basket on the first page of the panel."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import panel
from teams import modules

from . import after_panel  # noqa: F401  (it registers itself)

panel.entry(
    panel.Entry(
        panel.HOME, _("My orders"), "my_orders", "package", order=40, module=modules.STORE, bottom=True
    )
)


@panel.card(order=40)
class BasketCard(panel.Card):
    """What waits in the basket. Hidden while it is empty."""

    template_name = "commerce/panel/basket_card.html"
    module = modules.STORE

    def is_shown(self) -> bool:
        return not self.request.basket.is_empty

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"basket": self.request.basket}

"""Orders in the menu, and the basket on the first page of the panel; goods in that of a business."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import panel
from teams import modules

from . import after_panel, menu, parcel_panel, permissions  # noqa: F401  (they register themselves)

SHOP = panel.Section(20, _("Store"))

panel.entry(
    panel.Entry(
        panel.HOME, _("My orders"), "my_orders", "package", order=40, module=modules.STORE, bottom=True
    )
)

panel.entry(
    panel.Entry(
        panel.OFFICE,
        _("Ways of delivery"),
        "deliveries:list",
        "truck",
        order=30,
        scope=panel.BUSINESS,
        module=modules.STORE,
        right=permissions.DELIVERY,
    )
)


for _order, _label, _url, _icon, _more in (
    (10, _("Products"), "business_products", "tag", {}),
    (20, _("Stock"), "business_stock", "layers", {"count": menu.count("low")}),
):
    panel.entry(
        panel.Entry(
            SHOP,
            _label,
            _url,
            _icon,
            order=_order,
            scope=panel.BUSINESS,
            module=modules.STORE,
            right=permissions.PRODUCTS,
            **_more,
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

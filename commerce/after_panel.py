"""Returns, reviews and the wish list in the menus of buyers and sellers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from commerce import menu, permissions
from core import panel
from teams import modules

SHOP = panel.Section(20, _("Store"))


for _order, _label, _url, _icon in (
    (41, _("My returns"), "my_returns", "undo-2"),
    (42, _("Wish list"), "my_wishes", "star"),
    (43, _("My reviews"), "my_reviews", "pencil"),
):
    panel.entry(panel.Entry(panel.HOME, _label, _url, _icon, order=_order, module=modules.STORE))

_of_seller: dict[str, Any] = {"scope": panel.BUSINESS, "module": modules.STORE}
panel.entry(
    panel.Entry(
        SHOP,
        _("Returns"),
        "seller_returns",
        "undo-2",
        40,
        right=permissions.RETURNS,
        count=menu.count("returns"),
        **_of_seller,
    )
)
panel.entry(
    panel.Entry(SHOP, _("Reviews"), "seller_reviews", "star", 50, right=permissions.REVIEWS, **_of_seller)
)

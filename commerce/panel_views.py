"""What a person has ordered, in her own panel."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404

from core import panel
from teams import modules

from . import orders

PAGE = 20


class Orders(panel.PanelView):
    template_name = "commerce/panel/orders.html"
    module = modules.STORE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = orders.orders_of(self.request.user)
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


class OrderDetail(panel.PanelView):
    template_name = "commerce/panel/order.html"
    module = modules.STORE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = get_object_or_404(orders.details_of(self.request.user), number=self.kwargs["number"])
        return super().get_context_data(
            order=order, lines=list(order.lines.all()), parcels=orders.parcels_of(order), **kwargs
        )

"""Oscar's pages without the buttons that would move an order past its parcels, its stock or its money."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from oscar.apps.dashboard.orders import views
from oscar.core.loading import get_model

from payments.models import Payment

SellerOrder = get_model("order", "SellerOrder")
READ_PAYMENTS = "payments.read_payments"


class OrderList(views.OrderListView):
    actions = ("download_selected_orders",)

    def get_queryset(self) -> Any:
        return super().get_queryset().prefetch_related("parcels")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for order in context["orders"]:
            _in_words(order)
        return context


class OrderDetail(views.OrderDetailView):
    order_actions = ("save_note", "delete_note")
    line_actions = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parcels = list(self.object.parcels.select_related("business").order_by("position"))
        paid = self._payments(parcels) if self.request.user.has_perm(READ_PAYMENTS) else []
        context = super().get_context_data(parcels=parcels, payments=paid, **kwargs)
        _in_words(self.object)
        return context

    def _payments(self, parcels: list[Any]) -> list[Payment]:
        own = {
            "items__payable_type": ContentType.objects.get_for_model(SellerOrder),
            "items__payable_id__in": [parcel.pk for parcel in parcels],
        }
        return list(Payment.objects.filter(**own).distinct().order_by("pk"))


def _in_words(order: Any) -> None:
    """Oscar's templates print the code of a state; this row is only shown, never saved."""
    order.status = order.get_status_display()

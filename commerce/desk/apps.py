"""Orders in Oscar's dashboard: read by staff, moved by their parcels alone."""

from oscar.apps.dashboard.orders import apps


class OrdersDashboardConfig(apps.OrdersDashboardConfig):
    name = "commerce.desk"

    def ready(self):
        super().ready()
        from . import views

        self.order_list_view = views.OrderList
        self.order_detail_view = views.OrderDetail

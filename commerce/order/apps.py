"""Oscar's orders, taken apart by seller."""

from oscar.apps.order import apps


class OrderConfig(apps.OrderConfig):
    name = "commerce.order"

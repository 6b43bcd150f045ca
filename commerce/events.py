"""Lines this room writes into the journal."""

ORDER_PLACED = "commerce.order_placed"
ORDER_PAID = "commerce.order_paid"
ORDER_RELEASED = "commerce.order_released"  # never paid; its stock is free again
PARCEL_RELEASED = "commerce.parcel_released"  # of an order that was never paid; its seller never saw it
PARCEL_PAID = "commerce.parcel_paid"
PARCEL_ACCEPTED = "commerce.parcel_accepted"
PARCEL_PREPARED = "commerce.parcel_prepared"
PARCEL_SHIPPED = "commerce.parcel_shipped"
PARCEL_DELIVERED = "commerce.parcel_delivered"
PARCEL_CLOSED = "commerce.parcel_closed"
PARCEL_CANCELLED = "commerce.parcel_cancelled"
PARCEL_RETURNED = "commerce.parcel_returned"
DELIVERY_CHANGED = "commerce.delivery_changed"

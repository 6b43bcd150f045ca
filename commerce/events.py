"""Lines this room writes into the journal."""

ORDER_PLACED = "commerce.order_placed"
ORDER_RELEASED = "commerce.order_released"  # never paid; its stock is free again
PARCEL_PAID = "commerce.parcel_paid"
PARCEL_ACCEPTED = "commerce.parcel_accepted"
PARCEL_PREPARED = "commerce.parcel_prepared"
PARCEL_SHIPPED = "commerce.parcel_shipped"
PARCEL_DELIVERED = "commerce.parcel_delivered"
PARCEL_CLOSED = "commerce.parcel_closed"
PARCEL_CANCELLED = "commerce.parcel_cancelled"
PARCEL_RETURNED = "commerce.parcel_returned"
PARCEL_CORRECTED = "commerce.parcel_corrected"  # carrier or number, after it left
PARCEL_LATE = "commerce.parcel_late"
MESSAGE_SENT = "commerce.message_sent"
TALK_REPORTED = "commerce.talk_reported"
TALK_READ = "commerce.talk_read_by_staff"
TERMS_CHANGED = "commerce.shipping_terms_changed"
ORDERS_TAKEN = "commerce.orders_taken"  # as a file

"""Lines this room writes into the journal."""

HELD = "booking.held"
REQUESTED = "booking.requested"
CONFIRMED = "booking.confirmed"
DECLINED = "booking.declined"
EXPIRED = "booking.expired"
CANCELLED = "booking.cancelled"
MOVED = "booking.moved"
REASSIGNED = "booking.reassigned"  # the same time, on other resources
ARRIVED = "booking.arrived"
TAKEN_IN = "booking.taken_in"
COMPLETED = "booking.completed"
MISSED = "booking.missed"  # nobody came
REOPENED = "booking.reopened"  # a step taken back
COMING = "booking.coming"  # she said that she comes
REMINDED = "booking.reminder_due"
LATE_MONEY = "booking.late_money"  # its time was taken meanwhile; the money went back

OFFERING_SAVED = "booking.offering_saved"
OFFERING_OPENED = "booking.offering_opened"
OFFERING_CLOSED = "booking.offering_closed"
RESOURCE_SAVED = "booking.resource_saved"
RESOURCE_RETIRED = "booking.resource_retired"
SHIFTS_EDITED = "booking.shifts_edited"
ABSENCE_ADDED = "booking.absence_added"
ABSENCE_REMOVED = "booking.absence_removed"
FEED_ADDED = "booking.feed_added"
FEED_REMOVED = "booking.feed_removed"

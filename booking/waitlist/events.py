"""Lines the waiting list writes into the journal."""

JOINED = "waitlist.joined"
OFFERED = "waitlist.offered"
BOOKED = "waitlist.booked"
PASSED = "waitlist.passed"
EXPIRED = "waitlist.expired"  # the half hour went by
ENDED = "waitlist.ended"  # its days went by
WITHDRAWN = "waitlist.withdrawn"

"""Names of journal lines about people."""

CONTACT_ASKED = "accounts.contact_change_asked"
CONTACT_CHANGED = "accounts.contact_changed"
SMS_QUEUED = "accounts.sms_queued"

SUSPENDED = "accounts.suspended"
RETURNED = "accounts.returned"

CONSENT_GIVEN = "accounts.consent_given"
CONSENT_WITHDRAWN = "accounts.consent_withdrawn"

CLOSING = "accounts.closing"
REOPENED = "accounts.reopened"
ERASED = "accounts.erased"
DATA_ERASED = "accounts.data_erased"  # the record of destruction: what was kept

DATA_ASKED = "accounts.data_asked"
DATA_CLOCK = "accounts.data_clock"  # due at day 20 and day 27
DATA_WAITING = "accounts.data_waiting"
DATA_ANSWERED = "accounts.data_answered"
DATA_WITHDRAWN = "accounts.data_withdrawn"

ADDRESS_ADDED = "accounts.address_added"
ADDRESS_CHANGED = "accounts.address_changed"
ADDRESS_DELETED = "accounts.address_deleted"
NEW_DEVICE = "accounts.new_device"  # somebody signed in from a browser that this account has not seen

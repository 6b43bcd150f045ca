"""Names of journal lines of this room."""

RATE_ANNOUNCED = "finance.rate_announced"
RATE_TAKEN_BACK = "finance.rate_taken_back"

DOCUMENT_ISSUED = "finance.document_issued"
DOCUMENT_MADE = "finance.document_made"  # its PDF lies there
DOCUMENT_E_MOVED = "finance.document_e_state"
BUNDLE_ASKED = "finance.bundle_asked"
BUNDLE_READY = "finance.bundle_ready"
BUNDLE_FAILED = "finance.bundle_failed"
MAILS_SWITCHED = "finance.document_mails_switched"

"""Lines about what has to be there on arrival."""

SAVED = "requirements.saved"
RETIRED = "requirements.retired"
FILLED = "requirements.filled"
SEEN = "requirements.seen"
UNSEEN = "requirements.unseen"
WAIVED = "requirements.waived"
FORGOTTEN = "requirements.care_forgotten"

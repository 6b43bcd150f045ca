"""Names of journal lines."""

RATE_ANNOUNCED = "finance.rate_announced"
RATE_TAKEN_BACK = "finance.rate_taken_back"

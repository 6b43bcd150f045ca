"""How long things take in the store, in one place."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

KEPT_FOR = timedelta(hours=1)  # an order nobody has paid; an open way to pay keeps it longer
ASK_AGAIN_AFTER = timedelta(minutes=10)  # money may still come, and nobody knows until when
PAID_AT_ONCE = timedelta(days=1)  # what is paid later (a transfer) arrives so many business days later
WITHDRAWAL_DAYS = 14
STANDARD_PRICE, STANDARD_FREE_ABOVE = Decimal("49.90"), Decimal("750.00")
STANDARD_DAYS = (1, 3)

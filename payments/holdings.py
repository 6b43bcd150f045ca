"""Personal data of this room."""

from . import payout_holdings  # noqa: F401  (it declares itself)

"""What this room adds to the panels."""

from . import payout_panel  # noqa: F401  (it registers itself)

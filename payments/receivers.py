"""Reactions to journal lines."""

from . import payout_receivers  # noqa: F401  (they register themselves)

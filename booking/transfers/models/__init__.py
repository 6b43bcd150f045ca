"""Shapes of transfers: what is asked and quoted, and what happens on the road."""

from .asking import Acceptance, Box, Quote, RequestPet, TransferRequest, Way, Wish
from .road import TrackingEvent, TransferJob

__all__ = [
    "Acceptance",
    "Box",
    "Quote",
    "RequestPet",
    "TrackingEvent",
    "TransferJob",
    "TransferRequest",
    "Way",
    "Wish",
]

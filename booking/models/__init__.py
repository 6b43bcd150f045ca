"""Shapes of this room, one module for each noun."""

from .bookings import Booking, BookingItem, Claim
from .links import CalendarLink
from .offerings import Need, Offering
from .resources import Absence, BusyFeed, FeedFailure, Resource, Shift

__all__ = [
    "Absence",
    "Booking",
    "BookingItem",
    "BusyFeed",
    "CalendarLink",
    "Claim",
    "FeedFailure",
    "Need",
    "Offering",
    "Resource",
    "Shift",
]

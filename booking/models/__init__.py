"""Shapes of this room, one module for each noun."""

from .bookings import Booking, BookingItem, Claim
from .links import CalendarLink
from .offerings import Need, Offering
from .resources import Absence, BusyFeed, Resource, Shift

__all__ = [
    "Absence",
    "Booking",
    "BookingItem",
    "BusyFeed",
    "CalendarLink",
    "Claim",
    "Need",
    "Offering",
    "Resource",
    "Shift",
]

"""The same hotel as for stays."""

from tests.booking.stays.conftest import booked, duman, hotel, stay  # noqa: F401

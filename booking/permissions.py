"""Rights within a business that bookings ask for."""

from django.utils.translation import gettext_lazy as _

from teams.rights import MANAGER, RECEPTION, STAFF, TECHNICIAN, VET, declare

CALENDAR = declare(
    "booking.calendar",
    _("See and run the day: calendar, arrivals, requests"),
    to={MANAGER, VET, TECHNICIAN, RECEPTION, STAFF},
)
OFFERINGS = declare("booking.offerings", _("Say what can be booked, on what it rests and when"), to={MANAGER})
FIGURES = declare("booking.figures", _("Read the figures of bookings"), to={MANAGER})

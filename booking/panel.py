"""Bookings in the menu of a person."""

from django.utils.translation import gettext_lazy as _

from core import panel
from teams import modules

panel.entry(
    panel.Entry(
        panel.HOME,
        _("My appointments"),
        "my_bookings",
        "calendar-days",
        order=20,
        module=modules.APPOINTMENT,
        bottom=True,
    )
)

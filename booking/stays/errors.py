"""What stays refuse, in words for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class NotHere(Refused):
    code = "not_in_service"
    message = _("Reports are written while the animal is with you.")


class TooManyPhotos(Refused):
    code = "too_many_photos"
    message = _("A report has six pictures at most.")


class WrongDay(Refused):
    """Not after the arrival, already gone, or the day it is anyway."""

    code = "wrong_day"
    message = _("It cannot end on that day. Choose one of those shown.")


class NotNow(Refused):
    code = "not_now"
    message = _("The day of leaving can be changed for stays that are fixed or under way.")


class AnotherRoom(Refused):
    """The own room is taken in those nights, another one is free: asked first."""

    code = "another_room"
    message = _("In those nights only another room is free. Say whether that is all right.")


class AsksFirst(Refused):
    code = "asks_first"
    message = _("This business answers each request itself. Send it your wish.")


class TooMuchBack(Refused):
    code = "too_much_back"
    message = _("More than the unused nights cost, or than was paid, cannot be given back.")


class Decided(Refused):
    code = "decided"
    message = _("That has been decided already.")

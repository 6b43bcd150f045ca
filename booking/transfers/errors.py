"""What transfers refuse, in words for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class TooManyRequests(Refused):
    code = "too_many_requests"
    message = _("You wait for enough answers already. Take one of your requests back first.")


class RequestOver(Refused):
    code = "request_over"
    message = _("This request is not open any more.")


class QuoteOver(Refused):
    """Expired, replaced or answered between the look and the press."""

    code = "quote_over"
    message = _("This quote does not hold any more. Nothing was charged; look at the request again.")


class VehicleTaken(Refused):
    code = "vehicle_taken"
    message = _(
        "The vehicle or the driver of this quote has been taken meanwhile. Nothing was charged; "
        "the carrier was asked for a new quote."
    )


class NoPlate(Refused):
    code = "no_plate"
    message = _("We do not know the permit of this vehicle: write its plate into its name.")


class WrongVehicle(Refused):
    code = "wrong_vehicle"
    message = _("Choose a vehicle and a driver on whom this service rests.")


class WrongMoment(Refused):
    code = "wrong_moment"
    message = _("This is not possible at this point of the journey. Look at it again.")


class TooEarly(Refused):
    code = "too_early"
    message = _("It is too early for the pick-up.")


class WrongCode(Refused):
    code = "wrong_code"
    message = _("This is not the hand-over code. Ask for it again.")


class CodeSpent(Refused):
    """As many wrong codes as are allowed: only the owner can make a new one."""

    code = "code_spent"
    message = _("Five wrong codes. The owner has to make a new one on her page.")


class ByDriver(Refused):
    """A step of a booking that follows its journey."""

    code = "by_driver"
    message = _("The driver does this on the page of the journey.")


class OnTheRoad(Refused):
    code = "on_the_road"
    message = _("The animal is in the vehicle: it is delivered or brought back first.")


class TooMuch(Refused):
    code = "too_many_events"
    message = _("This journey has as many events as it can hold.")

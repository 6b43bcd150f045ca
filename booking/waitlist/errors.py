"""What the waiting list refuses, in words for people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class WrongDays(Refused):
    code = "wrong_days"
    message = _("Choose days from today on, at most a month, and as far ahead as one can book.")


class TooManyWaits(Refused):
    code = "too_many_waits"
    message = _("You are waiting for five times already. Give up one of them first.")


class WaitsAlready(Refused):
    code = "waits_already"
    message = _("You are waiting for this on some of these days already.")


class TimeIsFree(Refused):
    """Nothing to wait for: `slot` can be booked now."""

    code = "time_is_free"
    message = _("There is a free time in these days. You can book it right now.")

    def __init__(self, slot: Any = None) -> None:
        super().__init__()
        self.slot = slot

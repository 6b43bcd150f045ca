"""Refusals of the store, in words for people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class NumberIsWrong(Refused):
    code = "tracking_number"
    message: Any = _("This number cannot be right.")

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message or self.message


class NotOnItsWay(Refused):
    code = "not_on_its_way"
    message = _("A number can be corrected while the parcel is on its way.")


class NotLate(Refused):
    code = "not_late"
    message = _("This parcel is not late. You can still cancel it on the page of the order.")


class NothingToTalkAbout(Refused):
    code = "no_talk"
    message = _("Messages begin once the order is paid.")


class AlreadyReported(Refused):
    code = "already_reported"
    message = _("Support reads along already.")

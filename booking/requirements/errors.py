"""What is refused about requirements, in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class StillMissing(Refused):
    """Not everything is there that has to be. `lines` are those that stop it."""

    code = "requirements_missing"

    def __init__(self, lines: Sequence[Any]) -> None:
        super().__init__(lines)
        self.lines = list(lines)
        self.message = gettext(
            "Not checked in yet: %(what)s. Enter it under “On arrival” on this page, tick what you have "
            "seen, or waive what is your own condition."
        ) % {"what": "; ".join(line.sentence for line in lines)}


class NothingToSee(Refused):
    code = "nothing_to_see"
    message = _("There is no number and no date yet. Enter what the papers say; that counts as seen.")


class IsCompulsory(Refused):
    code = "is_compulsory"
    message = _("The law asks for it; it cannot be waived.")


class NoReason(Refused):
    code = "no_reason"
    message = _("Say why.")


class Over(Refused):
    code = "requirements_over"
    message = _("This booking is over; nothing can be entered any more.")


class AskedAlready(Refused):
    code = "asked_already"
    message = _("You ask for it already.")

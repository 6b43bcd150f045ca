"""What bookings refuse, in words for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class SlotTaken(Refused):
    code = "slot_taken"
    message = _("Somebody was quicker: this time has just been taken. Nothing was charged.")


class NotOffered(Refused):
    """Outside the hours, too soon, too far ahead, or not at such a minute."""

    code = "not_offered"
    message = _("This time is not offered. Choose one of the times shown.")


class ByQuote(Refused):
    """Its price and its time are agreed with the provider; no time of it can be taken without."""

    code = "by_quote"
    message = _("Price and time of this are agreed with the provider first.")


class Closed(Refused):
    code = "offering_closed"
    message = _("This cannot be booked at the moment.")


class NoPermit(Closed):
    """The permit of the business does not cover this animal at this address on that day."""

    code = "no_permit"
    message: Any = _("The permit of this business does not cover this animal on that day.")


class PermitElsewhere(NoPermit):
    message = _("The permit of this business is for another address. Nothing can be booked at this one.")


class PermitForOtherWork(NoPermit):
    message = _("The permit of this business at this address is for other work.")


class PermitEnds(NoPermit):
    """Not valid on this day, or in the night that begins on it."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day
        self.message = gettext("On %(day)s the permit of this business is not valid.") % {
            "day": date_format(day, "j F Y")
        }


class PermitForOtherAnimals(NoPermit):
    def __init__(self, names: Iterable[Any]) -> None:
        super().__init__(names)
        animals = ", ".join(sorted(str(one) for one in names))
        self.message = gettext("The permit of this business does not cover: %(animals)s.") % {
            "animals": animals
        }


class WrongPets(Refused):
    code = "wrong_pets"
    message = _("Choose the animals this is for. It is not offered for all you chose.")


class TooManyHolds(Refused):
    code = "too_many_holds"
    message = _("You are keeping three times already. Take or leave one of them first.")


class HoldOver(Refused):
    code = "hold_over"
    message = _("This time is not kept for you any more. Nothing was charged; choose it again if it is free.")


class ResourceInUse(Refused):
    code = "resource_in_use"
    message = _("Something is booked on it. Move those bookings first.")


class Incomplete(Refused):
    """An offering that rests on nothing has no times."""

    code = "offering_incomplete"
    message = _("Say first on whom or what it rests; otherwise it has no times.")


class WrongFacts(Refused):
    """A kind not offered here, a branch or a resource of somebody else, a policy without sense."""

    code = "wrong_facts"
    message = _("These facts do not fit together.")


class NameTaken(Refused):
    code = "name_taken"
    message = _("There is one with this name in this branch already.")


class TooLate(Refused):
    code = "too_late"
    message = _("It has begun already. Write to the provider.")


class AmountChanged(Refused):
    """What would go back is not what was shown: time has passed since."""

    code = "amount_changed"
    message = _("The amount that goes back has changed since you looked. See it again and decide anew.")

"""The verbs of the store. Other rooms use what is named here."""

from .again import buy_again
from .deliveries import remove_delivery, save_delivery
from .placing import place
from .releasing import cancel_unpaid, release_due

__all__ = ["buy_again", "cancel_unpaid", "place", "release_due", "remove_delivery", "save_delivery"]

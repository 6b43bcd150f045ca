"""Verbs of this room, one module for each idea."""

from .cancelling import cancel, decline
from .earning import earn_due
from .holding import hold, take_free, take_money
from .lives import accept, arrive, complete, miss, reopen
from .moving import move
from .reminding import remind_due
from .timing import end_due

__all__ = [
    "accept",
    "arrive",
    "cancel",
    "complete",
    "decline",
    "earn_due",
    "end_due",
    "hold",
    "miss",
    "move",
    "remind_due",
    "reopen",
    "take_free",
    "take_money",
]

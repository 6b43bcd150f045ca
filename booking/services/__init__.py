"""Verbs of this room, one module for each idea."""

from .answering import say_coming
from .cancelling import cancel, decline
from .earning import earn_due
from .feeding import add_feed, read_feeds, remove_feed
from .holding import hold, take_free, take_money
from .lives import accept, arrive, complete, miss, reopen, take_in
from .moving import move
from .offerings import Wanted, close_offering, open_offering, save_offering
from .rearranging import rearrange
from .reminding import remind_due
from .resources import add_absence, remove_absence, retire_resource, save_resource, set_shifts
from .setting_up import set_up
from .timing import end_due
from .walk_ins import Guest, walk_in

__all__ = [
    "Guest",
    "Wanted",
    "accept",
    "add_absence",
    "add_feed",
    "arrive",
    "cancel",
    "close_offering",
    "complete",
    "decline",
    "earn_due",
    "end_due",
    "hold",
    "miss",
    "move",
    "open_offering",
    "read_feeds",
    "rearrange",
    "remind_due",
    "remove_absence",
    "remove_feed",
    "reopen",
    "retire_resource",
    "save_offering",
    "save_resource",
    "say_coming",
    "set_shifts",
    "set_up",
    "take_free",
    "take_in",
    "take_money",
    "walk_in",
]

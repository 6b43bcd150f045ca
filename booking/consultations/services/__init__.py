"""Verbs of consultations, one module for each idea."""

from .absences import report_nobody
from .entering import enter, leave
from .exchanging import exchange
from .forgetting import forget_old
from .opening import make_room, set_address, tell_due
from .summaries import add, save_draft, send

__all__ = [
    "add",
    "enter",
    "exchange",
    "forget_old",
    "leave",
    "make_room",
    "report_nobody",
    "save_draft",
    "send",
    "set_address",
    "tell_due",
]

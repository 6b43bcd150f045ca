"""The verbs: plan, announce, change, run, tell."""

from .announcing import announce, call_off, change
from .planning import discard, draft, edit
from .running import begin, end, keep_time, prolong, update
from .telling import remind, sweep, tell_next

__all__ = [
    "announce",
    "begin",
    "call_off",
    "change",
    "discard",
    "draft",
    "edit",
    "end",
    "keep_time",
    "prolong",
    "remind",
    "sweep",
    "tell_next",
    "update",
]

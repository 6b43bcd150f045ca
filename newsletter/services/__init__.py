"""The verbs: subscribe, prepare, release, send, tell İYS."""

from .assembling import assemble
from .editing import edit, reopen, send_back, send_test, skip, submit
from .forgetting import forget_old
from .releasing import decide_unknown, pause, release, resume
from .sending import flag_lost, send_batch
from .subscribing import Where, ask, change, confirm, stop, undo_stop

__all__ = [
    "Where",
    "ask",
    "assemble",
    "change",
    "confirm",
    "decide_unknown",
    "edit",
    "flag_lost",
    "forget_old",
    "pause",
    "release",
    "reopen",
    "resume",
    "send_back",
    "send_batch",
    "send_test",
    "skip",
    "stop",
    "submit",
    "undo_stop",
]

"""Verbs of transfers, one module for each idea."""

from .accepting import accept, make_job, open_again
from .asking import Road, ask, withdraw
from .ending import end_due, warn_due
from .forgetting import forget_old
from .handing_over import confirm, confirm_due, deliver, dispute, leave, new_code
from .quoting import Terms, decline, quote
from .riding import Told, bring_back, depart, pick_up, report_problem, solve, tell
from .sharing import send_driver_link, share, stop_sharing, tell_events

__all__ = [
    "Road",
    "Terms",
    "Told",
    "accept",
    "ask",
    "bring_back",
    "confirm",
    "confirm_due",
    "decline",
    "deliver",
    "depart",
    "dispute",
    "end_due",
    "forget_old",
    "leave",
    "make_job",
    "new_code",
    "open_again",
    "pick_up",
    "quote",
    "report_problem",
    "send_driver_link",
    "share",
    "solve",
    "stop_sharing",
    "tell",
    "tell_events",
    "warn_due",
    "withdraw",
]

"""The verbs: tell, read, deliver, choose."""

from .choosing import choose
from .delivering import bounced, hand_over, settle
from .digests import send_digests
from .reading import mark_read, mark_unread, open_notice
from .telling import notify, retract, reword

__all__ = [
    "bounced",
    "choose",
    "hand_over",
    "mark_read",
    "mark_unread",
    "notify",
    "open_notice",
    "retract",
    "reword",
    "send_digests",
    "settle",
]

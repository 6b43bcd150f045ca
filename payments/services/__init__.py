"""The verbs of this room. Other rooms use what is named here."""

from .asking import ask_due, look_up_attempt
from .by_hand import confirm_by_hand, sent_by_hand, take_over, try_again
from .choosing import choose
from .expiring import cancel_payment, expire_due, give_up
from .hearing import take_callback, take_return
from .resolving import nothing_came, return_it
from .returning import refund_item
from .settling import book_fee, settle
from .starting import start_payment
from .submitting import send, send_due, watch
from .topping_up import top_up
from .ways_open import set_way

__all__ = [
    "ask_due",
    "book_fee",
    "cancel_payment",
    "choose",
    "confirm_by_hand",
    "expire_due",
    "give_up",
    "look_up_attempt",
    "nothing_came",
    "refund_item",
    "return_it",
    "send",
    "send_due",
    "sent_by_hand",
    "set_way",
    "settle",
    "start_payment",
    "take_callback",
    "take_over",
    "take_return",
    "top_up",
    "try_again",
    "watch",
]

"""The verbs of this room. Import the module: `from accounts import services`."""

from .addresses import add_address, change_address, delete_address
from .closing import begin_closing, erase_account, erase_due, take_back_closing
from .consents import give_consent, withdraw_consent
from .contact import ask_change, confirm_change
from .requests import (
    answer_request,
    ask_for_data,
    delete_old_exports,
    make_export,
    note_waiting,
    withdraw_request,
)
from .suspension import end_pauses, return_account, suspend_account

__all__ = [
    "add_address",
    "answer_request",
    "ask_change",
    "ask_for_data",
    "begin_closing",
    "change_address",
    "confirm_change",
    "delete_address",
    "delete_old_exports",
    "end_pauses",
    "erase_account",
    "erase_due",
    "give_consent",
    "make_export",
    "note_waiting",
    "return_account",
    "suspend_account",
    "take_back_closing",
    "withdraw_consent",
    "withdraw_request",
]

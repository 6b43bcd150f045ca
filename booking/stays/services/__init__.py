"""Verbs of stays, one module for each idea."""

from .leaving import decide_back, decline_wish, extend, shorten, take_back_wish, wish
from .reports import Picture, write_report

__all__ = [
    "Picture",
    "decide_back",
    "decline_wish",
    "extend",
    "shorten",
    "take_back_wish",
    "wish",
    "write_report",
]

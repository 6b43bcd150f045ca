"""What a course may be."""

from __future__ import annotations

from datetime import timedelta

from ..rules import MOST_TOGETHER

FEWEST, MOST = 2, MOST_TOGETHER  # sessions
MOST_WEEKS = 8  # from one session to the next
AROUND = timedelta(days=3)  # a session whose time is taken may lie so far from its day
MOST_SHOWN = 6  # times instead

"""How long things take on the waiting list, in one place."""

from __future__ import annotations

from datetime import time, timedelta

OFFERED_FOR = timedelta(minutes=30)  # a time that became free is kept for whoever is next
HOURS = (time(8), time(22))  # of the day in which times are offered: by night nobody answers in half an hour
MOST_WAITS = 5  # open ones of one person
MOST_DAYS = 31  # in one entry
MOST_NIGHTS = 60
LOOKED_AT = 200  # entries of a business at once
SWEPT = 50  # businesses in one sweep

"""How long things take in bookings, in one place."""

from __future__ import annotations

from datetime import timedelta

HELD_FOR = timedelta(minutes=10)
MOST_HOLDS = 3  # open ones of one person
MOST_TOGETHER = 12  # times that are held and paid as one
ANSWER_WITHIN = timedelta(hours=24)  # a request that nobody answers ends, and what was paid goes back
EARNED_AFTER = timedelta(hours=24)  # after the end of the service
REMIND = (timedelta(hours=48), timedelta(hours=3))  # before the start, each once
FEED_EVERY = timedelta(minutes=15)
FEED_AHEAD = timedelta(days=180)  # of a calendar kept elsewhere
MOST_BUSY = 2000  # stretches of one calendar kept elsewhere

# (hours before the start, percent that goes back): the first tier that still holds decides.
POLICY = [[24, 100], [3, 50]]

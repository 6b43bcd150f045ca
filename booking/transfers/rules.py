"""How long things take with transfers, in one place."""

from __future__ import annotations

from datetime import timedelta

MOST_OPEN = 5  # requests of one person that wait for an answer or for hers
ASKS_A_DAY = 20  # whoever asks and takes back all day long asks nobody any more
ANSWER_WITHIN = timedelta(hours=24)  # a request that no carrier answers ends
QUOTE_HOLDS = timedelta(hours=24)  # unless its carrier says otherwise; at most until the pick-up
QUOTE_AT_LEAST = timedelta(minutes=30)  # time to read it
WARN_BEFORE = timedelta(hours=2)  # a quote ends
FARTHEST = timedelta(days=180)
LONGEST_MINUTES = 24 * 60
MOST_PETS = 6
MOST_TRIES = 5  # of a hand-over code; then the owner makes a new one
CONFIRM_WITHIN = timedelta(hours=24)  # delivered without the code: silence means yes
PICK_UP_EARLY = timedelta(hours=3)  # before the agreed time
PLACES_KEPT = timedelta(days=90)  # after the end of the journey
REQUESTS_KEPT = timedelta(days=90)  # that came to nothing
DRIVER_LINK_AFTER = timedelta(hours=48)  # past the planned end, if the journey has not ended by itself
CLOCK_SLACK = timedelta(minutes=5)  # a phone may run ahead so far
MOST_EVENTS = 200  # of one journey

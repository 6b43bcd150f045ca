"""How long things take in a consultation, and how much it holds, in one place."""

from __future__ import annotations

from datetime import timedelta

OPENS_BEFORE = timedelta(minutes=10)  # before the start of the booking
CLOSES_AFTER = timedelta(minutes=15)  # after its end: a talk that began late is finished
TELL_BEFORE = timedelta(minutes=20)  # before the start, so ten minutes before the room opens

# Nobody of the business came: the owner may say so from ten minutes after the start on. Until the money is
# earned (`booking.rules.EARNED_AFTER` after the end) it goes back by one press.
NOBODY_AFTER = timedelta(minutes=10)
NOBODY_UNTIL = timedelta(hours=24)

TOKEN_LIVES = timedelta(minutes=2)  # a key to the room; whoever is inside gets a new one in time
TOKEN_RENEWED_AFTER = timedelta(minutes=1)  # then the right to be here is asked anew
SEEN_EVERY = timedelta(seconds=5)  # how often a row says that somebody is still there
AWAY_AFTER = timedelta(seconds=20)  # not heard of for so long: the line of the other side is down

SIGNALS_KEPT = timedelta(hours=1)
RECORD_KEPT = timedelta(days=2 * 365)  # who was there and what was written; claims end after two years

MOST_SIGNALS = 60  # in one exchange
LARGEST_EXCHANGE = 256 * 1024
LONGEST_MESSAGE = 1000
MESSAGES_A_MINUTE, SIGNALS_A_MINUTE = 30, 200  # signals are counted by the exchanges that bring some

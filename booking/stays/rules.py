"""Limits of stays, in one place."""

MOST_PHOTOS = 6  # of one day
LARGE, SMALL = 1600, 480  # longest edges of a picture
MORE_NIGHTS = 14  # that are offered at once

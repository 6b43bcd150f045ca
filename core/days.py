"""Local days as moments."""

from datetime import date, datetime, time

from django.utils import timezone


def midnight(day: date) -> datetime:
    """When this day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))

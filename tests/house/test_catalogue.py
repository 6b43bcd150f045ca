"""Every text has its Turkish."""

from datetime import date

from babel.dates import format_date
from django.utils import translation
from django.utils.formats import date_format

from dev import messages


def test_no_hole_and_nothing_stale():
    assert messages.problems() == []


def test_a_hole_would_be_seen():
    catalogue = messages.merged()
    catalogue.add("A text nobody has translated", None)
    catalogue.add("%(count)s pets", "%(number)s hayvan")
    assert {"A text nobody has translated", "%(count)s pets"} <= set(messages.holes(catalogue))


def test_no_text_of_ours_takes_the_name_of_a_month_or_day():
    """`May` is a month to Django: a text of that spelling would rename it on every page."""
    days = [date(2026, month, day) for month in range(1, 13) for day in range(1, 8)]
    with translation.override("tr"):
        for day in days:
            assert date_format(day, "F l") == format_date(day, "LLLL cccc", locale="tr")

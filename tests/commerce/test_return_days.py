"""The table of deadlines: month ends, leap days, holidays, late deliveries, buyers who were not told."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from commerce import return_days as days

D = date.fromisoformat
ISTANBUL = ZoneInfo("Europe/Istanbul")

# Delivered on, last day for withdrawing (told of the right).
TOLD = [
    ("2026-01-01", "2026-01-15"),  # New Year's Day
    ("2026-01-17", "2026-01-31"),  # ends with the month
    ("2026-01-18", "2026-02-01"),
    ("2026-02-14", "2026-02-28"),  # end of a short February
    ("2026-02-15", "2026-03-01"),
    ("2026-02-28", "2026-03-14"),
    ("2028-02-14", "2028-02-28"),  # leap year: one day before its end
    ("2028-02-15", "2028-02-29"),  # on the leap day
    ("2028-02-16", "2028-03-01"),
    ("2028-02-29", "2028-03-14"),  # delivered on the leap day
    ("2026-03-06", "2026-03-20"),  # first day of the feast of Ramazan
    ("2026-03-07", "2026-03-21"),
    ("2026-04-09", "2026-04-23"),  # children's day
    ("2026-04-17", "2026-05-01"),  # labour day
    ("2026-05-05", "2026-05-19"),
    ("2026-05-13", "2026-05-27"),  # feast of sacrifice
    ("2026-06-16", "2026-06-30"),
    ("2026-07-01", "2026-07-15"),
    ("2026-08-16", "2026-08-30"),
    ("2026-10-15", "2026-10-29"),  # republic day
    ("2026-11-16", "2026-11-30"),
    ("2026-12-17", "2026-12-31"),  # last day of the year
    ("2026-12-18", "2027-01-01"),  # into the new year
    ("2026-12-31", "2027-01-14"),
    ("2026-06-06", "2026-06-20"),  # a Saturday
    ("2026-06-07", "2026-06-21"),  # a Sunday: it is not moved to Monday
]
# Not told: a year more, from the end of the 14 days.
NOT_TOLD = [
    ("2026-01-01", "2027-01-15"),
    ("2026-02-14", "2027-02-28"),
    ("2026-02-15", "2027-03-01"),
    ("2027-02-15", "2028-03-01"),  # 1 March stays 1 March beside a leap day
    ("2028-02-15", "2029-02-28"),  # 29 February has its year at the end of February
    ("2028-02-14", "2029-02-28"),
    ("2028-02-16", "2029-03-01"),
    ("2026-12-18", "2028-01-01"),
    ("2026-12-31", "2028-01-14"),
    ("2026-10-15", "2027-10-29"),
]
# Announced on: to be sent by, money back by law until.
ANNOUNCED = [
    ("2026-01-21", "2026-01-31", "2026-02-04"),
    ("2026-01-22", "2026-02-01", "2026-02-05"),
    ("2026-02-18", "2026-02-28", "2026-03-04"),
    ("2028-02-19", "2028-02-29", "2028-03-04"),
    ("2028-02-20", "2028-03-01", "2028-03-05"),
    ("2026-03-11", "2026-03-21", "2026-03-25"),
    ("2026-04-21", "2026-05-01", "2026-05-05"),
    ("2026-12-21", "2026-12-31", "2027-01-04"),
    ("2026-12-25", "2027-01-04", "2027-01-08"),
    ("2026-05-17", "2026-05-27", "2026-05-31"),
]
# Ordered on: at the latest with the buyer.
ORDERED = [
    ("2026-01-01", "2026-01-31"),
    ("2026-01-30", "2026-03-01"),
    ("2026-01-31", "2026-03-02"),
    ("2028-01-30", "2028-02-29"),
    ("2028-01-31", "2028-03-01"),
    ("2026-12-02", "2027-01-01"),
]
# On this day, delivered on, told: may she withdraw?
MAY = [
    ("2026-06-01", None, True, True),  # not here yet
    ("2026-06-15", "2026-06-01", True, True),  # the last day
    ("2026-06-16", "2026-06-01", True, False),  # the day after
    ("2026-06-01", "2026-06-01", True, True),  # the day of delivery
    ("2026-07-20", "2026-07-10", True, True),  # ordered in May, delivered late: the delivery counts
    ("2027-06-15", "2026-06-01", False, True),
    ("2027-06-16", "2026-06-01", False, False),
    ("2029-02-28", "2028-02-15", False, True),
    ("2029-03-01", "2028-02-15", False, False),
    ("2028-02-29", "2028-02-15", True, True),
]


def test_the_table_has_sixty_cases():
    assert sum(map(len, (TOLD, NOT_TOLD, ANNOUNCED, ORDERED, MAY))) >= 60


@pytest.mark.parametrize(("delivered", "last"), TOLD)
def test_told_of_the_right(delivered, last):
    assert days.withdrawal_until(D(delivered)) == D(last)


@pytest.mark.parametrize(("delivered", "last"), NOT_TOLD)
def test_not_told_of_the_right(delivered, last):
    assert days.withdrawal_until(D(delivered), is_informed=False) == D(last)


@pytest.mark.parametrize(("announced", "send", "refund"), ANNOUNCED)
def test_after_the_notice(announced, send, refund):
    assert (days.send_by(D(announced)), days.refund_by(D(announced))) == (D(send), D(refund))


@pytest.mark.parametrize(("ordered", "last"), ORDERED)
def test_delivery(ordered, last):
    assert days.deliver_by(D(ordered)) == D(last)


@pytest.mark.parametrize(("on", "delivered", "is_informed", "may"), MAY)
def test_may_withdraw(on, delivered, is_informed, may):
    delivered_on = D(delivered) if delivered else None
    assert days.may_withdraw(on=D(on), delivered_on=delivered_on, is_informed=is_informed) is may


def test_days_are_those_of_istanbul():
    """A parcel handed over at 23:30 UTC of the 1st came on the 2nd here."""
    at = datetime(2026, 6, 1, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert timezone.localdate(at) == D("2026-06-02")
    assert timezone.localtime(at).tzinfo == ISTANBUL

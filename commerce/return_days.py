"""Days of the law on distance contracts, as pure functions of days (law 6502 art. 48, regulation art. 9–13).

Days are calendar days here in Istanbul; the day of delivery does not count. No day is moved because it is
a holiday: the period is the buyer's, and sending the notice within it is enough. Where sources differ, a
buyer's period is the longer one and a seller's the shorter.
"""

from __future__ import annotations

from datetime import date, timedelta

WITHDRAWAL_DAYS = 14
SENDING_DAYS = 10
REFUND_DAYS = 14  # the law's; our own promise is the day on which the goods arrive
DELIVERY_DAYS = 30


def withdrawal_until(delivered_on: date, *, is_informed: bool = True) -> date:
    """The last day on which withdrawing is possible, to its end at midnight.

    Whoever was not told of the right properly has a year more, from the end of the period.
    """
    end = delivered_on + timedelta(days=WITHDRAWAL_DAYS)
    return end if is_informed else _a_year_later(end)


def may_withdraw(*, on: date, delivered_on: date | None, is_informed: bool = True) -> bool:
    """Before delivery too: the right begins with the contract."""
    return delivered_on is None or on <= withdrawal_until(delivered_on, is_informed=is_informed)


def send_by(announced_on: date) -> date:
    """The last day for handing the goods to the carrier."""
    return announced_on + timedelta(days=SENDING_DAYS)


def refund_by(announced_on: date) -> date:
    """Counted from the notice, the earliest of the moments that the sources name."""
    return announced_on + timedelta(days=REFUND_DAYS)


def deliver_by(ordered_on: date) -> date:
    """Later than this, the buyer may end the contract and gets everything back with interest (D-08)."""
    return ordered_on + timedelta(days=DELIVERY_DAYS)


def _a_year_later(day: date) -> date:
    """29 February has its year at the end of February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)

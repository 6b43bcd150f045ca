"""The provider's report of a day against ours. What does not agree is a row that people settle.

Compared again it is the same rows: a difference keeps its key, one that is no longer there closes by itself.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import journal

from .. import comparing
from .. import payout_events as events
from ..comparing import Found
from ..models import Attempt, DayReport, Difference, DifferenceState
from ..providers import registry
from ..providers.base import Provider, ReportLine, Silent
from . import settling

_D = DifferenceState
DAYS_BACK = 7  # a day whose report was silent is asked for so long


def compare_due(*, now: datetime) -> int:
    """Yesterday of each provider with a report, and days before it that are still without one."""
    yesterday = timezone.localdate(now) - timedelta(days=1)
    days = [yesterday - timedelta(days=back) for back in range(DAYS_BACK)]
    able = [one for one in registry.all() if one.abilities.report]
    done = set(DayReport.objects.filter(day__in=days, pulled_at__isnull=False).values_list("provider", "day"))
    begun = set(DayReport.objects.filter(day__in=days).values_list("provider", "day"))
    asked = [
        (one, day)
        for one in able
        for day in days
        if (one.code, day) not in done and (day == yesterday or (one.code, day) in begun)
    ]
    return sum(compare(provider=one, day=day, now=now) is not None for one, day in asked)


def compare(*, provider: Provider, day: date, now: datetime, by: Any = None) -> DayReport | None:
    """Read the report, with no row locked; then write down what differs. None: the provider was silent."""
    report, _new = DayReport.objects.get_or_create(provider=provider.code, day=day)
    DayReport.objects.filter(pk=report.pk).update(tries=report.tries + 1, tried_at=now)
    try:
        there = list(provider.report(day))
        near = _near(provider, day, there, now)
    except Silent:
        return None
    return write_down(report=report, there=there, near=near, now=now, by=by)


def _near(provider: Provider, day: date, there: list[ReportLine], now: datetime) -> list[ReportLine]:
    """The days beside it, read only where something stands so near to midnight that they decide."""
    days = comparing.days_beside(provider.code, day, there)
    return [line for other in days if other <= timezone.localdate(now) for line in provider.report(other)]


@transaction.atomic
def write_down(
    *, report: DayReport, there: list[ReportLine], near: list[ReportLine], now: datetime, by: Any = None
) -> DayReport:
    row = DayReport.objects.select_for_update().get(pk=report.pk)
    result = comparing.compare(provider=row.provider, day=row.day, there=there, near=near)
    known = {one.key: one for one in row.differences.select_for_update()}
    for found in result.found:
        _keep(row, found, known.get(found.key), now)
    keys = {found.key for found in result.found}
    gone = [one for key, one in known.items() if key not in keys and one.state == _D.OPEN]
    for one in gone:
        one.state, one.closed_at = _D.GONE, now
        one.save(update_fields=["state", "closed_at"])
    for line, ours in result.pairs:
        if line.fee and isinstance(ours.row, Attempt):
            settling.book_fee(attempt=ours.row, fee=line.fee, now=now)
    row.pulled_at = now
    row.lines_there, row.lines_here, row.matched = len(there), result.here, result.matched
    row.sum_there, row.sum_here = result.sum_there, result.sum_here
    row.save()
    told = {"provider": row.provider, "day": row.day.isoformat(), "found": len(keys), "gone": len(gone)}
    journal.write(events.DAY_COMPARED, actor=by, subject=row, data=told)
    return row


def _keep(report: DayReport, found: Found, known: Difference | None, now: datetime) -> None:
    """What people decided stays decided; what had gone and is back is open again."""
    facts = {name: getattr(found, name) for name in comparing.FACTS}
    if known is None:
        report.differences.create(key=found.key, found_at=now, **facts)
        return
    if known.state == _D.GONE:
        known.state, known.closed_at = _D.OPEN, None
    if known.state == _D.OPEN:
        for name, value in facts.items():
            setattr(known, name, value)
        known.save()

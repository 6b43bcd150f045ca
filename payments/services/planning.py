"""Payouts that nobody has to ask for: each business has a rhythm, the week where it chose none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core import business_days, journal
from core.errors import Refused
from finance.models import Account, AccountKind
from teams.models import Business

from .. import payout_events as events
from .. import payout_locks as locks
from ..models import Every, PayoutPlan
from . import payouts

ARRIVES_WITHIN = 2  # business days after it was asked for


@transaction.atomic
def change_plan(*, business: Business, every: str, minimum: Decimal, by: Any, now: datetime) -> PayoutPlan:
    locks.business(business.pk)
    facts = {"every": every, "minimum": minimum, "next_on": next_day(every, timezone.localdate(now))}
    row, _new = PayoutPlan.objects.update_or_create(business=business, defaults=facts)
    told = {"business": business.pk, "every": every, "minimum": str(minimum)}
    journal.write(events.PLANNED, actor=by, subject=row, data=told)
    return row


def plan_of(business: Business, today: date) -> PayoutPlan:
    """Its plan, or the one that holds where none was chosen."""
    known = PayoutPlan.objects.filter(business=business).first()
    return known or PayoutPlan(business=business, next_on=next_day(Every.WEEK, today))


def ask_planned(*, now: datetime) -> int:
    """Ask for what is due today. Twice a day it is the same: the next day is written with the request."""
    day = timezone.localdate(now)
    _begin_plans(day)
    due = PayoutPlan.objects.filter(next_on__lte=day).order_by("business_id")
    return sum(_ask(pk, day, now) for pk in due.values_list("business_id", flat=True))


def _begin_plans(day: date) -> None:
    """Who earned for the first time gets the rhythm of all."""
    earned = Account.objects.filter(kind=AccountKind.SELLER_PAYABLE, business__payout_plan=None)
    pks = earned.values_list("business_id", flat=True).distinct()
    begin = {"every": Every.WEEK, "next_on": next_day(Every.WEEK, day)}
    PayoutPlan.objects.bulk_create([PayoutPlan(business_id=pk, **begin) for pk in pks], ignore_conflicts=True)


@transaction.atomic
def _ask(pk: int, day: date, now: datetime) -> bool:
    business = locks.business(pk)
    plan = PayoutPlan.objects.get(business=business)
    if plan.next_on is None or plan.next_on > day:
        return False
    plan.next_on = next_day(plan.every, day)
    plan.save(update_fields=["next_on"])
    if locks.payable(business).balance < max(plan.minimum, settings.PAYOUT_MINIMUM):
        return False
    try:
        with transaction.atomic():
            payouts.request_payout(business=business, by=None, now=now)
    except Refused:
        return False  # the account is held, or one waits: the next time
    return True


def next_day(every: str, day: date) -> date | None:
    """The first business day of the next day, week or month."""
    if every == Every.NEVER:
        return None
    if every == Every.DAY:
        return business_days.after(day, 1)
    start = day + timedelta(days=7 - day.weekday())
    if every == Every.MONTH:
        start = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return business_days.after(start - timedelta(days=1), 1)


def arrives_by(asked_on: date) -> date:
    return business_days.after(asked_on, ARRIVES_WITHIN)

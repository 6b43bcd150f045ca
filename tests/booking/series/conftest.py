"""A training of four weekly sessions for 1,800 instead of 2,000."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.utils import timezone

from booking.series import planning, services
from booking.series.models import Course
from finance import ledger
from finance.models import AccountKind
from payments import services as payments
from payments.services.accounts import wallet
from tests.factories import booking as make
from tests.factories import pets

_numbers = count(1)


@pytest.fixture
def course(visit):
    return of(visit)


def of(offering, sessions=4, price=1800, every_weeks=1):
    return Course.objects.create(
        offering=offering, sessions=sessions, every_weeks=every_weeks, price=Decimal(price)
    )


def first():
    return make.at(make.monday(2), 9)


def held(course, who, *, start=None, times=None, animals=None, **more):
    times = times or planning.planned(course, start or first())
    return services.hold(
        key=more.pop("key", f"course {next(_numbers)}"),
        course=course,
        pets=animals or [pets.pet(who)],
        times=times,
        by=who,
        now=more.pop("now", timezone.now()),
        **more,
    )


def rows(head):
    return [head, *head.followers.order_by("place")]


def begin(head, *, now=None):
    """The payment, and a wallet that is filled for it."""
    now, user, whole = now or timezone.now(), head.customer, rows(head)
    due = sum(one.due for one in whole)
    key = f"pay {head.pk} {next(_numbers)}"
    payment = payments.start_payment(key=key, payables=whole, payer=user, now=now)
    gift = [(ledger.account(AccountKind.PROMOTION), -due), (wallet(user), due)]
    ledger.post(key=f"gift {key}", kind="gift", legs=gift, now=now)
    return payment


def pay(head, *, now=None):
    payment = begin(head, now=now)
    finish(payment, now=now)
    head.refresh_from_db()
    return payment


def finish(payment, *, now=None):
    now = now or timezone.now()
    payments.choose(
        payment=payment, provider="wallet", method="wallet", wallet_amount=payment.amount, now=now
    )


@pytest.fixture
def fixed(course, ayse):
    head = held(course, ayse)
    pay(head)
    return head


WEEK = timedelta(days=7)

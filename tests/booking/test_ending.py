"""Cancelling by its policy, declining, moving, nobody came, earned."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from booking import errors, policies, services
from booking.states import By, Status
from core.states import MoveRefused
from finance import ledger
from finance.models import AccountKind
from payments import queries as money
from tests.factories import booking as make

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.mark.parametrize(("hours", "percent"), [(48, 100), (24, 100), (23.9, 50), (3, 50), (2.9, 0)])
def test_what_goes_back_by_time(paid, ayse, hours, percent):
    now = paid.starts_at - timedelta(hours=hours)
    shown = policies.back(paid, by=By.CUSTOMER, now=now)
    assert shown == 5 * percent
    assert services.cancel(booking=paid, role=By.CUSTOMER, by=ayse, now=now, agreed=shown) == shown
    assert (paid.status, paid.refunded) == (Status.CANCELLED, shown)
    assert money.balance(ayse) == shown
    assert not paid.claims.filter(blocking=True).exists()


def test_the_amount_that_was_shown_is_the_amount_that_goes_back(paid, ayse):
    shown = policies.back(paid, by=By.CUSTOMER, now=NOW())
    with pytest.raises(errors.AmountChanged):
        services.cancel(
            booking=paid,
            role=By.CUSTOMER,
            by=ayse,
            now=paid.starts_at - timedelta(hours=4),
            agreed=shown,
        )
    paid.refresh_from_db()
    assert paid.status == Status.CONFIRMED


def test_the_provider_gives_all_of_it_back_at_any_time(paid, bora, ayse):
    services.cancel(booking=paid, role=By.PROVIDER, by=bora, now=paid.starts_at, reason="Hastayım")
    assert (paid.refunded, money.balance(ayse), paid.reason) == (500, 500, "Hastayım")


def test_cancelled_twice_paid_back_once(paid, ayse):
    services.cancel(booking=paid, role=By.CUSTOMER, by=ayse, now=NOW())
    with pytest.raises(MoveRefused):
        services.cancel(booking=paid, role=By.CUSTOMER, by=ayse, now=NOW())
    assert money.balance(ayse) == 500


def test_what_has_begun_is_not_cancelled_by_its_customer(paid, ayse):
    with pytest.raises(MoveRefused):
        services.cancel(booking=paid, role=By.CUSTOMER, by=ayse, now=paid.starts_at)


def test_a_frozen_policy_stays(paid, visit, ayse):
    visit.policy = [[24 * 30, 10]]
    visit.save()
    assert services.cancel(booking=paid, role=By.CUSTOMER, by=ayse, now=NOW()) == 500


def test_tiers_say_their_moments_and_amounts(paid):
    found = policies.tiers(paid.policy, paid.starts_at, paid.paid)
    assert [(tier.percent, tier.amount) for tier in found] == [(100, 500), (50, 250), (0, 0)]
    assert found[0].until == paid.starts_at - timedelta(hours=24)


@pytest.mark.parametrize(
    "policy", [[[3, 50], [24, 100]], [[24, 50], [3, 50]], [[24, 101]], [[-1, 5]], [[24]], "x", [[1, 0]]]
)
def test_a_policy_that_makes_no_sense(policy):
    assert not policies.is_sound(policy)


def test_a_request_is_declined(visit, ayse, bora):
    visit.on_request = True
    booking = make.held(visit, ayse, make.at(make.monday(), 9))
    make.pay(booking)
    services.decline(booking=booking, by=bora, now=NOW(), reason="O gün yokum")
    assert (booking.status, booking.ended_by, money.balance(ayse)) == (Status.DECLINED, By.PROVIDER, 500)
    with pytest.raises(MoveRefused):
        services.decline(booking=booking, by=bora, now=NOW())


# --- Moving ---------------------------------------------------------------------------------------


def test_it_moves_with_its_money(paid, ayse, bora, visit):
    new = paid.starts_at + timedelta(minutes=30)
    services.move(booking=paid, starts_at=new, role=By.CUSTOMER, by=ayse, now=NOW())
    assert (paid.starts_at, paid.sequence, paid.paid) == (new, 1, 500)
    assert paid.claims.count() == 1
    make.held(visit, bora, new - timedelta(minutes=30))


def test_it_may_move_into_its_own_time(visit, ayse):
    visit.minutes, visit.step = 60, 30
    visit.save()
    booking = make.held(visit, ayse, make.at(make.monday(2), 9))
    make.pay(booking)
    new = booking.starts_at + timedelta(minutes=30)
    services.move(booking=booking, starts_at=new, role=By.CUSTOMER, by=ayse, now=NOW())
    assert booking.claims.get().during.lower == new


def test_it_stays_where_it_was_when_the_other_time_is_taken(paid, ayse, bora, visit):
    taken = paid.starts_at + timedelta(hours=1)
    make.held(visit, bora, taken)
    with pytest.raises(errors.SlotTaken):
        services.move(booking=paid, starts_at=taken, role=By.CUSTOMER, by=ayse, now=NOW())
    paid.refresh_from_db()
    assert paid.claims.get(blocking=True).during.lower == paid.starts_at


def test_not_by_its_customer_once_cancelling_would_cost(paid, ayse, bora):
    soon = paid.starts_at - timedelta(hours=5)
    new = paid.starts_at + timedelta(days=1)
    with pytest.raises(errors.TooLate):
        services.move(booking=paid, starts_at=new, role=By.CUSTOMER, by=ayse, now=soon)
    services.move(booking=paid, starts_at=new, role=By.PROVIDER, by=bora, now=soon)


# --- The day itself -------------------------------------------------------------------------------


def test_a_day_of_a_booking(paid, bora):
    services.arrive(booking=paid, by=bora, now=paid.starts_at)
    services.complete(booking=paid, by=bora, now=paid.ends_at)
    assert paid.status == Status.COMPLETED
    services.reopen(booking=paid, by=bora, now=paid.ends_at)
    assert paid.status == Status.IN_SERVICE


def test_nobody_came(paid, bora):
    with pytest.raises(MoveRefused):
        services.miss(booking=paid, by=bora, now=paid.starts_at - timedelta(minutes=1))
    services.miss(booking=paid, by=bora, now=paid.starts_at + timedelta(minutes=20))
    assert paid.status == Status.NO_SHOW


def balance(business, kind) -> Decimal:
    return ledger.balance(ledger.account(kind, business=business))


def test_what_is_left_is_earned_once(paid, bora):
    services.complete(booking=paid, by=bora, now=paid.ends_at)
    later = paid.ends_at + timedelta(hours=24)
    assert services.earn_due(now=later - timedelta(minutes=1)) == 0
    assert services.earn_due(now=later) == 1
    assert services.earn_due(now=later) == 0
    assert balance(paid.business, AccountKind.SELLER_PAYABLE) == 500 - 50 - 10
    with pytest.raises(MoveRefused):
        services.reopen(booking=paid, by=bora, now=later)


def test_half_of_a_late_cancelling_is_earned(paid, ayse):
    services.cancel(booking=paid, role=By.CUSTOMER, by=ayse, now=paid.starts_at - timedelta(hours=4))
    services.earn_due(now=paid.ends_at + timedelta(hours=25))
    assert balance(paid.business, AccountKind.SELLER_PAYABLE) == (500 - 50 - 10) / 2

"""All sessions of a course or none: held, paid, expired, late, moved, given up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from booking import errors, riding, services
from booking.models import Booking, Claim
from booking.paying import begin
from booking.series import planning, sums
from booking.series import services as series
from booking.series.errors import AsksFirst, IsCourse, NothingAhead, WrongCourse
from booking.series.models import Course
from booking.states import By, Status
from core import journal
from core.models import Line
from finance import ledger
from notifications.models import Notice
from payments import services as payments
from payments.errors import NotPayable
from payments.models import Refund
from payments.providers.base import Outcome, State
from payments.services.accounts import wallet
from tests.booking.series.conftest import WEEK, finish, first, held, of, pay, rows
from tests.booking.series.conftest import begin as begin_to_pay
from tests.booking.test_wall_time import CHANGES, clock
from tests.core.rivals import at_once
from tests.factories import booking as make
from tests.factories import pets
from tests.payments.conftest import provider  # noqa: F401

pytestmark = pytest.mark.django_db
NOW = timezone.now
HOLD = 18  # statements, however many sessions


def states(head):
    return {one.status for one in Booking.objects.filter(pk__in=[row.pk for row in rows(head)])}


def told(user):
    journal.sweep(now=NOW() + timedelta(hours=1))
    found = Notice.objects.filter(recipient=user).order_by("pk")
    kinds = [one.kind for one in found if one.kind.startswith(("series.", "booking."))]
    found.delete()
    return kinds


def blocking():
    return Claim.objects.filter(blocking=True).count()


# --- Sums and times -------------------------------------------------------------------------


@given(total=some.decimals(0, 99999, places=2), sessions=some.integers(2, 12))
def test_shares_sum_to_the_price_to_the_kurus(total, sessions):
    shares = sums.shares(total, sessions)
    assert sum(shares) == total
    assert len(shares) == sessions
    assert len(set(shares[:-1])) == 1
    assert 0 <= shares[-1] - shares[0] < Decimal("0.01") * sessions


@given(
    place=some.sampled_from([(zone, day) for zone, days in CHANGES.items() for day in days]),
    weeks=some.integers(1, 8),
    sessions=some.integers(2, 12),
    minutes=some.integers(6 * 4, 23 * 4).map(lambda quarter: quarter * 15),
)
def test_the_hour_on_the_wall_stays_across_changes_of_the_clock(place, weeks, sessions, minutes):
    zone_name, change = place
    course = Course(sessions=sessions, every_weeks=weeks)
    with clock(zone_name) as zone:
        day = change - timedelta(days=3)
        start = datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=zone)
        times = [timezone.localtime(one) for one in planning.planned(course, start.astimezone(UTC))]
    assert {(one.hour, one.minute) for one in times} == {(minutes // 60, minutes % 60)}
    assert all(b.date() - a.date() == timedelta(weeks=weeks) for a, b in pairwise(times))


def test_in_berlin_the_moment_shifts_by_an_hour():
    with clock("Europe/Berlin") as zone:
        start = datetime(2026, 3, 23, 9, tzinfo=zone)
        second = planning.planned(Course(sessions=2, every_weeks=1), start)[1]
    assert second - start.astimezone(UTC) == WEEK - timedelta(hours=1)
    assert second.astimezone(zone).date() == date(2026, 3, 30)


# --- Holding --------------------------------------------------------------------------------


def test_all_sessions_are_one_hold(course, ayse, visit):
    head = held(course, ayse)
    found = rows(head)
    assert [one.starts_at for one in found] == [first() + WEEK * number for number in range(4)]
    assert [(one.place, one.places, one.hold_number) for one in found] == [
        (1, 4, 1),
        (2, 4, None),
        (3, 4, None),
        (4, 4, None),
    ]
    assert sum(one.price for one in found) == 1800
    assert blocking() == 4
    held(course, ayse, start=first() + timedelta(hours=1))
    held(course, ayse, start=first() + timedelta(hours=2))
    with pytest.raises(errors.TooManyHolds):
        held(course, ayse, start=first() + timedelta(hours=3))


def test_pressed_twice_it_is_held_once(course, ayse):
    pet = pets.pet(ayse)
    one = held(course, ayse, key="same", animals=[pet])
    assert held(course, ayse, key="same", animals=[pet]).pk == one.pk
    assert Booking.objects.count() == 4


def test_one_slot_lost_in_between_and_nothing_is_held(course, visit, ayse, bora):
    other = make.offering(visit.business, visit.needs.get().resources.get(), name="Kontrol")
    make.held(other, bora, first() + WEEK * 2)
    before = Booking.objects.count()
    with pytest.raises(errors.SlotTaken):
        held(course, ayse)
    assert Booking.objects.count() == before
    proposal = planning.propose(course, first=first(), pets=1, chosen={}, now=NOW())
    third = proposal.sessions[2]
    assert [one.is_as_planned for one in proposal.sessions] == [True, True, False, True]
    assert third.slot is None
    assert third.is_open
    assert first() + WEEK * 2 + timedelta(minutes=30) in [one.starts for one in third.instead]
    times = planning.planned(course, first())
    times[2] = third.instead[0].starts
    assert held(course, ayse, times=times)


def test_a_closed_day_offers_those_around_it(course, visit, ayse):
    day = timezone.localdate(first() + WEEK)
    visit.location.special_days.create(on=day)
    proposal = planning.propose(course, first=first(), pets=1, chosen={}, now=NOW())
    second = proposal.sessions[1]
    assert not second.is_open
    assert second.slot is None
    days = {timezone.localdate(one.starts) for one in second.instead}
    assert days
    assert all(abs(one - day) <= timedelta(days=3) for one in days)
    chosen = {2: second.instead[0].starts}
    again = planning.propose(course, first=first(), pets=1, chosen=chosen, now=NOW())
    assert again.is_complete


def test_times_of_other_days_or_too_few_are_refused(course, ayse):
    times = planning.planned(course, first())
    with pytest.raises(errors.NotOffered):
        held(course, ayse, times=times[:3])
    with pytest.raises(errors.NotOffered):
        held(course, ayse, times=[*times[:3], times[3] + timedelta(days=4)])
    with pytest.raises(errors.NotOffered):
        held(course, ayse, times=[*times[:3], times[3] + timedelta(minutes=7)])


def test_single_times_of_a_course_are_not_held(course, visit, ayse):
    with pytest.raises(IsCourse):
        make.held(visit, ayse, first())


def test_no_course_where_each_request_is_answered(course, visit, ayse):
    visit.on_request = True
    visit.save()
    with pytest.raises(AsksFirst):
        held(Course.objects.get(), ayse)


def test_the_last_session_may_lie_beyond_the_horizon(visit, ayse):
    course = of(visit, sessions=12, every_weeks=2, price=6000)
    head = held(course, ayse)
    assert rows(head)[-1].starts_at > NOW() + timedelta(days=visit.horizon_days)
    pay(head)
    last = Booking.objects.get(head=head, place=12)
    services.move(
        booking=last, starts_at=last.starts_at + timedelta(days=1), role=By.CUSTOMER, by=ayse, now=NOW()
    )


def test_a_permit_that_ends_before_the_last_session(course, visit, ayse):
    visit.business.licences.update(valid_until=timezone.localdate(first() + WEEK))
    with pytest.raises(errors.PermitEnds):
        held(course, ayse)
    assert not Booking.objects.exists()


@pytest.mark.parametrize("sessions", [2, 12])
def test_holding_costs_the_same_for_two_and_twelve(visit, ayse, sessions, django_assert_max_num_queries):
    course, pet = of(visit, sessions=sessions, price=900), pets.pet(ayse)
    course = Course.objects.select_related("offering__business", "offering__location__business").get()
    with django_assert_max_num_queries(HOLD):
        held(course, ayse, animals=[pet])


# --- Paying ---------------------------------------------------------------------------------


def test_one_payment_fixes_all_and_one_notice_tells(fixed, ayse, bora):
    assert states(fixed) == {Status.CONFIRMED}
    assert sum(one.paid for one in rows(fixed)) == 1800
    assert (told(ayse), told(bora)) == (["series.fixed"], ["series.new"])


def test_paying_for_any_session_pays_the_whole(course, ayse):
    head = held(course, ayse)
    payment = begin(rows(head)[2])
    assert payment.amount == 1800
    assert begin(head).pk == payment.pk
    assert not riding.kept(ayse, now=NOW()).exists()


def test_nothing_due_and_a_press_fixes_all(course, visit, ayse):
    visit.deposit_percent = 0
    visit.save()
    head = held(Course.objects.get(), ayse)
    services.take_free(booking=head, by=ayse, now=NOW())
    assert states(head) == {Status.CONFIRMED}


def test_nobody_paid_and_all_end_together(course, ayse):
    head = held(course, ayse)
    assert services.end_due(now=head.until) == 1
    assert states(head) == {Status.EXPIRED}
    assert blocking() == 0


def test_cancelling_what_is_held_lets_all_go(course, ayse):
    head = held(course, ayse)
    services.cancel(booking=rows(head)[1], role=By.CUSTOMER, by=ayse, now=NOW())
    assert states(head) == {Status.CANCELLED}
    assert blocking() == 0


def late(head):
    """The bank said yes while its page was open; the hold ended meanwhile."""
    services.end_due(now=head.until)
    return rows(head)


def settle(found):
    with transaction.atomic():
        Booking.lock_all([one.pk for one in found])
        return [services.take_money(booking=one, amount=one.due, now=NOW()) for one in found]


def test_late_money_takes_all_again(course, ayse):
    found = late(held(course, ayse))
    assert settle(found) == [True] * 4
    assert states(found[0]) == {Status.CONFIRMED}
    assert blocking() == 4


def test_late_money_goes_back_whole_when_one_is_gone(course, visit, ayse, bora):
    found = late(held(course, ayse))
    other = make.offering(visit.business, visit.needs.get().resources.get(), name="Kontrol")
    make.held(other, bora, first() + WEEK * 3)
    assert settle(found) == [False] * 4
    assert states(found[0]) == {Status.EXPIRED}
    assert blocking() == 1
    assert told(ayse) == ["series.late_money"]


def card(payment, bank):
    return payments.choose(
        payment=payment, provider=bank.code, method="card", wallet_amount=Decimal(0), now=NOW()
    )


def word(attempt):
    """The bank says that it was paid, after the ten minutes."""
    told = {"reference": attempt.reference, "amount": attempt.amount, "currency": "TRY", "is_signed": True}
    return payments.settle(attempt=attempt, outcome=Outcome(State.SETTLED, **told), now=NOW())


def test_late_money_of_a_bank_takes_all_or_goes_back_whole(course, visit, ayse, bora, provider):  # noqa: F811
    head = held(course, ayse)
    attempt = card(begin(head), provider)
    services.end_due(now=head.until)
    assert word(attempt)
    assert states(head) == {Status.CONFIRMED}
    head.refresh_from_db()
    assert sum(one.paid for one in rows(head)) == 1800
    second = held(course, ayse, start=first() + timedelta(hours=2))
    attempt = card(begin(second), provider)
    services.end_due(now=second.until)
    other = make.offering(visit.business, visit.needs.get().resources.get(), name="Kontrol")
    make.held(other, bora, first() + WEEK + timedelta(hours=2))
    word(attempt)
    assert states(second) == {Status.EXPIRED}
    assert Refund.objects.get().amount == 1800


def test_the_wallet_pays_nothing_late(course, ayse):
    head = held(course, ayse)
    payment = begin_to_pay(head)
    services.end_due(now=head.until)
    with pytest.raises(NotPayable):
        finish(payment)
    assert states(head) == {Status.EXPIRED}
    assert ledger.balance(wallet(ayse)) == 1800


# --- Giving up ------------------------------------------------------------------------------


def test_one_session_gives_its_share_back(fixed, ayse):
    third = rows(fixed)[2]
    back = services.cancel(booking=third, role=By.CUSTOMER, by=ayse, now=NOW(), agreed=Decimal(450))
    assert back == 450
    assert Refund.objects.get().amount == 450
    assert blocking() == 3


def test_the_rest_is_given_up_with_the_amounts_agreed(fixed, ayse, bora):
    now = rows(fixed)[1].starts_at - timedelta(hours=5)  # the second gives half back, the first is over
    rest = series.rest_of(fixed, now=now)
    assert [one.amount for one in rest] == [225, 450, 450]
    facts = {"booking": rows(fixed)[3], "by": ayse, "now": now}
    with pytest.raises(errors.AmountChanged):
        series.cancel_rest(agreed=Decimal(1350), sessions=3, **facts)
    with pytest.raises(errors.AmountChanged):
        series.cancel_rest(agreed=Decimal(1125), sessions=4, **facts)
    assert blocking() == 4
    assert series.cancel_rest(agreed=Decimal(1125), sessions=3, **facts) == 1125
    assert [one.status for one in rows(fixed)[1:]] == [Status.CANCELLED] * 3
    fixed.refresh_from_db()
    assert fixed.status == Status.CONFIRMED
    assert sum(one.amount for one in Refund.objects.all()) == 1125
    with pytest.raises(NothingAhead):
        series.cancel_rest(agreed=Decimal(0), sessions=0, **facts)
    assert told(bora) == ["series.new", "series.rest_cancelled"]
    assert told(ayse) == ["series.fixed", "series.rest_cancelled_by_me"]


def test_each_session_is_earned_by_itself(fixed):
    assert services.earn_due(now=fixed.ends_at + timedelta(days=2)) == 0
    services.complete(booking=fixed, by=None, now=fixed.ends_at)
    assert services.earn_due(now=fixed.ends_at + timedelta(days=2)) == 1


# --- What the database keeps -----------------------------------------------------------------


def test_nobody_stands_twice_behind_a_head(course, ayse):
    head = held(course, ayse)
    with pytest.raises(IntegrityError, match="place_behind_a_head_is_taken_once"), transaction.atomic():
        Booking.objects.filter(head=head).update(place=2)
    with pytest.raises(IntegrityError, match="first_of_several_leads"), transaction.atomic():
        Booking.objects.filter(head=head).update(hold_number=3)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"sessions": 1}, "course_has_two_to_twelve_sessions"),
        ({"sessions": 13}, "course_has_two_to_twelve_sessions"),
        ({"every_weeks": 0}, "course_comes_every_one_to_eight_weeks"),
        ({"price": 3}, "course_costs_nothing_or_a_lira_a_session"),
    ],
)
def test_the_database_refuses_courses_without_sense(course, change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Course.objects.update(**change)


def test_a_course_is_not_dearer_than_its_single_times(visit, bora):
    facts = {"offering": visit, "sessions": 4, "every_weeks": 1, "by": bora}
    with pytest.raises(WrongCourse):
        series.save_course(price=Decimal("2000.01"), **facts)
    series.save_course(price=Decimal(2000), **facts)
    series.end_course(offering=visit, by=bora)
    assert not Course.objects.exists()
    assert Line.objects.filter(name__startswith="series.course").count() == 2


# --- Two at once -----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guard", ["both", "database"])
def test_of_two_who_want_overlapping_courses_one_gets_all(course, ayse, bora, monkeypatch, guard):
    """The second course begins a week later: three of four sessions are the same."""
    if guard == "database":
        from booking import locks

        monkeypatch.setattr(locks, "resources", lambda pks: {})
    people = [(ayse, pets.pet(ayse)), (bora, pets.pet(bora))]

    def press(number):
        who, pet = people[number]
        return held(course, who, animals=[pet], start=first() + WEEK * number)

    done = at_once(press, 2)
    assert sorted(type(one).__name__ for one in done) == ["Booking", "SlotTaken"]
    assert Booking.objects.count() == blocking() == 4
    assert Booking.objects.values("customer").distinct().count() == 1

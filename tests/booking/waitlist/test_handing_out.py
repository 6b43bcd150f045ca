"""A time that became free goes to whoever is first, once; the next get it when she does not want it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking import errors, permits
from booking import services as bookings
from booking.models import Booking
from booking.states import Status as BookingStatus
from booking.waitlist import handing_out, matching, receivers, rules, services, tasks
from booking.waitlist.models import Entry
from booking.waitlist.states import Status
from core import journal
from core.errors import Refused
from core.models import Line as JournalLine
from core.states import MoveRefused
from notifications.models import Notice
from tests.core.rivals import behind
from tests.factories import booking as make
from tests.factories import pets, waiting

pytestmark = pytest.mark.django_db
HALF = rules.OFFERED_FOR


def hand_out(visit, now=None, **days) -> int:
    return handing_out.hand_out(business_id=visit.business_id, now=now or waiting.noon(), **days)


def people(count: int) -> list:
    make_one = get_user_model().objects.create_user
    return [
        make_one(f"sahip{n}@ornek.test", None, first_name="Sahip", last_name=str(n)) for n in range(count)
    ]


def states() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("status", flat=True))


def run_journal() -> None:
    """As a worker does: all lines that wait."""
    while journal.sweep(now=timezone.now() + timedelta(seconds=1)):
        pass


def test_the_time_is_kept_for_half_an_hour(visit, taken, deniz, day, give_up):
    entry = waiting.wait(visit, deniz, day)
    assert hand_out(visit) == 0
    give_up(taken)
    assert hand_out(visit) == 1
    entry.refresh_from_db()
    booking = entry.booking
    assert (entry.status, booking.status) == (Status.OFFERED, BookingStatus.HELD)
    assert (booking.customer, booking.starts_at) == (deniz, make.at(day, 9))
    assert booking.until == waiting.noon() + HALF
    assert [item.name for item in booking.items.all()] == ["Pamuk"]
    assert hand_out(visit) == 0


def test_in_the_order_of_the_line(clinic, ayse, day, give_up):
    visit = waiting.small(clinic, day, times=2)
    first, second = waiting.fill(visit, ayse, day, times=2)
    for one in people(4):
        waiting.wait(visit, one, day)
    give_up(second)
    assert hand_out(visit) == 1
    give_up(first)
    assert hand_out(visit) == 1
    assert states() == ["offered", "offered", "waiting", "waiting"]


def test_whoever_is_first_gets_only_what_fits(clinic, ayse, day, give_up):
    """Two services rest on the same vet: the line is one for the business."""
    stand = make.resource(clinic)
    facts = {"deposit_percent": 0, "species": ["dog"]}
    visit, other = make.offering(clinic, stand, deposit_percent=0), make.offering(clinic, stand, **facts)
    stand.shifts.create(weekday=day.weekday(), starts=540, ends=570, valid_from=day, valid_until=day)
    (booking,) = waiting.fill(visit, ayse, day)
    evening, dog, cat = people(3)
    waiting.wait(visit, evening, day, parts=["aksam"])
    waiting.wait(other, dog, day, animals=[pets.pet(dog, "Zeytin", "dog")])
    waiting.wait(visit, cat, day)
    give_up(booking)
    hand_out(visit)
    assert states() == ["waiting", "offered", "waiting"]


def test_passing_on_gives_it_to_the_next(visit, taken, day, give_up):
    for one in people(2):
        waiting.wait(visit, one, day)
    give_up(taken)
    hand_out(visit)
    first = Entry.objects.first()
    services.pass_on(entry=first, by=first.customer, now=waiting.noon())
    assert first.booking.status == BookingStatus.CANCELLED
    hand_out(visit)
    assert states() == ["passed", "offered"]


def test_what_nobody_takes_goes_to_the_next(visit, taken, day, give_up):
    for one in people(2):
        waiting.wait(visit, one, day)
    give_up(taken)
    hand_out(visit)
    later = waiting.noon() + HALF
    bookings.end_due(now=later)
    handing_out.sweep(now=later)
    assert states() == ["expired", "offered"]


def test_taking_it_books_it(visit, taken, deniz, day, give_up):
    waiting.wait(visit, deniz, day)
    give_up(taken)
    hand_out(visit)
    entry = Entry.objects.get()
    bookings.take_free(booking=entry.booking, by=deniz, now=waiting.noon())
    with pytest.raises(MoveRefused):
        services.pass_on(entry=entry, by=deniz, now=waiting.noon())
    with pytest.raises(MoveRefused):
        services.withdraw(entry=entry, by=deniz, now=waiting.noon())
    assert services.settle(entry_id=entry.pk, now=waiting.noon())
    assert not services.settle(entry_id=entry.pk, now=waiting.noon())
    assert states() == ["booked"]


def test_money_that_comes_late_may_still_book_it(clinic, ayse, deniz, day, give_up, visit, taken):
    type(visit).objects.filter(pk=visit.pk).update(deposit_percent=100)
    waiting.wait(visit, deniz, day)
    give_up(taken)
    hand_out(visit, now := timezone.now().replace(hour=12))
    entry = Entry.objects.get()
    bookings.end_due(now=now + HALF)
    services.settle(entry_id=entry.pk, now=now + HALF)
    assert states() == ["expired"]
    Booking.objects.filter(pk=entry.booking_id).update(status=BookingStatus.CONFIRMED)
    services.settle(entry_id=entry.pk, now=now + HALF)
    assert states() == ["booked"]


def test_withdrawing_lets_the_time_go(visit, taken, day, give_up):
    for one in people(2):
        waiting.wait(visit, one, day)
    give_up(taken)
    hand_out(visit)
    first = Entry.objects.first()
    services.withdraw(entry=first, by=first.customer, now=waiting.noon())
    hand_out(visit)
    assert states() == ["withdrawn", "offered"]


def test_an_offer_is_none_of_her_three(clinic, visit, taken, deniz, day, give_up):
    """She keeps three times and is offered a fourth; offered first, she may still keep three."""
    other = make.offering(clinic)
    waiting.wait(visit, deniz, day)
    for hour in (10, 12, 14):
        make.held(other, deniz, make.at(day, hour))
    give_up(taken)
    assert hand_out(visit) == 1
    assert Booking.objects.filter(customer=deniz, status=BookingStatus.HELD).count() == 4
    Booking.objects.filter(customer=deniz, hold_number=1).update(until=waiting.noon() - timedelta(days=1))
    bookings.end_due(now=waiting.noon())
    make.held(other, deniz, make.at(day, 16))
    with pytest.raises(errors.TooManyHolds):
        make.held(other, deniz, make.at(day, 17))


def test_only_the_days_that_became_free_are_looked_at(visit, taken, deniz, day, give_up):
    waiting.wait(visit, deniz, day - timedelta(days=2), days=5)
    give_up(taken)
    assert hand_out(visit, first=day + timedelta(days=1), last=day + timedelta(days=1)) == 0
    assert hand_out(visit, first=day, last=day) == 1


@pytest.mark.parametrize("hour", [7, 22, 23, 3])
def test_nothing_is_offered_by_night(visit, taken, deniz, day, give_up, hour):
    waiting.wait(visit, deniz, day)
    give_up(taken)
    assert hand_out(visit, make.at(timezone.localdate(), hour)) == 0
    assert hand_out(visit, make.at(timezone.localdate(), 8)) == 1


def test_what_begins_within_the_half_hour_helps_nobody(visit, taken, deniz, day, give_up):
    waiting.wait(visit, deniz, day)
    give_up(taken)
    assert hand_out(visit, make.at(day, 8, 30)) == 0
    assert hand_out(visit, make.at(day, 8, 29)) == 1


@pytest.mark.parametrize("case", ["somebody else keeps it", "died"])
def test_an_animal_that_is_no_longer_hers_gets_nothing(visit, taken, day, give_up, case):
    first, second = people(2)
    entry = waiting.wait(visit, first, day)
    waiting.wait(visit, second, day)
    if case == "died":
        entry.pets.update(status="passed_away", died_on=timezone.localdate())
    else:
        entry.pets.get().keepers.update(user=second)
    give_up(taken)
    hand_out(visit)
    assert states() == ["waiting", "offered"]


def test_a_refused_hold_stops_nobody_else(visit, taken, day, give_up, monkeypatch):
    first, second = people(2)
    waiting.wait(visit, first, day)
    waiting.wait(visit, second, day)
    give_up(taken)
    seen = []

    def check(offering, species, on, **_):
        seen.append(on)
        if len(seen) == 1:
            raise errors.NoPermit

    monkeypatch.setattr(permits, "check", check)
    hand_out(visit)
    assert states() == ["waiting", "offered"]


def test_a_time_that_somebody_took_meanwhile_is_no_reason_to_skip_her(
    visit, taken, deniz, day, give_up, monkeypatch
):
    waiting.wait(visit, deniz, day)
    give_up(taken)
    offer, seen = handing_out.offer, []

    def late_once(*match, now):
        seen.append(match)
        if len(seen) == 1:
            raise errors.SlotTaken
        offer(*match, now=now)

    monkeypatch.setattr(handing_out, "offer", late_once)
    assert hand_out(visit) == 1


def test_days_that_have_gone_by_end_the_wish(visit, taken, deniz, day):
    waiting.wait(visit, deniz, day)
    handing_out.sweep(now=make.at(day, 23))
    assert not services.end(entry_id=Entry.objects.get().pk, now=make.at(day, 23))
    assert states() == ["waiting"]
    handing_out.sweep(now=make.at(day + timedelta(days=1), 0, 1))
    assert states() == ["expired"]
    assert not services.end(entry_id=Entry.objects.get().pk, now=make.at(day + timedelta(days=2), 0))


def test_the_sweeper_finds_what_nobody_hurried(visit, taken, deniz, day, give_up):
    waiting.wait(visit, deniz, day)
    give_up(taken)
    assert handing_out.sweep(now=waiting.noon()) == 1
    assert Entry.objects.get().looked_at == waiting.noon()


def test_each_business_has_its_turn(visit, taken, ayse, deniz, cem, day, monkeypatch):
    monkeypatch.setattr(rules, "SWEPT", 1)
    other = waiting.small(make.clinic(cem, "Papatya"), day)
    waiting.fill(other, ayse, day)
    for one in (visit, other):
        waiting.wait(one, deniz, day)
    for minutes in range(2):
        handing_out.sweep(now=waiting.noon() + timedelta(minutes=minutes))
    assert not Entry.objects.filter(looked_at=None).exists()


def test_nobody_is_offered_a_day_she_does_not_wait_for(visit, taken, day, give_up):
    first, second = people(2)
    waiting.wait(visit, first, day - timedelta(days=1))
    waiting.wait(visit, second, day)
    give_up(taken)
    hand_out(visit)
    assert states() == ["waiting", "offered"]


def test_what_has_no_permit_by_then_is_not_free(visit, taken, deniz, day, give_up):
    entry = waiting.wait(visit, deniz, day)
    give_up(taken)
    assert matching.first_free(entry, ["cat"], now=waiting.noon())
    visit.business.licences.update(valid_until=day - timedelta(days=1))
    assert matching.first_free(entry, ["cat"], now=waiting.noon()) is None


def test_a_stay_that_became_free(bora, ayse, deniz, day, give_up):
    hotel = make.clinic(bora, "Patipark", "hotel", week=range(7))
    stay = make.offering(hotel, make.resource(hotel, kind="kennel"), kind="stay", deposit_percent=0)
    booking = make.held(stay, ayse, make.at(day, 14), nights=3)
    bookings.take_free(booking=booking, by=ayse, now=timezone.now())
    waiting.wait(stay, deniz, day + timedelta(days=1), nights=2)
    give_up(booking)
    hand_out(stay)
    kept = Entry.objects.get().booking
    assert (timezone.localdate(kept.starts_at), kept.nights) == (day + timedelta(days=1), 2)


# --- What wakes it ---------------------------------------------------------------------------------


@pytest.fixture
def woken(monkeypatch, django_capture_on_commit_callbacks):
    """What the task was called with while a block ran and its journal lines were handled."""
    calls = []
    monkeypatch.setattr(tasks.hand_out, "delay", lambda **given: calls.append(given))

    def run(press) -> list[dict]:
        run_journal()
        calls.clear()
        with django_capture_on_commit_callbacks(execute=True):
            press()
            run_journal()
        return calls

    return run


def test_what_frees_time_wakes_it_for_those_days(visit, taken, deniz, bora, day, give_up, woken):
    waiting.wait(visit, deniz, day)
    there = {"business_id": visit.business_id, "first": str(day), "last": str(day)}
    assert there in woken(lambda: give_up(taken))


def test_moving_wakes_it_for_the_day_it_came_from(clinic, visit, taken, deniz, bora, day, woken):
    waiting.wait(visit, deniz, day)
    start = make.at(day + timedelta(days=1), 9)
    taken.claims.get().resource.shifts.create(weekday=1, starts=540, ends=570)
    calls = woken(lambda: bookings.rearrange(booking=taken, starts_at=start, by=bora, now=waiting.noon()))
    assert [one["first"] for one in calls] == [str(day)]


def test_hours_and_absences_wake_it_for_all_days(visit, taken, deniz, bora, day, woken):
    waiting.wait(visit, deniz, day)
    stand = taken.claims.get().resource
    span = {"starts_at": make.at(day, 9), "ends_at": make.at(day, 10)}
    absence = bookings.add_absence(resource=stand, kind="block", by=bora, **span)
    everything = [{"business_id": visit.business_id, "first": "", "last": ""}]
    assert woken(lambda: bookings.remove_absence(absence=absence, by=bora)) == everything
    assert woken(lambda: bookings.set_shifts(resource=stand, week={}, by=bora)) == everything
    assert woken(lambda: bookings.close_offering(offering=visit, by=bora)) == []
    assert woken(lambda: bookings.open_offering(offering=visit, by=bora)) == everything


def test_nobody_waits_nobody_is_woken(visit, taken, give_up, woken):
    assert woken(lambda: give_up(taken)) == []


def test_a_broker_that_is_away_costs_only_time(visit, monkeypatch, caplog):
    def away(**_given):
        raise ConnectionError

    monkeypatch.setattr(tasks.hand_out, "delay", away)
    receivers._nudge(visit.business_id, {})
    assert "sweeper" in caplog.text


# --- Who is told -----------------------------------------------------------------------------------


def test_she_is_told_once_with_the_end(visit, taken, deniz, day, give_up, monkeypatch):
    monkeypatch.setattr(tasks.hand_out, "delay", lambda **_given: None)
    waiting.wait(visit, deniz, day)
    give_up(taken)
    hand_out(visit)
    run_journal()
    run_journal()
    notice = Notice.objects.get(kind="waitlist.offered")
    assert notice.recipient == deniz
    assert notice.url == Entry.objects.get().get_absolute_url()
    assert notice.data["until"]["tr"] == "12:30"
    assert notice.deliveries.filter(channel="email").exists()
    bookings.end_due(now=waiting.noon() + HALF)
    run_journal()
    assert Notice.objects.filter(kind="waitlist.missed", recipient=deniz).count() == 1
    assert states() == ["expired"]


def test_an_offer_that_is_over_is_no_news(visit, taken, deniz, day, give_up, monkeypatch):
    monkeypatch.setattr(tasks.hand_out, "delay", lambda **_given: None)
    entry = waiting.wait(visit, deniz, day)
    give_up(taken)
    hand_out(visit)
    entry.refresh_from_db()
    services.pass_on(entry=entry, by=deniz, now=waiting.noon())
    run_journal()
    assert not Notice.objects.filter(kind="waitlist.offered").exists()


def test_the_end_of_the_days_is_told(visit, taken, deniz, day):
    waiting.wait(visit, deniz, day)
    handing_out.sweep(now=make.at(day + timedelta(days=1), 9))
    run_journal()
    assert Notice.objects.filter(kind="waitlist.ended", recipient=deniz).count() == 1


def test_nobody_pressed_so_the_hold_has_no_actor(visit, taken, deniz, day, give_up):
    waiting.wait(visit, deniz, day)
    give_up(taken)
    hand_out(visit)
    assert JournalLine.objects.filter(name="booking.held").order_by("pk").last().actor is None


# --- What it costs -----------------------------------------------------------------------------------


def test_the_same_statements_for_one_and_for_twenty(clinic, visit, taken, day):
    waiting.wait(visit, people(1)[0], day)
    with CaptureQueriesContext(connection) as one:
        hand_out(visit)
    for number in range(19):
        other = waiting.small(clinic, day)
        keeper = get_user_model().objects.create_user(f"x{number}@ornek.test", None)
        waiting.fill(other, keeper, day)
        waiting.wait(other, keeper, day)
    with CaptureQueriesContext(connection) as many:
        assert hand_out(visit) == 0
    assert len(many) == len(one)


# --- Many hands --------------------------------------------------------------------------------------


def at_once(*presses) -> list:
    start = Barrier(len(presses))

    def run(press):
        start.wait()
        try:
            return press()
        except Refused as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(run, presses))


@pytest.mark.django_db(transaction=True)
def test_ten_wait_two_are_freed_six_workers_hand_out(clinic, ayse, day, give_up):
    visit = waiting.small(clinic, day, times=3)
    taken = waiting.fill(visit, ayse, day, times=3)
    for one in people(10):
        waiting.wait(visit, one, day)
    for booking in taken[:2]:
        give_up(booking)
    given = at_once(*[lambda: hand_out(visit)] * 6)
    assert sum(given) == 2
    assert states() == ["offered"] * 2 + ["waiting"] * 8
    kept = Booking.objects.filter(status=BookingStatus.HELD)
    assert len({one.starts_at for one in kept}) == 2


@pytest.mark.django_db(transaction=True)
def test_paying_and_passing_on_at_the_same_moment(clinic, ayse, day, give_up):
    """What is hers is hers: either it was passed on, or it is booked and stays so."""
    visit = waiting.small(clinic, day)
    for one in people(12):
        (taken,) = waiting.fill(visit, ayse, day)
        waiting.wait(visit, one, day)
        give_up(taken)
        hand_out(visit)
        entry = Entry.objects.select_related("booking").get(customer=one)
        booking = Booking.objects.get(pk=entry.booking_id)
        passed, booked = at_once(
            lambda entry=entry, one=one: services.pass_on(entry=entry, by=one, now=waiting.noon()),
            lambda booking=booking, one=one: bookings.take_free(booking=booking, by=one, now=waiting.noon()),
        )
        booking.refresh_from_db()
        entry.refresh_from_db()
        assert isinstance(passed, MoveRefused) != isinstance(booked, errors.HoldOver | MoveRefused)
        is_hers = booked is None
        assert booking.status == (BookingStatus.CONFIRMED if is_hers else BookingStatus.CANCELLED)
        assert entry.status == (Status.OFFERED if is_hers else Status.PASSED)
        if is_hers:
            services.settle(entry_id=entry.pk, now=waiting.noon())
            give_up(booking)


@pytest.mark.django_db(transaction=True)
def test_somebody_books_it_at_the_same_moment(clinic, ayse, day, give_up):
    """Ten times: exactly one of the two has it, and the line goes on waiting if it lost."""
    visit = waiting.small(clinic, day)
    stranger, *crowd = people(11)
    outcomes = set()
    for one in crowd:
        (taken,) = waiting.fill(visit, ayse, day)
        waiting.wait(visit, one, day)
        give_up(taken)
        pet = pets.pet(stranger)
        given, held = at_once(
            lambda: hand_out(visit),
            lambda pet=pet: make.held(visit, stranger, make.at(day, 9), animals=[pet]),
        )
        entry = Entry.objects.get(customer=one)
        live = Booking.objects.filter(status=BookingStatus.HELD)
        assert live.count() == 1
        if isinstance(held, errors.SlotTaken):
            assert (given, entry.status, live.get().customer) == (1, Status.OFFERED, one)
        else:
            assert (given, entry.status, live.get().customer) == (0, Status.WAITING, stranger)
        outcomes.add(entry.status)
        services.withdraw(entry=entry, by=one, now=waiting.noon())
        live.update(until=waiting.noon())
        bookings.end_due(now=waiting.noon())


@pytest.fixture
def freed(clinic, ayse, deniz, day, give_up):
    """Deniz waits for the time that has become free."""
    visit = waiting.small(clinic, day)
    (taken,) = waiting.fill(visit, ayse, day)
    entry = waiting.wait(visit, deniz, day)
    give_up(taken)
    return entry


@pytest.mark.django_db(transaction=True)
def test_a_wish_that_is_being_offered_is_withdrawn_with_its_time(freed, deniz):
    behind(
        lambda: hand_out(freed.offering),
        lambda: services.withdraw(entry=freed, by=deniz, now=waiting.noon()),
    )
    freed.refresh_from_db()
    assert (freed.status, freed.booking.status) == (Status.WITHDRAWN, BookingStatus.CANCELLED)


@pytest.mark.django_db(transaction=True)
def test_a_wish_that_is_being_withdrawn_is_offered_nothing(freed, deniz):
    lost = behind(
        lambda: services.withdraw(entry=freed, by=deniz, now=waiting.noon()),
        lambda: hand_out(freed.offering),
    )
    assert (lost, states()) == (0, ["withdrawn"])


@pytest.mark.django_db(transaction=True)
def test_two_workers_settle_it_once(freed, deniz):
    hand_out(freed.offering)
    freed.refresh_from_db()
    bookings.take_free(booking=freed.booking, by=deniz, now=waiting.noon())
    facts = {"entry_id": freed.pk, "now": waiting.noon()}
    assert behind(lambda: services.settle(**facts), lambda: services.settle(**facts)) is False


@pytest.mark.django_db(transaction=True)
def test_two_workers_end_it_once(freed, day):
    facts = {"entry_id": freed.pk, "now": make.at(day + timedelta(days=1), 9)}
    assert behind(lambda: services.end(**facts), lambda: services.end(**facts)) is False

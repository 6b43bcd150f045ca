"""A journey and its booking go in step; the code opens once, and only so many tries."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from booking import errors as ground
from booking import services as bookings
from booking.models import Booking
from booking.requirements.errors import StillMissing
from booking.states import By, Status
from booking.transfers import codes, errors, rules, services
from booking.transfers.models import TrackingEvent, TransferJob
from booking.transfers.states import JOBS, ROLLING, Ride, What
from core import journal, storage
from core.models import Line
from core.states import MoveRefused
from tests.factories import booking as ground_make
from tests.factories import transfers as make

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def job(offering, ayse):
    return make.fixed(offering, ayse)


@pytest.fixture
def ride(offering, ayse):
    return make.rolling(offering, ayse)


def at(job, **more):
    return job.booking.starts_at + timedelta(**more)


def state(job) -> tuple[str, str]:
    row = TransferJob.objects.select_related("booking").get(pk=job.pk)
    return row.status, row.booking.status


def test_a_paid_quote_becomes_a_journey_once(offering, ayse):
    quote = make.quoted(make.asked(offering, ayse))
    booking = services.accept(quote=quote, by=ayse, now=NOW())
    ground_make.pay(booking)
    journal.sweep()
    job = TransferJob.objects.get()
    assert (job.status, job.booking.status) == (Ride.ASSIGNED, Status.CONFIRMED)


def test_what_came_without_a_quote_has_no_journey(offering, bora):
    offering.business.licences.filter(kind="vehicle").update(species=["rodent"])
    guest = bookings.Guest("Melek Su", "", "Boncuk", "hamster")  # of which no papers are asked
    start = ground_make.at(ground_make.monday(), 9)
    booking = bookings.walk_in(offering=offering, guest=guest, starts_at=start, by=bora, now=NOW())
    assert services.make_job(booking=booking, now=NOW()) is None
    bookings.arrive(booking=booking, by=bora, now=start)
    bookings.complete(booking=booking, by=bora, now=start)
    bookings.reopen(booking=booking, by=bora, now=start)


def test_picked_up_is_arrived(job, bora):
    now = at(job, minutes=10)
    event = services.pick_up(job=job, told=make.told("Sakin", photo=True), by=bora, now=now)
    assert state(job) == (Ride.PICKED_UP, Status.IN_SERVICE)
    row = make.fresh(job)
    assert (row.condition, row.picked_up_at, row.booking.taken_in_at) == ("Sakin", now, now)
    assert storage.private().exists(event.photo)


def test_a_pick_up_needs_photo_words_time_and_permit(job, offering):
    now = at(job)
    for told in (make.told("Sakin"), make.told("", photo=True)):
        with pytest.raises(errors.WrongMoment):
            services.pick_up(job=job, told=told, by=None, now=now)
    with pytest.raises(errors.TooEarly):
        told = make.told("Sakin", photo=True)
        services.pick_up(job=job, told=told, by=None, now=now - rules.PICK_UP_EARLY - timedelta(minutes=1))
    offering.business.licences.filter(kind="vehicle").update(valid_until=timezone.localdate())
    with pytest.raises((ground.NoPermit, errors.NoPlate, StillMissing)):
        services.pick_up(job=job, told=make.told("Sakin", photo=True), by=None, now=now)
    assert state(job) == (Ride.ASSIGNED, Status.CONFIRMED)
    assert not TrackingEvent.objects.exists()


def test_what_is_refused_leaves_no_photo(job):
    before = _files()
    with pytest.raises(errors.TooEarly):
        services.pick_up(job=job, told=make.told("Sakin", photo=True), by=None, now=NOW())
    assert _files() == before


def _files() -> set[str]:
    folder = storage.private()
    return set(folder.listdir("transfers")[1]) if folder.exists("transfers") else set()


def test_every_press_counts_once(job):
    told, now = make.told("Sakin", photo=True), at(job)
    first = services.pick_up(job=job, told=told, by=None, now=now)
    files = _files()
    assert services.pick_up(job=job, told=told, by=None, now=now) == first
    assert _files() == files
    rest = make.told(place="Susurluk")
    one = services.tell(job=job, what="rest", told=rest, by=None, now=now)
    assert services.tell(job=job, what="rest", told=rest, by=None, now=now) == one
    assert TrackingEvent.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        TrackingEvent.objects.create(job=job, key=rest.key, what="rest", at=now, received_at=now)


def test_on_the_way(ride):
    now = at(ride, hours=1)
    point = (Decimal("39.91"), Decimal("28.15"))
    services.tell(job=ride, what="rest", told=make.told("Su içti", point=point), by=None, now=now)
    assert state(ride)[0] == Ride.IN_TRANSIT
    event = ride.events.order_by("-pk")[0]
    assert (event.what, event.latitude, event.by) == ("rest", Decimal("39.91"), None)
    services.report_problem(job=ride, told=make.told("Kaza"), by=None, now=now)
    services.report_problem(job=ride, told=make.told("Bekliyoruz"), by=None, now=now)
    assert state(ride)[0] == Ride.PROBLEM
    services.solve(job=ride, told=make.told(), by=None, now=now)
    assert state(ride)[0] == Ride.IN_TRANSIT
    with pytest.raises(errors.WrongMoment):
        services.solve(job=ride, told=make.told(), by=None, now=now)
    with pytest.raises(errors.WrongMoment):
        services.tell(job=ride, what="delivered", told=make.told(), by=None, now=now)


def test_a_wrong_clock_does_not_lie(ride):
    now = at(ride, hours=1)
    late = services.tell(job=ride, what="rest", told=make.told(at=now + timedelta(days=1)), by=None, now=now)
    early = services.tell(job=ride, what="rest", told=make.told(at=now - timedelta(days=9)), by=None, now=now)
    assert (late.at, early.at) == (now, make.fresh(ride).picked_up_at)


def test_places_are_on_earth(ride):
    with pytest.raises(IntegrityError), transaction.atomic():
        told = make.told(point=(Decimal(91), Decimal(0)))
        services.tell(job=ride, what="rest", told=told, by=None, now=at(ride))


def test_nothing_is_told_before_the_pick_up(job):
    with pytest.raises(errors.WrongMoment):
        services.tell(job=job, what="rest", told=make.told(), by=None, now=at(job))


def test_no_journey_has_events_without_end(ride, monkeypatch):
    monkeypatch.setattr(rules, "MOST_EVENTS", 1)
    with pytest.raises(errors.TooMuch):
        services.tell(job=ride, what="rest", told=make.told(), by=None, now=at(ride))


def test_the_code_ends_the_journey(ride):
    now = at(ride, hours=6)
    services.deliver(
        job=ride, code=f" {make.code(ride)[:3]} {make.code(ride)[3:]}", told=make.told(), by=None, now=now
    )
    assert state(ride) == (Ride.DELIVERED, Status.COMPLETED)
    row = make.fresh(ride)
    assert (row.handed_over_at, row.ended_at, row.booking.completed_at) == (now, now, now)
    assert not row.booking.claims.filter(blocking=True).exists()
    with pytest.raises(errors.WrongMoment):
        services.deliver(job=ride, code=make.code(ride), told=make.told(), by=None, now=now)


def test_the_code_stands_nowhere(ride):
    """Whoever reads the database does not find it, and our key alone makes it."""
    code = make.code(ride)
    row = TransferJob.objects.filter(pk=ride.pk).values().get()
    assert all(code not in str(value) for value in row.values())
    assert len(code) == 6
    assert code.isdecimal()


def test_the_code_needs_our_key(ride, settings):
    code, old = make.code(ride), settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert make.code(ride) != code
    assert not codes.opens(ride, code)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert codes.opens(ride, code)


def test_five_wrong_codes_and_no_more(ride, ayse):
    code, wrong, now = make.code(ride), make.wrong(ride), at(ride, hours=6)
    for _n in range(rules.MOST_TRIES - 1):
        with pytest.raises(errors.WrongCode):
            services.deliver(job=ride, code=wrong, told=make.told(), by=None, now=now)
    with pytest.raises(errors.CodeSpent):
        services.deliver(job=ride, code=wrong, told=make.told(), by=None, now=now)
    with pytest.raises(errors.CodeSpent):
        services.deliver(job=ride, code=code, told=make.told(), by=None, now=now)
    assert Line.objects.filter(name="transfers.code_spent").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        TransferJob.objects.filter(pk=ride.pk).update(code_tries=6)
    services.new_code(job=ride, by=ayse, now=now)
    with pytest.raises(errors.WrongCode):
        services.deliver(job=ride, code=code, told=make.told(), by=None, now=now)
    services.deliver(job=ride, code=make.code(ride), told=make.told(), by=None, now=now)
    with pytest.raises(errors.WrongMoment):
        services.new_code(job=ride, by=ayse, now=now)


def test_a_try_that_is_sent_again_counts_once(ride):
    told, now = make.told(), at(ride, hours=6)
    for _n in range(3):
        with pytest.raises(errors.WrongCode):
            services.deliver(job=ride, code=make.wrong(ride), told=told, by=None, now=now)
    assert make.fresh(ride).code_tries == 1


def test_the_code_of_another_journey_opens_nothing(wide, ayse, deniz):
    mine, theirs = make.rolling(wide, ayse), make.rolling(wide, deniz, number=1)
    with pytest.raises(errors.WrongCode):
        services.deliver(job=mine, code=make.code(theirs), told=make.told(), by=None, now=at(mine))


def test_without_the_code_its_owner_decides(ride, ayse):
    now = at(ride, hours=6)
    for told in (make.told("Telefonu kapalı"), make.told("", photo=True)):
        with pytest.raises(errors.WrongMoment):
            services.leave(job=ride, told=told, by=None, now=now)
    services.leave(job=ride, told=make.told("Telefonu kapalı", photo=True), by=None, now=now)
    assert state(ride) == (Ride.UNCONFIRMED, Status.IN_SERVICE)
    services.confirm(job=ride, by=ayse, now=now)
    assert state(ride) == (Ride.DELIVERED, Status.COMPLETED)
    with pytest.raises(errors.WrongMoment):
        services.confirm(job=ride, by=ayse, now=now)


def test_a_day_without_a_word_means_yes(ride):
    now = at(ride, hours=6)
    services.leave(job=ride, told=make.told("Kapalı", photo=True), by=None, now=now)
    assert services.confirm_due(now=now + timedelta(hours=23, minutes=59)) == 0
    assert services.confirm_due(now=now + timedelta(hours=24)) == 1
    assert state(ride) == (Ride.DELIVERED, Status.COMPLETED)


def test_who_says_no_is_heard(ride, ayse):
    now = at(ride, hours=6)
    services.leave(job=ride, told=make.told("Kapalı", photo=True), by=None, now=now)
    services.dispute(job=ride, text="Kimse gelmedi", by=ayse, now=now)
    assert state(ride) == (Ride.PROBLEM, Status.IN_SERVICE)
    assert services.confirm_due(now=now + timedelta(days=9)) == 0
    assert bookings.earn_due(now=now + timedelta(days=9)) == 0
    services.confirm(job=ride, by=ayse, now=now)
    assert state(ride) == (Ride.DELIVERED, Status.COMPLETED)


def test_brought_back_all_goes_back(ride):
    told = make.told("Yol kapalı", photo=True)
    services.bring_back(job=ride, told=told, by=None, now=at(ride, hours=1))
    services.bring_back(job=ride, told=told, by=None, now=at(ride, hours=1))
    assert state(ride) == (Ride.RETURNED, Status.CANCELLED)
    row = make.fresh(ride).booking
    assert (row.refunded, row.ended_by, row.reason) == (row.paid, By.PROVIDER, "Yol kapalı")


def test_the_desk_takes_no_step_of_a_journey(job, bora):
    booking, now = job.booking, at(job)
    for verb in (bookings.arrive, bookings.complete):
        with pytest.raises(errors.ByDriver):
            verb(booking=booking, by=bora, now=now)
    services.pick_up(job=job, told=make.told("Sakin", photo=True), by=bora, now=now)
    booking.refresh_from_db()
    for verb in (bookings.complete, bookings.reopen):
        with pytest.raises(errors.ByDriver):
            verb(booking=booking, by=bora, now=now)
    assert state(job) == (Ride.PICKED_UP, Status.IN_SERVICE)


def test_before_its_journey_is_made_the_desk_waits_too(offering, ayse, bora):
    booking = services.accept(quote=make.quoted(make.asked(offering, ayse)), by=ayse, now=NOW())
    ground_make.pay(booking)
    with pytest.raises(errors.ByDriver):
        bookings.arrive(booking=booking, by=bora, now=booking.starts_at)


@pytest.mark.parametrize(
    ("before", "share"), [(timedelta(hours=30), 1), (timedelta(hours=5), Decimal("0.5"))]
)
def test_cancelling_before_the_pick_up_follows_the_table(job, ayse, before, share):
    booking = job.booking
    back = bookings.cancel(booking=booking, role=By.CUSTOMER, by=ayse, now=booking.starts_at - before)
    assert back == booking.paid * share
    assert state(job) == (Ride.ASSIGNED, Status.CANCELLED)
    with pytest.raises(errors.WrongMoment):
        services.pick_up(job=job, told=make.told("Sakin", photo=True), by=None, now=booking.starts_at)


def test_after_the_pick_up_nobody_cancels(job, ayse, bora):
    early = at(job, minutes=-30)
    services.pick_up(job=job, told=make.told("Sakin", photo=True), by=bora, now=early)
    job.booking.refresh_from_db()
    with pytest.raises(MoveRefused):
        bookings.cancel(booking=job.booking, role=By.CUSTOMER, by=ayse, now=early)
    with pytest.raises(errors.OnTheRoad):
        bookings.cancel(booking=job.booking, role=By.PROVIDER, by=bora, now=early)


def test_the_owner_moves_it_only_with_its_carrier(job, ayse, bora):
    later = at(job, hours=1)
    with pytest.raises(ground.ByQuote):
        bookings.move(booking=job.booking, starts_at=later, role=By.CUSTOMER, by=ayse, now=NOW())
    bookings.rearrange(booking=job.booking, starts_at=later, by=bora, now=NOW())
    assert make.fresh(job).booking.starts_at == later


def test_another_vehicle_and_driver_the_journey_follows(wide, ayse, bora):
    job = make.fixed(wide, ayse)
    vehicle, driver = make.stands(wide, 1)
    bookings.rearrange(
        booking=job.booking, starts_at=job.booking.starts_at, by=bora, now=NOW(), on=[vehicle, driver]
    )
    row = make.fresh(job)
    assert (row.vehicle, row.driver) == (vehicle, driver)


def test_the_permit_of_the_vehicle_that_comes(wide, ayse, bora):
    """Not of the one that was quoted."""
    job = make.fixed(wide, ayse)
    vehicle, driver = make.stands(wide, 1)
    on = [vehicle, driver]
    bookings.rearrange(booking=job.booking, starts_at=job.booking.starts_at, by=bora, now=NOW(), on=on)
    wide.business.licences.filter(plate="34 ABC 124").update(valid_until=timezone.localdate())
    with pytest.raises(errors.NoPlate):
        services.pick_up(job=make.fresh(job), told=make.told("Sakin", photo=True), by=bora, now=at(job))


@pytest.mark.parametrize("source", Ride)
@pytest.mark.parametrize("target", Ride)
def test_lives_of_journeys(source, target):
    if source in (Ride.DELIVERED, Ride.RETURNED):
        assert not JOBS.allows(source, target)
    if target == Ride.DELIVERED:
        assert JOBS.allows(source, target) == (source in {*ROLLING, Ride.UNCONFIRMED})


def test_the_database_knows_what_fits_together(job, ride_facts):
    for facts in ride_facts:
        with pytest.raises(IntegrityError), transaction.atomic():
            TransferJob.objects.filter(pk=job.pk).update(**facts)


@pytest.fixture
def ride_facts():
    now = NOW()
    return [
        {"status": Ride.PICKED_UP},
        {"picked_up_at": now},
        {"status": Ride.UNCONFIRMED, "picked_up_at": now},
        {"status": Ride.DELIVERED, "picked_up_at": now},
        {"status": "lost", "picked_up_at": now},
    ]


@pytest.mark.django_db(transaction=True)
def test_tries_sent_at_once_cannot_share_one(offering, ayse):
    ride = make.rolling(offering, ayse)
    wrong = make.wrong(ride)
    presses = [make.told() for _n in range(8)]
    gate, found = threading.Barrier(8), []

    def run(told):
        gate.wait()
        try:
            services.deliver(job=ride, code=wrong, told=told, by=None, now=at(ride, hours=6))
        except Exception as error:
            found.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[told]) for told in presses]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == ["CodeSpent"] * 4 + ["WrongCode"] * 4
    assert TransferJob.objects.get().code_tries == rules.MOST_TRIES


@pytest.mark.django_db(transaction=True)
def test_picked_up_or_cancelled_at_once_never_both(offering, ayse, bora):
    job = make.fixed(offering, ayse)
    now = at(job, minutes=-30)
    verbs = [
        lambda: services.pick_up(job=job, told=make.told("Sakin", photo=True), by=bora, now=now),
        lambda: bookings.cancel(booking=Booking.objects.get(), role=By.CUSTOMER, by=ayse, now=now),
    ]
    gate, found = threading.Barrier(2), []

    def run(verb):
        gate.wait()
        try:
            verb()
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[verb]) for verb in verbs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 1
    assert state(job) in {(Ride.PICKED_UP, Status.IN_SERVICE), (Ride.ASSIGNED, Status.CANCELLED)}


def test_words_of_events_fit():
    assert max(len(one.value) for one in What) <= 9

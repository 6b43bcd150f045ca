"""Asked, quoted, accepted: nobody pays another price, and no vehicle goes twice."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from booking import errors as ground
from booking import services as bookings
from booking.models import Booking, Claim
from booking.states import Status
from booking.transfers import errors, events, rules, services
from booking.transfers.models import Quote, TransferJob, TransferRequest
from booking.transfers.states import REQUESTS, Asked, Offered
from core import journal
from core.models import Line
from core.states import MoveRefused
from tests.factories import booking as ground_make
from tests.factories import pets
from tests.factories import transfers as make

pytestmark = pytest.mark.django_db
NOW = timezone.now


def test_asked_and_answered_within_a_day(offering, ayse):
    now = NOW()
    request = make.asked(offering, ayse, now=now)
    assert (request.status, request.until) == (Asked.ASKED, now + timedelta(hours=24))
    assert request.pets.get().pet.keepers.get().user == ayse
    assert make.asked(offering, ayse, key=request.key) == request
    quote = make.quoted(request, now=now)
    request.refresh_from_db()
    assert (request.status, quote.valid_until, request.until) == (
        Asked.QUOTED,
        now + timedelta(hours=24),
        now + timedelta(hours=24),
    )
    assert quote.plate == "34 ABC 123"


def test_a_request_ends_before_its_pick_up_is_over(offering, ayse):
    when = NOW() + timedelta(hours=2)
    request = make.asked(offering, ayse, when=when)
    assert request.until == request.latest
    quote = make.quoted(request, pickup_at=when + timedelta(hours=1))
    assert quote.valid_until == quote.pickup_at


def test_only_for_own_animals_it_carries_and_times_ahead(offering, ayse, bora):
    with pytest.raises(ground.WrongPets):
        make.asked(offering, ayse, animals=[pets.pet(ayse, f"Üç {n}") for n in range(3)])
    with pytest.raises(ground.WrongPets):
        services.ask(key="x", offering=offering, pets=[], road=make.road(), by=ayse, now=NOW())
    with pytest.raises(ground.NoPermit):
        make.asked(offering, ayse, animals=[pets.pet(ayse, "Tavşan", species="rabbit")])
    for when in (NOW() - timedelta(hours=5), NOW() + timedelta(days=200)):
        with pytest.raises(ground.NotOffered):
            make.asked(offering, ayse, when=when)
    offering.business.licences.filter(kind="vehicle").update(valid_until=timezone.localdate())
    with pytest.raises((ground.NoPermit, ground.Closed)):
        make.asked(offering, ayse)


def test_the_permit_of_the_vehicle_itself_names_the_animals(offering, ayse):
    request = make.asked(offering, ayse)
    offering.business.licences.filter(kind="vehicle").update(species=["dog"])
    with pytest.raises(ground.PermitForOtherAnimals):
        make.quoted(request)
    offering.business.licences.filter(kind="vehicle").update(species=["dog", "cat"])
    make.quoted(request)


def test_five_open_requests_are_enough(offering, ayse):
    pet = pets.pet(ayse)
    made = [make.asked(offering, ayse, animals=[pet]) for _n in range(rules.MOST_OPEN)]
    with pytest.raises(errors.TooManyRequests):
        make.asked(offering, ayse, animals=[pet])
    services.withdraw(request=made[0], by=ayse, now=NOW())
    make.asked(offering, ayse, animals=[pet])


def test_asking_all_day_long_ends(offering, ayse, monkeypatch):
    monkeypatch.setattr(rules, "ASKS_A_DAY", 1)
    services.withdraw(request=make.asked(offering, ayse), by=ayse, now=NOW())
    with pytest.raises(errors.TooManyRequests):
        make.asked(offering, ayse)


def test_a_quote_that_was_sent_never_changes(offering, ayse):
    quote = make.quoted(make.asked(offering, ayse))
    changes = {
        "price": Decimal(1),
        "pickup_at": quote.pickup_at + timedelta(hours=1),
        "valid_until": quote.valid_until - timedelta(hours=1),
        "minutes": 10,
        "plate": "06 X 1",
        "policy": [],
        "note": "Yeni",
    }
    for name, value in changes.items():
        with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
            Quote.objects.filter(pk=quote.pk).update(**{name: value})
    Quote.objects.filter(pk=quote.pk).update(status=Offered.EXPIRED)


def test_a_new_quote_replaces_the_old(wide, ayse):
    request = make.asked(wide, ayse)
    first = make.quoted(request)
    second = make.quoted(request, number=1, price=Decimal(2000))
    first.refresh_from_db()
    assert (first.status, second.status) == (Offered.SUPERSEDED, Offered.SENT)
    with pytest.raises(errors.QuoteOver):
        services.accept(quote=first, by=ayse, now=NOW())
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.filter(pk=first.pk).update(status=Offered.SENT)


def test_quotes_stand_on_what_is_there(offering, ayse, bora):
    request = make.asked(offering, ayse)
    vehicle, driver = make.stands(offering)
    stranger = ground_make.resource(offering.business, "Başka 34 ABC 123", "vehicle")
    with pytest.raises(errors.WrongVehicle):
        make.quoted(request, vehicle=stranger)
    with pytest.raises(errors.WrongVehicle):
        make.quoted(request, driver=vehicle)
    with pytest.raises(ground.NotOffered):
        make.quoted(request, pickup_at=NOW() + timedelta(minutes=5))
    with pytest.raises(ground.NotOffered):
        make.quoted(request, valid_until=request.earliest + timedelta(hours=1))
    bookings.add_absence(
        resource=driver,
        kind="leave",
        note="",
        starts_at=request.earliest,
        ends_at=request.earliest + timedelta(hours=1),
        by=bora,
    )
    with pytest.raises(ground.SlotTaken):
        make.quoted(request)


def test_each_vehicle_needs_its_own_permit(wide, ayse):
    """The permit of one vehicle is none for the other."""
    request = make.asked(wide, ayse)
    wide.business.licences.filter(plate="34 ABC 124").update(valid_until=timezone.localdate())
    make.quoted(request)
    with pytest.raises(errors.NoPlate):
        make.quoted(request, number=1)


def test_declining_says_why(offering, ayse, bora):
    request = make.asked(offering, ayse)
    quote = make.quoted(request)
    services.decline(request=request, reason="Araç bozuldu", by=bora, now=NOW())
    quote.refresh_from_db()
    assert (request.status, quote.status) == (Asked.DECLINED, Offered.CLOSED)
    with pytest.raises(MoveRefused):
        services.withdraw(request=request, by=ayse, now=NOW())
    with pytest.raises(errors.RequestOver):
        make.quoted(request)


def test_accepting_holds_price_vehicle_and_driver(wide, ayse):
    request = make.asked(wide, ayse)
    quote = make.quoted(request, number=1)
    now = NOW()
    booking = services.accept(quote=quote, by=ayse, now=now)
    assert (booking.status, booking.price, booking.due) == (Status.HELD, 2380, 2380)
    assert booking.until == now + timedelta(minutes=10)
    assert (booking.starts_at, booking.ends_at) == (quote.pickup_at, quote.ends_at)
    claimed = set(booking.claims.values_list("resource_id", flat=True))
    assert claimed == {quote.vehicle_id, quote.driver_id}
    assert services.accept(quote=quote, by=ayse, now=now) == booking
    assert Booking.objects.count() == 1


def test_a_price_that_changes_in_the_list_is_not_that_of_the_quote(offering, ayse):
    quote = make.quoted(make.asked(offering, ayse))
    type(offering).objects.filter(pk=offering.pk).update(price=9999, policy=[], deposit_percent=50)
    booking = services.accept(quote=Quote.objects.get(pk=quote.pk), by=ayse, now=NOW())
    assert (booking.price, booking.policy) == (2380, quote.policy)


def test_a_quote_that_ran_out_between_look_and_press(offering, ayse):
    quote = make.quoted(make.asked(offering, ayse))
    with pytest.raises(errors.QuoteOver):
        services.accept(quote=quote, by=ayse, now=quote.valid_until)
    assert not Booking.objects.exists()


def test_a_vehicle_that_was_taken_sends_the_quote_back(offering, ayse, deniz):
    first = make.quoted(make.asked(offering, ayse))
    second = make.quoted(make.asked(offering, deniz))
    services.accept(quote=first, by=ayse, now=NOW())
    with pytest.raises(errors.VehicleTaken):
        services.accept(quote=second, by=deniz, now=NOW())
    second.refresh_from_db()
    assert (second.status, second.request.status) == (Offered.FALLEN, Asked.ASKED)
    assert second.request.until > NOW()
    assert Booking.objects.count() == 1


def test_an_animal_that_died_meanwhile_is_not_carried(offering, ayse):
    request = make.asked(offering, ayse)
    quote = make.quoted(request)
    pet = request.pets.get().pet
    type(pet).objects.filter(pk=pet.pk).update(status="passed_away", died_on=timezone.localdate())
    with pytest.raises(ground.WrongPets):
        services.accept(quote=quote, by=ayse, now=NOW())


def test_a_permit_that_ended_meanwhile(offering, ayse):
    quote = make.quoted(make.asked(offering, ayse))
    offering.business.licences.filter(kind="vehicle").update(valid_until=timezone.localdate())
    with pytest.raises((ground.NoPermit, ground.Closed)):
        services.accept(quote=quote, by=ayse, now=NOW())


def test_not_paid_in_time_the_quote_holds_again(offering, ayse):
    quote = make.quoted(make.asked(offering, ayse))
    booking = services.accept(quote=quote, by=ayse, now=NOW())
    bookings.end_due(now=booking.until)
    journal.sweep()
    quote.refresh_from_db()
    assert (quote.status, quote.request.status) == (Offered.SENT, Asked.QUOTED)
    again = services.accept(quote=quote, by=ayse, now=NOW())
    assert again != booking
    bookings.end_due(now=again.until)
    services.open_again(booking=again, now=quote.valid_until)
    quote.refresh_from_db()
    assert (quote.status, quote.request.status) == (Offered.EXPIRED, Asked.EXPIRED)


def test_money_that_comes_late_takes_the_same_vehicle_or_goes_back(wide, ayse, deniz):
    quote = make.quoted(make.asked(wide, ayse), number=1)
    booking = services.accept(quote=quote, by=ayse, now=NOW())
    bookings.end_due(now=booking.until)
    journal.sweep()
    booking.refresh_from_db()
    assert bookings.take_money(booking=booking, amount=booking.due, now=NOW())
    journal.sweep()
    job = TransferJob.objects.get()
    quote.refresh_from_db()
    assert (quote.status, quote.request.status) == (Offered.ACCEPTED, Asked.ACCEPTED)
    assert make.fresh(job).vehicle == quote.vehicle
    assert make.fresh(job).driver == quote.driver
    blocking = Claim.objects.filter(booking=booking, blocking=True)
    assert {one.resource for one in blocking} == {quote.vehicle, quote.driver}


def test_late_money_does_not_take_another_vehicle(wide, ayse, deniz):
    quote = make.quoted(make.asked(wide, ayse))
    booking = services.accept(quote=quote, by=ayse, now=NOW())
    bookings.end_due(now=booking.until)
    other = make.quoted(make.asked(wide, deniz))
    services.accept(quote=other, by=deniz, now=NOW())
    booking.refresh_from_db()
    assert not bookings.take_money(booking=booking, amount=booking.due, now=NOW())


def test_what_nobody_answers_ends(offering, ayse):
    request = make.asked(offering, ayse)
    assert services.end_due(now=request.until - timedelta(seconds=1)) == 0
    assert services.end_due(now=request.until) == 1
    assert services.end_due(now=request.until) == 0
    request.refresh_from_db()
    assert request.status == Asked.EXPIRED
    other = make.asked(offering, ayse)
    quote = make.quoted(other)
    assert services.end_due(now=quote.valid_until) == 1
    quote.refresh_from_db()
    assert (quote.status, quote.request.status) == (Offered.EXPIRED, Asked.EXPIRED)


def test_a_quote_that_ends_soon_is_told_once(offering, ayse):
    quote = make.quoted(make.asked(offering, ayse))
    assert services.warn_due(now=quote.valid_until - timedelta(hours=3)) == 0
    assert services.warn_due(now=quote.valid_until - timedelta(hours=2)) == 1
    assert services.warn_due(now=quote.valid_until - timedelta(hours=1)) == 0
    assert Line.objects.filter(name=events.QUOTE_ENDS_SOON).count() == 1


def test_no_time_of_it_is_taken_without_a_quote(offering, ayse):
    with pytest.raises(ground.ByQuote):
        ground_make.held(offering, ayse, ground_make.at(ground_make.monday(), 9))


@pytest.mark.parametrize("source", Asked)
@pytest.mark.parametrize("target", Asked)
def test_lives_of_requests(source, target):
    ends = {Asked.DECLINED, Asked.WITHDRAWN}
    if source in ends:
        assert not REQUESTS.allows(source, target)


@pytest.mark.django_db(transaction=True)
def test_two_accepts_at_once_make_one_booking(offering, ayse):
    quote = make.quoted(make.asked(offering, ayse))
    made = _at_once([lambda: services.accept(quote=quote, by=ayse, now=NOW())] * 2)
    assert Booking.objects.count() == 1
    assert {one.pk for one in made} == {Booking.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_two_quotes_of_one_vehicle_at_once_carry_one(offering, ayse, deniz):
    quotes = [(make.quoted(make.asked(offering, one)), one) for one in (ayse, deniz)]
    accepts = [lambda quote=q, by=who: services.accept(quote=quote, by=by, now=NOW()) for q, who in quotes]
    made = _at_once(accepts)
    assert sorted(type(one).__name__ for one in made) == ["Booking", "VehicleTaken"]
    assert Booking.objects.count() == 1
    assert sorted(TransferRequest.objects.values_list("status", flat=True)) == ["accepted", "asked"]


def _at_once(verbs):
    found, gate = [], threading.Barrier(len(verbs))

    def run(verb):
        gate.wait()
        try:
            found.append(verb())
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[verb]) for verb in verbs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found

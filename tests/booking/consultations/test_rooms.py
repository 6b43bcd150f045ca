"""A room for each confirmed consultation: when it opens, who enters, who is told, who was there."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from booking import services as bookings
from booking.consultations import advice, events, notices, queries, rules, services
from booking.consultations.errors import AdviceNotAccepted, NoAdviceText, RoomClosed, TakenOver
from booking.consultations.models import Consultation, Message, Presence, Signal
from booking.consultations.states import Phase, Side
from booking.models import Booking
from booking.services import Guest
from booking.states import By, Status
from core import journal
from core.models import Line
from legal.models import Acceptance
from notifications.models import Notice
from tests.core.rivals import behind
from tests.factories import booking as make
from tests.factories import consultations as consult
from tests.factories import teams

pytestmark = pytest.mark.django_db


def sweep() -> None:
    journal.sweep(now=timezone.now() + timedelta(hours=1))


def told(user) -> list[str]:
    sweep()
    rows = Notice.objects.filter(recipient=user, kind__startswith="consultations.").order_by("pk")
    found = list(rows.values_list("kind", flat=True))
    rows.delete()
    return found


def test_a_confirmed_booking_gets_one_room(offering, ayse):
    booking = consult.booked(offering, ayse)
    sweep()
    room = Consultation.objects.get()
    assert room.booking == booking
    assert services.make_room(booking=booking, now=timezone.now()) == room


def test_no_room_for_other_kinds_for_requests_and_for_guests(offering, ayse, bora):
    vet = offering.needs.get().resources.get()
    other = make.offering(offering.business, vet, name="Muayene", price=Decimal(0))
    bookings.take_free(
        booking=make.held(other, ayse, make.at(make.monday(2), 9)), by=ayse, now=timezone.now()
    )
    offering.on_request = True
    consult.booked(offering, ayse, make.at(make.monday(2), 10))
    guest = Guest("Sevgi Tan", "+905320000012", "Duman", "cat")
    at = make.at(make.monday(2), 11)
    bookings.walk_in(offering=offering, guest=guest, starts_at=at, by=bora, now=timezone.now())
    sweep()
    assert not Consultation.objects.exists()


def test_it_opens_ten_minutes_before_and_closes_fifteen_after(room):
    starts, ends = room.booking.starts_at, room.booking.ends_at
    at = {
        starts - timedelta(minutes=10, seconds=1): Phase.EARLY,
        starts - timedelta(minutes=10): Phase.OPEN,
        ends + timedelta(minutes=14, seconds=59): Phase.OPEN,
        ends + timedelta(minutes=15): Phase.OVER,
    }
    assert {moment: room.phase(moment) for moment in at} == at


def test_moved_and_cancelled_with_its_booking(room, bora):
    booking, was = room.booking, room.opens_at
    consult.accept(room, timezone.now())
    new = booking.starts_at + timedelta(hours=2)
    bookings.move(booking=booking, starts_at=new, role=By.PROVIDER, by=bora, now=timezone.now())
    fresh = Consultation.objects.get()
    assert fresh.phase(was) == Phase.EARLY
    assert fresh.opens_at == new - rules.OPENS_BEFORE
    with pytest.raises(RoomClosed):
        services.enter(consultation=room, side=Side.OWNER, by=booking.customer, now=was)
    assert services.enter(consultation=room, side=Side.OWNER, by=booking.customer, now=new)
    bookings.cancel(booking=booking, role=By.PROVIDER, by=bora, now=new)
    with pytest.raises(RoomClosed):
        services.enter(consultation=room, side=Side.VET, by=bora, now=new)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.CONFIRMED, Status.IN_SERVICE, Status.HELD}))
def test_closed_in_every_other_state(room, bora, status):
    now = room.booking.starts_at
    facts = {"ended_at": now, "ended_by": "customer", "until": now}
    Booking.objects.filter(pk=room.booking_id).update(status=status, **facts)
    with pytest.raises(RoomClosed):
        services.enter(consultation=room, side=Side.VET, by=bora, now=now)


def test_closed_before_opening_and_afterwards(room, bora):
    for moment in (room.opens_at - timedelta(seconds=1), room.closes_at):
        with pytest.raises(RoomClosed):
            services.enter(consultation=room, side=Side.VET, by=bora, now=moment)


def test_the_owner_accepts_the_notice_in_force_first(room, ayse, bora):
    now = room.booking.starts_at
    facts = {"consultation": room, "side": Side.OWNER, "by": ayse, "now": now}
    with pytest.raises(AdviceNotAccepted):
        services.enter(**facts)
    consult.accept(room, now)
    services.enter(**facts)
    row = Acceptance.objects.get()
    assert (row.user, row.version.number, row.at) == (ayse, 1, now)
    assert row.context == f"consultation {room.booking.number}"
    consult.notice(number=2)
    with pytest.raises(AdviceNotAccepted):
        services.enter(**facts)
    assert services.enter(consultation=room, side=Side.VET, by=bora, now=now)


def test_an_acceptance_for_another_consultation_does_not_count(room, offering, ayse):
    other = consult.room(offering, ayse)
    consult.accept(other, timezone.now())
    with pytest.raises(AdviceNotAccepted):
        services.enter(consultation=room, side=Side.OWNER, by=ayse, now=room.booking.starts_at)


def test_what_somebody_else_accepted_does_not_count(room, ayse, deniz):
    paper = advice.text()
    advice.accept(room, version=paper.version, by=deniz, now=timezone.now())
    with pytest.raises(AdviceNotAccepted):
        services.enter(consultation=room, side=Side.OWNER, by=ayse, now=room.booking.starts_at)


def test_without_a_text_in_force_no_room_opens(room, ayse):
    consult.accept(room, timezone.now())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(advice, "DOCUMENT", "yok")
        with pytest.raises(NoAdviceText):
            services.enter(consultation=room, side=Side.OWNER, by=ayse, now=room.booking.starts_at)


def test_entering_again_ends_the_other_connection(room, ayse):
    now = room.booking.starts_at
    first = consult.enter(room, Side.OWNER, ayse, now)
    second = consult.enter(room, Side.OWNER, ayse, now + timedelta(minutes=1))
    first.refresh_from_db()
    assert first.left_at == now + timedelta(minutes=1)
    assert second.key != first.key
    with pytest.raises(TakenOver):
        services.enter(consultation=room, side=Side.OWNER, by=ayse, now=now, resume=first.key)


def test_a_lost_connection_goes_on_as_the_same(room, ayse, bora):
    now = room.booking.starts_at
    first = consult.enter(room, Side.OWNER, ayse, now)
    later = now + timedelta(minutes=3)
    again = services.enter(consultation=room, side=Side.OWNER, by=ayse, now=later, resume=first.key)
    assert again == first
    assert again.seen_at == later
    vet = consult.enter(room, Side.VET, bora, now)
    with pytest.raises(TakenOver):  # the key of a colleague
        services.enter(consultation=room, side=Side.VET, by=ayse, now=later, resume=vet.key)


def test_the_database_keeps_one_connection_of_a_side(room, ayse):
    facts = {"consultation": room, "side": Side.OWNER, "user": ayse}
    now = timezone.now()
    Presence.objects.create(joined_at=now, seen_at=now, **facts)
    with pytest.raises(IntegrityError, match="side_is_in_the_room_once"), transaction.atomic():
        Presence.objects.create(joined_at=now, seen_at=now, **facts)


LONG_AGO = "2026-01-01T00:00Z"
BROKEN = [
    (Presence, {"side": "cat"}, "presence_has_a_known_side"),
    (Presence, {"seen_at": LONG_AGO}, "presence_ends_after_it_begins"),
    (Presence, {"left_at": LONG_AGO}, "presence_ends_after_it_begins"),
    (Signal, {"to": F("sender")}, "signal_goes_to_the_other_side"),
    (Message, {"side": "cat"}, "message_has_a_known_side"),
    (Message, {"text": ""}, "message_says_something"),
]


@pytest.mark.parametrize(("model", "change", "name"), BROKEN)
def test_the_database_refuses(live, ayse, bora, model, change, name):
    owner, vet = consult.enter(live, Side.OWNER, ayse), consult.enter(live, Side.VET, bora)
    Signal.objects.create(sender=owner, to=vet, body={}, at=timezone.now())
    live.messages.create(side="owner", author=ayse, key=owner.key, text="Merhaba", at=timezone.now())
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**change)


def test_the_database_keeps_a_message_once(live, ayse):
    facts = {"side": "owner", "author": ayse, "key": live.public_id, "text": "Merhaba", "at": timezone.now()}
    live.messages.create(**facts)
    with pytest.raises(IntegrityError, match="message_is_kept_once"), transaction.atomic():
        live.messages.create(**facts)


@pytest.mark.parametrize("address", ["http://ornek.test/a", "javascript:alert(1)"])
def test_the_database_takes_https_addresses_only(room, address):
    with pytest.raises(IntegrityError, match="meeting_address_is_https"), transaction.atomic():
        Consultation.objects.update(address=address)


def test_both_sides_are_told_once_and_again_after_a_move(room, ayse, bora):
    told(ayse), told(bora)
    starts = room.booking.starts_at
    soon = starts - timedelta(minutes=20)
    assert services.tell_due(now=soon - timedelta(seconds=1)) == 0
    assert services.tell_due(now=soon) == 1
    assert services.tell_due(now=starts - timedelta(minutes=1)) == 0
    assert (told(ayse), told(bora)) == ([notices.OPENS_OWNER], [notices.OPENS_BUSINESS])
    new = starts + timedelta(hours=2)
    bookings.move(booking=room.booking, starts_at=new, role=By.PROVIDER, by=bora, now=timezone.now())
    assert services.tell_due(now=new - timedelta(minutes=15)) == 1
    assert told(ayse) == [notices.OPENS_OWNER]


def test_nobody_is_told_of_what_was_cancelled_meanwhile(room, ayse, bora):
    told(ayse)
    services.tell_due(now=room.booking.starts_at - timedelta(minutes=20))
    bookings.cancel(booking=room.booking, role=By.CUSTOMER, by=ayse, now=timezone.now())
    assert told(ayse) == []


def test_nothing_is_told_of_what_does_not_take_place(room, ayse):
    bookings.cancel(booking=room.booking, role=By.CUSTOMER, by=ayse, now=timezone.now())
    assert services.tell_due(now=room.booking.starts_at - timedelta(minutes=20)) == 0


def test_nobody_is_told_of_a_time_from_which_it_was_moved(room, ayse, bora):
    told(ayse)
    services.tell_due(now=room.booking.starts_at - timedelta(minutes=20))
    new = room.booking.starts_at + timedelta(hours=2)
    bookings.move(booking=room.booking, starts_at=new, role=By.PROVIDER, by=bora, now=timezone.now())
    assert told(ayse) == []


def test_of_the_business_only_whoever_holds_it_is_told(room, bora, cem):
    stand = room.booking.claims.get().resource
    stand.membership = teams.member(room.booking.business, cem, "vet")
    stand.save()
    services.tell_due(now=room.booking.starts_at - timedelta(minutes=20))
    assert (told(cem), told(bora)) == ([notices.OPENS_BUSINESS], [])


def test_signals_go_after_an_hour_and_the_record_after_two_years(live, ayse, bora, client):
    owner = consult.enter(live, Side.OWNER, ayse)
    vet = consult.enter(live, Side.VET, bora)
    now = timezone.now()
    Signal.objects.create(sender=owner, to=vet, body={}, at=now)
    live.messages.create(side="owner", author=ayse, key=owner.key, text="Merhaba", at=now)
    assert services.forget_old(now=now + timedelta(minutes=59)) == 0
    assert Signal.objects.count() == 1
    services.forget_old(now=now + timedelta(minutes=61))
    assert (Signal.objects.count(), live.messages.count()) == (0, 1)
    services.forget_old(now=live.booking.ends_at + rules.RECORD_KEPT + timedelta(seconds=1))
    assert (live.messages.count(), live.presences.count()) == (0, 0)


def test_who_was_there_counts_for_the_time_it_stands_at(live, ayse):
    consult.enter(live, Side.OWNER, ayse)
    assert queries.was_there(live, Side.OWNER)
    consult.shift(live, timezone.now() + timedelta(days=1))
    assert not queries.was_there(live, Side.OWNER)


def test_inside_is_whoever_was_heard_of_just_now(live, ayse):
    seat = consult.enter(live, Side.OWNER, ayse)
    assert set(queries.inside(live, seat.seen_at)) == {Side.OWNER}
    assert not queries.inside(live, seat.seen_at + rules.AWAY_AFTER)
    services.leave(presence=seat, now=seat.seen_at)
    assert not queries.inside(live, seat.seen_at)


def test_who_left_twice_left_once_and_never_before_she_came(live, ayse):
    seat = consult.enter(live, Side.OWNER, ayse)
    services.leave(presence=seat, now=seat.joined_at - timedelta(seconds=1))
    services.leave(presence=seat, now=seat.joined_at + timedelta(minutes=1))
    seat.refresh_from_db()
    assert seat.left_at == seat.joined_at
    assert Line.objects.filter(name=events.LEFT).count() == 1


# --- Two at once -----------------------------------------------------------------------------------


@pytest.fixture
def quiet_room(person):
    """Committed, so that a second connection sees it."""
    consult.notice()
    return consult.room(consult.offering(person("Bora", "Aksoy")), person("Ayşe", "Yıldız"))


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_once(quiet_room):
    soon = quiet_room.booking.starts_at - timedelta(minutes=20)
    assert behind(lambda: services.tell_due(now=soon), lambda: services.tell_due(now=soon)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_tabs_leave_once(quiet_room):
    now = quiet_room.booking.starts_at
    seat = consult.enter(quiet_room, Side.OWNER, quiet_room.booking.customer, now)
    behind(lambda: services.leave(presence=seat, now=now), lambda: services.leave(presence=seat, now=now))
    assert Line.objects.filter(name=events.LEFT).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_desks_set_one_address(quiet_room):
    facts = {"consultation": quiet_room, "address": "https://gorusme.test/oda", "by": None}

    def press() -> None:
        services.set_address(**facts, now=timezone.now())

    behind(press, press)
    assert Line.objects.filter(name=events.ADDRESS_SET).count() == 1

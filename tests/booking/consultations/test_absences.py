"""Nobody came: who may say so, when, and what happens with the money."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from booking import services as bookings
from booking.consultations import notices, services
from booking.consultations.errors import (
    NobodyOfYours,
    NotYet,
    OwnerWasThere,
    RoomClosed,
    SomebodyCame,
    TooLateToReport,
)
from booking.consultations.states import Side
from booking.services import Guest
from booking.states import By, Status
from core import journal
from core.models import Line
from core.states import MoveRefused
from notifications.models import Notice
from tests.core.rivals import at_once, behind
from tests.factories import booking as make
from tests.factories import consultations as consult

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=10)


@pytest.fixture
def waiting(room, ayse):
    """Ayşe is in and waits."""
    consult.enter(room, Side.OWNER, ayse, room.booking.starts_at)
    return room


def report(room, ayse, after: timedelta = LATER):
    now = room.booking.starts_at + after
    return services.report_nobody(consultation=room, by=ayse, now=now)


def test_all_goes_back_and_the_evidence_stays(waiting, ayse, bora):
    assert report(waiting, ayse) == 450
    booking = waiting.booking
    booking.refresh_from_db()
    assert (booking.status, booking.ended_by, booking.refunded) == (Status.CANCELLED, By.PROVIDER, 450)
    assert waiting.presences.get().user == ayse
    line = Line.objects.get(name="consultations.nobody_came")
    assert (line.actor, line.data["waited"]) == (ayse, 1)
    journal.sweep(now=timezone.now() + timedelta(hours=1))
    assert Notice.objects.filter(recipient=bora, kind=notices.NOBODY_CAME).count() == 1
    assert Notice.objects.filter(recipient=ayse, kind="booking.cancelled_by_provider").count() == 1


def test_not_before_ten_minutes_and_not_without_having_waited(waiting, ayse, offering):
    with pytest.raises(NotYet):
        report(waiting, ayse, LATER - timedelta(seconds=1))
    other = consult.room(offering, ayse)
    with pytest.raises(NotYet):
        report(other, ayse)


def test_a_look_before_the_start_is_no_waiting(room, ayse):
    consult.enter(room, Side.OWNER, ayse, room.opens_at)
    with pytest.raises(NotYet):
        report(room, ayse)


def test_refused_when_somebody_of_the_business_was_in(waiting, ayse, bora):
    seat = consult.enter(waiting, Side.VET, bora, waiting.booking.starts_at + timedelta(minutes=9))
    services.leave(presence=seat, now=seat.joined_at)
    with pytest.raises(SomebodyCame):
        report(waiting, ayse)


def test_until_a_day_after_the_end(waiting, ayse):
    with pytest.raises(TooLateToReport):
        report(waiting, ayse, timedelta(minutes=20, hours=24, seconds=1))
    assert report(waiting, ayse, timedelta(minutes=20, hours=24)) == 450


def test_not_once_the_money_is_earned(waiting, ayse):
    type(waiting.booking).objects.filter(pk=waiting.booking_id).update(earned_at=timezone.now())
    with pytest.raises(TooLateToReport):
        report(waiting, ayse)


def test_also_when_the_business_said_that_she_did_not_come(waiting, ayse, bora):
    type(waiting.booking).objects.filter(pk=waiting.booking_id).update(status=Status.NO_SHOW)
    assert report(waiting, ayse) == 450


def test_once(waiting, ayse):
    report(waiting, ayse)
    with pytest.raises(MoveRefused):
        report(waiting, ayse)


def test_who_was_there_did_come(waiting, bora):
    with pytest.raises(OwnerWasThere):
        bookings.miss(booking=waiting.booking, by=bora, now=waiting.booking.starts_at + LATER)


def test_who_was_not_there_did_not(room, ayse, bora):
    consult.enter(room, Side.OWNER, ayse, room.opens_at)  # a look, and gone again
    bookings.miss(booking=room.booking, by=bora, now=room.booking.starts_at + LATER)
    assert room.booking.status == Status.NO_SHOW


def test_it_is_done_only_if_somebody_of_the_business_was_in(waiting, bora):
    facts = {"booking": waiting.booking, "by": bora, "now": waiting.booking.ends_at}
    with pytest.raises(NobodyOfYours):
        bookings.complete(**facts)
    consult.enter(waiting, Side.VET, bora, waiting.booking.starts_at)
    bookings.complete(**facts)
    assert waiting.booking.status == Status.COMPLETED


def test_a_guests_is_done_without_a_room(offering, bora):
    """It is held by phone."""
    starts_at = make.at(make.monday(2), 9)
    guest = Guest("Sevgi Tan", "+905320000012", "Duman", "cat")
    booking = bookings.walk_in(
        offering=offering, guest=guest, starts_at=starts_at, by=bora, now=timezone.now()
    )
    bookings.complete(booking=booking, by=bora, now=booking.ends_at)
    assert booking.status == Status.COMPLETED


def test_by_the_button(client, live, ayse):
    consult.enter(live, Side.OWNER, ayse)
    client.force_login(ayse)
    nobody = reverse("my_consultation_nobody", args=[live.booking.public_id])
    assert nobody not in client.get(live.booking.url()).content.decode()
    assert client.get(nobody).status_code == 405
    client.post(nobody)
    live.booking.refresh_from_db()
    assert live.booking.status == Status.CONFIRMED
    type(live.booking).objects.update(starts_at=timezone.now() - timedelta(minutes=11))
    live.presences.update(joined_at=timezone.now() - timedelta(minutes=9))
    assert nobody in client.get(live.booking.url()).content.decode()
    client.post(nobody)
    live.booking.refresh_from_db()
    assert (live.booking.status, live.booking.refunded) == (Status.CANCELLED, 450)
    assert nobody not in client.get(live.booking.url()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_entering_and_reporting_at_once(person):
    """Either the vet is in and nothing goes back, or it goes back and she is not in: never both."""
    ayse, bora = person("Ayşe", "Yıldız"), person("Bora", "Aksoy")
    consult.notice()
    offering = consult.offering(bora)
    for _ in range(3):
        room = consult.room(offering, ayse)
        consult.enter(room, Side.OWNER, ayse, room.booking.starts_at)
        now = room.booking.starts_at + LATER

        def act(number: int, room=room, now=now):
            if number:
                return services.enter(consultation=room, side=Side.VET, by=bora, now=now)
            return services.report_nobody(consultation=room, by=ayse, now=now)

        done = at_once(act, 2)
        lost = [one for one in done if isinstance(one, Exception)]
        assert [type(one) for one in lost] in ([SomebodyCame], [RoomClosed])
        room.booking.refresh_from_db()
        came = room.presences.filter(side=Side.VET).exists()
        assert came == (room.booking.status == Status.CONFIRMED)
    connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("vet_first", [True, False])
def test_whoever_is_behind_sees_what_was_done_before(person, vet_first):
    ayse, bora = person("Ayşe", "Yıldız"), person("Bora", "Aksoy")
    consult.notice()
    room = consult.room(consult.offering(bora), ayse)
    consult.enter(room, Side.OWNER, ayse, room.booking.starts_at)
    facts = {"consultation": room, "now": room.booking.starts_at + LATER}
    acts = [
        lambda: services.enter(side=Side.VET, by=bora, **facts),
        lambda: services.report_nobody(by=ayse, **facts),
    ]
    lost = behind(*(acts if vet_first else reversed(acts)))
    assert type(lost) is (SomebodyCame if vet_first else RoomClosed)

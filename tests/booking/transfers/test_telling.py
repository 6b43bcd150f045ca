"""Who is told of what, once; what is forgotten, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from booking import services as bookings
from booking.transfers import errors, notices, rules, services, tasks
from booking.transfers.models import TrackingEvent, TransferRequest
from core import journal, personal_data, storage
from notifications.models import Notice
from tests.factories import booking as ground
from tests.factories import transfers as make

pytestmark = pytest.mark.django_db


def told(user, prefix: str = "transfers.") -> list[str]:
    while journal.sweep(now=timezone.now() + timedelta(hours=1)):
        pass
    rows = Notice.objects.filter(recipient=user, kind__startswith=prefix).order_by("pk")
    found = list(rows.values_list("kind", flat=True))
    rows.delete()
    return found


def test_asked_quoted_and_accepted(offering, ayse, bora):
    request = make.asked(offering, ayse)
    assert (told(ayse), told(bora)) == ([], [notices.ASKED])
    quote = make.quoted(request)
    assert (told(ayse), told(bora)) == ([notices.QUOTED], [])
    services.warn_due(now=quote.valid_until - timedelta(hours=1))
    services.warn_due(now=quote.valid_until - timedelta(hours=1))
    assert (told(ayse), told(bora)) == ([notices.ENDS_SOON], [])
    held = services.accept(quote=quote, by=ayse, now=timezone.now())
    assert (told(ayse), told(bora)) == ([], [notices.ACCEPTED])
    ground.pay(held)
    assert (told(bora), told(bora, "booking.")) == ([], ["booking.new"])


def test_the_words_of_a_quote(client, offering, ayse):
    make.quoted(make.asked(offering, ayse))
    while journal.sweep():
        pass
    client.force_login(ayse)
    page = client.get(reverse("notifications:list")).content.decode()
    assert "Yoldaş Taşıma: ₺2.380,00 teklif" in page
    assert "{road}" not in page


def test_declined_withdrawn_unanswered_and_run_out(offering, ayse, bora):
    def fresh():
        request = make.asked(offering, ayse)
        told(bora)
        return request

    services.decline(request=fresh(), reason="Doluyuz", by=bora, now=timezone.now())
    assert told(ayse) == [notices.DECLINED]
    services.withdraw(request=fresh(), by=ayse, now=timezone.now())
    assert told(bora) == [notices.WITHDRAWN]
    services.end_due(now=fresh().until)
    assert told(ayse) == [notices.UNANSWERED]
    quote = make.quoted(fresh())
    told(ayse)
    services.end_due(now=quote.valid_until)
    assert told(ayse) == [notices.QUOTE_OVER]


def test_a_vehicle_taken_meanwhile_is_told_to_its_carrier(offering, ayse, deniz, bora):
    first, second = make.quoted(make.asked(offering, ayse)), make.quoted(make.asked(offering, deniz))
    services.accept(quote=first, by=ayse, now=timezone.now())
    told(bora)
    with pytest.raises(errors.VehicleTaken):
        services.accept(quote=second, by=deniz, now=timezone.now())
    assert told(bora) == [notices.FELL]


def test_on_the_road(offering, ayse, bora):
    ride = make.rolling(offering, ayse)
    now = ride.booking.starts_at
    assert told(ayse)[-1] == notices.PICKED_UP
    services.tell(job=ride, what="rest", told=make.told("Su"), by=None, now=now)
    assert told(ayse) == [notices.EVENT]
    services.tell_events(job=ride, tells=False)
    services.tell(job=ride, what="fuel", told=make.told(), by=None, now=now)
    assert told(ayse) == []
    told(bora)
    services.report_problem(job=ride, told=make.told("Kaza"), by=None, now=now)
    assert (told(ayse), told(bora)) == ([notices.PROBLEM], [notices.DESK_PROBLEM])
    services.deliver(job=ride, code=make.code(ride), told=make.told(), by=None, now=now)
    assert (told(ayse), told(bora)) == ([notices.DELIVERED], [notices.DESK_DELIVERED])


def test_without_the_code(offering, ayse, bora):
    ride = make.rolling(offering, ayse)
    now = ride.booking.starts_at
    told(ayse), told(bora)
    for _n in range(rules.MOST_TRIES):
        with pytest.raises((errors.WrongCode, errors.CodeSpent)):
            services.deliver(job=ride, code=make.wrong(ride), told=make.told(), by=None, now=now)
    assert told(ayse) == [notices.CODE_SPENT]
    services.leave(job=ride, told=make.told("Kapalı", photo=True), by=None, now=now)
    assert told(ayse) == [notices.LEFT]
    services.dispute(job=ride, text="Gelmedi", by=ayse, now=now)
    assert told(bora) == [notices.DISPUTED]
    services.confirm(job=ride, by=ayse, now=now)
    assert (told(ayse), told(bora)) == ([], [notices.DESK_DELIVERED])


def test_receivers_may_run_twice(offering, ayse):
    quote = make.quoted(make.asked(offering, ayse))
    held = services.accept(quote=quote, by=ayse, now=timezone.now())
    bookings.end_due(now=held.until)
    for _n in range(2):
        services.open_again(booking=held, now=timezone.now())
    quote.refresh_from_db()
    assert quote.status == "sent"
    again = services.accept(quote=quote, by=ayse, now=timezone.now())
    ground.pay(again)
    assert services.make_job(booking=again, now=timezone.now()) == services.make_job(
        booking=again, now=timezone.now()
    )


def test_exact_places_are_forgotten_after_ninety_days(offering, ayse):
    ride = make.rolling(offering, ayse)
    now = ride.booking.starts_at
    place = {"place": "Susurluk", "point": (39, 28)}
    services.tell(job=ride, what="rest", told=make.told("Su", photo=True, **place), by=None, now=now)
    photos = list(TrackingEvent.objects.values_list("photo", flat=True))
    services.deliver(job=ride, code=make.code(ride), told=make.told(), by=None, now=now)
    with _commits():
        assert services.forget_old(now=now + timedelta(days=89)) == 0
        assert services.forget_old(now=now + timedelta(days=91)) == 1
        assert services.forget_old(now=now + timedelta(days=91)) == 0
    assert not TrackingEvent.objects.exclude(latitude=None, place="", photo="").exists()
    assert not any(storage.private().exists(name) for name in photos)
    request = TransferRequest.objects.get()
    assert (request.from_address, request.to_phone, request.from_district) == ("", "", "Kadıköy")


def _commits():
    from django.test import TestCase

    return TestCase.captureOnCommitCallbacks(execute=True)


def test_requests_that_came_to_nothing_and_cancelled_journeys_are_forgotten(wide, ayse, bora):
    job = make.fixed(wide, ayse)
    bookings.cancel(booking=job.booking, role="customer", by=ayse, now=timezone.now())
    services.withdraw(request=make.asked(wide, ayse), by=ayse, now=timezone.now())
    make.asked(wide, ayse)
    assert services.forget_old(now=timezone.now() + timedelta(days=91)) == 2
    assert TransferRequest.objects.exclude(from_address="").count() == 1


def test_what_runs_is_not_forgotten(offering, ayse):
    ride = make.rolling(offering, ayse)
    assert services.forget_old(now=ride.booking.ends_at + timedelta(days=900)) == 0


def test_her_copy_and_her_erasure(offering, ayse):
    ride = make.rolling(offering, ayse)
    photo = ride.events.get().photo
    texts = str(personal_data.collect(ayse))
    for word in ("Moda Cad. 12", "Sakin", "+905337654321"):
        assert word in texts
    personal_data.erase(ayse)
    assert not TrackingEvent.objects.exists()
    assert not storage.private().exists(photo)
    assert not TransferRequest.objects.exclude(from_address="", to_phone="", note="").exists()


def test_the_worker_looks_for_what_is_due(offering, ayse):
    request = make.asked(offering, ayse)
    TransferRequest.objects.filter(pk=request.pk).update(until=timezone.now())
    for task in (tasks.end_due, tasks.confirm_due, tasks.forget_old):
        task()
        task()
    request.refresh_from_db()
    assert request.status == "expired"

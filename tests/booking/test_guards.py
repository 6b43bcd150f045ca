"""The database keeps what bookings promise even from code that forgot it: each sentence, broken once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from booking.models import (
    Absence,
    Booking,
    BookingItem,
    BusyFeed,
    CalendarLink,
    Claim,
    Need,
    Offering,
    Resource,
    Shift,
)
from tests.factories import booking as make

pytestmark = pytest.mark.django_db
NOW = "2026-01-01T00:00Z"


@pytest.fixture
def rows(paid, ayse):
    """One of each kind of row that is broken below."""
    chair = paid.claims.get().resource
    Shift.objects.create(resource=chair, weekday=0, starts=540, ends=720)
    feed = BusyFeed.objects.create(resource=chair, url="https://ornek.test/a.ics")
    during = (timezone.now(), timezone.now() + timedelta(hours=1))
    Absence.objects.create(resource=chair, during=during, kind=Absence.Kind.FEED, feed=feed)
    CalendarLink.objects.create(user=ayse)


BROKEN = [
    (Booking, {"status": "lost"}, "booking_has_a_known_state"),
    (Booking, {"ends_at": NOW}, "booking_ends_after_it_begins"),
    (Booking, {"due": 9999}, "booking_sums_up"),
    (Booking, {"due": -1}, "booking_sums_up"),
    (Booking, {"refunded": 9999}, "booking_gives_back_what_it_took"),
    (Booking, {"customer": None}, "booking_is_somebodys"),
    (Booking, {"status": "requested"}, "kept_booking_says_until_when"),
    (Booking, {"status": "held", "until": NOW}, "person_keeps_three_times_at_most"),
    (Booking, {"status": "cancelled", "ended_by": ""}, "ended_booking_says_by_whom"),
    (Booking, {"places": 13}, "booking_is_one_of_so_many"),
    (Booking, {"place": 3}, "booking_is_one_of_so_many"),
    (Booking, {"places": 2, "place": 2}, "first_of_several_leads_the_others"),
    (Booking, {"taken_in_at": NOW}, "who_is_taken_in_has_arrived"),
    (Offering, {"kind": "x"}, "offering_has_a_known_kind"),
    (Offering, {"minutes": 4}, "offering_takes_minutes_to_a_day"),
    (Offering, {"step": 0}, "offering_takes_minutes_to_a_day"),
    (Offering, {"price": -1}, "offering_price_is_not_negative"),
    (Offering, {"deposit_percent": 101}, "offering_price_is_not_negative"),
    (Offering, {"least_nights": 31}, "offering_counts_make_sense"),
    (Offering, {"most_pets": 0}, "offering_counts_make_sense"),
    (Offering, {"arrive_at": 24 * 60}, "offering_hours_are_of_a_day"),
    (Need, {"count": 0}, "need_is_one_to_20"),
    (Resource, {"capacity": 0}, "resource_takes_one_to_200"),
    (Resource, {"kind": "x"}, "resource_has_a_known_kind"),
    (Shift, {"weekday": 7}, "shift_has_a_weekday"),
    (Shift, {"ends": 540}, "shift_lasts_up_to_a_day"),
    (Shift, {"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "shift_counts_for_some_days"),
    (Absence, {"feed": None}, "absence_of_a_feed_names_it"),
    (Absence, {"during": (None, timezone.now())}, "absence_begins_and_ends"),
    (CalendarLink, {"user": None}, "calendar_link_has_one_owner"),
]


@pytest.mark.parametrize(
    ("model", "change", "name"), BROKEN, ids=[f"{n}-{next(iter(c))}" for _m, c, n in BROKEN]
)
def test_the_database_refuses(rows, model, change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**change)


TWICE = [
    (Claim, "resource_is_taken_once"),
    (BookingItem, "animal_stands_once_in_a_booking"),
    (Need, "need_has_its_place"),
    (Resource, "resources_of_a_branch_differ"),
    (Shift, "shifts_of_a_day_do_not_overlap"),
    (BusyFeed, "resource_reads_a_calendar_once"),
]


@pytest.mark.parametrize(("model", "name"), TWICE)
def test_the_database_refuses_a_second_one(rows, model, name):
    row = model.objects.get()
    row.pk = None
    for field in row._meta.fields:
        if field.unique and not field.primary_key:
            setattr(row, field.attname, field.get_default())
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=True)


def test_two_tabs_do_not_keep_under_one_number(visit, ayse):
    """What counts the open holds of a person when both tabs have read the same."""
    day = make.monday(2)
    for hour in (9, 10):
        make.held(visit, ayse, make.at(day, hour))
    with pytest.raises(IntegrityError, match="each_hold_of_a_person_has_its_number"), transaction.atomic():
        Booking.objects.update(hold_number=1)


def test_every_sentence_of_the_models_is_broken_here_or_where_its_verb_is():
    said = {name for *_rest, name in (*BROKEN, *TWICE)} | {"each_hold_of_a_person_has_its_number"}
    said |= {"place_behind_a_head_is_taken_once"}  # tests/booking/series
    models = (Booking, BookingItem, Claim, Offering, Need, Resource, Shift, BusyFeed, Absence, CalendarLink)
    assert {one.name for model in models for one in model._meta.constraints} <= said

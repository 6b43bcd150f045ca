"""Permits: reminders exactly once, an end hides the listing, constraints of the database."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import Line
from teams import events, licences
from teams.models import Business
from teams.states import LicenceStatus
from teams.tasks import watch_licences
from tests.core.rivals import at_once
from tests.factories import teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(bora):
    made = teams.verified(bora)
    made.licences.update(valid_until=date(2027, 3, 31))
    return made


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+03:00")


def told() -> list[int]:
    return [line.data["days"] for line in Line.objects.filter(name=events.LICENCE_ENDS_SOON).order_by("pk")]


def test_reminders_30_7_and_1_days_ahead_exactly_once(clinic):
    day = noon("2027-02-15")
    with time_machine.travel(day, tick=False) as clock:
        for _ in range(60):
            watch_licences()
            watch_licences()
            clock.shift(timedelta(hours=24))
    assert told() == [30, 7, 1]
    assert Line.objects.filter(name=events.LICENCE_EXPIRED).count() == 1


def test_missed_rounds_are_made_up_for_by_one_reminder(clinic):
    licences.watch(now=noon("2027-03-26"))
    licences.watch(now=noon("2027-03-27"))
    assert told() == [5]


def test_end_hides_the_listing_at_midnight_and_a_renewal_brings_it_back(clinic):
    assert Business.objects.listed(date(2027, 3, 31)).exists()
    assert not Business.objects.listed(date(2027, 4, 1)).exists(), "before the round has come by"
    licences.watch(now=noon("2027-04-01"))
    old = clinic.licences.get()
    assert old.status == LicenceStatus.EXPIRED

    new = teams.licence(clinic, valid_until=date(2030, 1, 1), replaces=old)
    licences.put_in_force(licence=new, by=None)
    assert Business.objects.listed(date(2027, 4, 1)).get() == clinic


def test_carrier_needs_vehicle_and_driver(bora):
    carrier = teams.verified(bora, "Yoldaş Taşıma", "carrier")
    assert carrier in Business.objects.listed()
    carrier.licences.filter(kind="driver").update(valid_until=timezone.localdate() - timedelta(days=1))
    assert carrier not in Business.objects.listed()


@pytest.mark.parametrize(
    ("kind", "fields", "name"),
    [
        ("practice", {"chamber_number": ""}, "practice_licence_names_its_vet"),
        ("work_permit", {"species": []}, "work_permit_names_activity_and_species"),
        ("vehicle", {"plate": ""}, "vehicle_permit_names_its_plate"),
        ("driver", {"holder": ""}, "driver_permit_names_its_driver"),
        ("workplace", {"valid_until": date(2019, 1, 1)}, "licence_ends_after_it_begins"),
    ],
)
def test_database_refuses_half_a_permit(clinic, kind, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        teams.licence(clinic, kind, **fields)


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_remind_once(bora):
    clinic = teams.verified(bora)
    for _ in range(30):  # enough for the rounds to meet
        teams.licence(clinic, status=LicenceStatus.IN_FORCE)
    clinic.licences.update(valid_until=date(2027, 3, 31))
    at_once(lambda _number: licences.watch(now=noon("2027-03-24")), 4)
    assert told() == [7] * 31


def test_same_file_twice_is_kept_once(clinic):
    licence = teams.evidenced(teams.evidenced(teams.licence(clinic)))
    assert licence.evidence.count() == 1


def test_a_licence_has_at_most_ten_files(clinic):
    licence = teams.licence(clinic)
    with pytest.raises(licences.TooManyFiles):
        for number in range(11):
            teams.evidenced(licence, f"#{20 * number:02x}0000")

"""Calendars kept elsewhere: what is read out of a file, and what happens when it cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import requests
from django.utils import timezone

from booking import errors, ics, services
from booking.models import Absence, BusyFeed
from booking.services import Guest
from core import http
from tests.factories import booking as make

FIRST = datetime(2026, 10, 1, tzinfo=UTC)
LAST = datetime(2027, 3, 1, tzinfo=UTC)
NOW = timezone.now


def file(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{one}\r\nEND:VEVENT\r\n" for one in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}END:VCALENDAR\r\n".encode()


def busy(*events: str) -> list[tuple[str, str]]:
    """On the wall clock here."""
    found = ics.busy(file(*events), FIRST, LAST)
    return [
        tuple(f"{timezone.localtime(datetime.fromtimestamp(one, UTC)):%d.%m %H:%M}" for one in pair)
        for pair in found
    ]


def event(start: str, more: str = "", uid: str = "1") -> str:
    return "\r\n".join(part for part in (f"UID:{uid}", start, more) if part)


def test_times_with_and_without_a_zone():
    assert busy(event("DTSTART:20261105T060000Z", "DTEND:20261105T070000Z")) == [
        ("05.11 09:00", "05.11 10:00")
    ]
    assert busy(event("DTSTART:20261105T090000", "DURATION:PT30M")) == [("05.11 09:00", "05.11 09:30")]
    berlin = event("DTSTART;TZID=Europe/Berlin:20261105T090000", "DTEND;TZID=Europe/Berlin:20261105T100000")
    assert busy(berlin) == [("05.11 11:00", "05.11 12:00")]


def test_whole_days():
    assert busy(event("DTSTART;VALUE=DATE:20261105")) == [("05.11 00:00", "06.11 00:00")]
    two = event("DTSTART;VALUE=DATE:20261105", "DTEND;VALUE=DATE:20261107")
    assert busy(two) == [("05.11 00:00", "07.11 00:00")]


def test_what_is_free_or_called_off_is_not_busy():
    for more in ("TRANSP:TRANSPARENT", "STATUS:CANCELLED"):
        assert busy(event("DTSTART:20261105T060000Z", f"DURATION:PT1H\r\n{more}")) == []
    assert busy(event("DTSTART:20261105T060000Z")) == []
    assert busy(event("DTSTART:20200105T060000Z", "DURATION:PT1H")) == []


def test_what_repeats_without_what_is_left_out_or_moved():
    weekly = event(
        "DTSTART;TZID=Europe/Istanbul:20261102T090000",
        "DURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE;TZID=Europe/Istanbul:20261109T090000",
    )
    moved = event(
        "DTSTART;TZID=Europe/Istanbul:20261116T150000",
        "DURATION:PT1H\r\nRECURRENCE-ID;TZID=Europe/Istanbul:20261116T090000",
    )
    found = [start for start, _end in busy(weekly, moved)]
    assert found == ["02.11 09:00", "16.11 15:00", "23.11 09:00"]


def test_nine_in_berlin_stays_nine_in_berlin():
    weekly = event(
        "DTSTART;TZID=Europe/Berlin:20261019T090000",
        "DURATION:PT1H\r\nRRULE:FREQ=WEEKLY;UNTIL=20261027T000000Z",
    )
    assert [start for start, _end in busy(weekly)] == ["19.10 10:00", "26.10 11:00"]


def test_a_rule_without_end_has_one_here():
    daily = event("DTSTART:20261001T060000Z", "DURATION:PT1H\r\nRRULE:FREQ=DAILY")
    assert 100 < len(busy(daily)) < 160
    each_second = event("DTSTART:20261001T060000Z", "DURATION:PT1S\r\nRRULE:FREQ=SECONDLY")
    assert len(busy(each_second)) <= ics.MOST_TURNS


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"BEGIN:VCALENDAR", file(event("DTSTART:gestern", "DURATION:PT1H")), b"\xff\xfe"],
)
def test_what_is_no_calendar(content):
    with pytest.raises(ics.NoCalendar):
        ics.busy(content, FIRST, LAST)


# --- Reading --------------------------------------------------------------------------------------


@pytest.fixture
def vet(bora, db):
    return make.resource(make.clinic(bora), "Dr. Bora")


@pytest.fixture
def feed(vet, bora):
    return services.add_feed(resource=vet, url="https://takvim.ornek.test/gizli.ics", by=bora)


@pytest.fixture
def nine():
    return make.at(make.monday(2), 9)


@pytest.fixture
def answers(monkeypatch):
    """What the other side will say; the calls that were made."""
    said = SimpleNamespace(next=None, calls=[])

    def call(method, url, **options):
        said.calls.append((url, options["headers"]))
        if isinstance(said.next, Exception):
            raise said.next
        status, content = said.next
        return SimpleNamespace(status_code=status, content=content, headers={"ETag": '"7"'})

    monkeypatch.setattr(http, "call_public", call)
    return said


def of(moment) -> bytes:
    utc = moment.astimezone(UTC)
    return file(event(f"DTSTART:{utc:%Y%m%dT%H%M%SZ}", "DURATION:PT1H\r\nSUMMARY:Gizli iş"))


def test_what_is_busy_there_is_not_booked_here(feed, vet, answers, nine, bora):
    answers.next = (200, of(nine))
    assert services.read_feeds(now=NOW()) == 1
    row = Absence.objects.get()
    assert (row.kind, row.during.lower, row.note) == ("feed", nine, "")
    visit = make.offering(vet.business, vet)
    with pytest.raises(errors.SlotTaken):
        services.walk_in(offering=visit, guest=Guest("A", "", "B", "cat"), starts_at=nine, by=bora, now=NOW())


def test_it_is_read_every_quarter_of_an_hour(feed, answers, nine):
    answers.next = (200, of(nine))
    now = NOW()
    assert [services.read_feeds(now=now + timedelta(minutes=one)) for one in (0, 14, 15)] == [1, 0, 1]


def test_what_is_gone_there_is_free_here(feed, answers, nine):
    now = NOW().replace(hour=9)
    answers.next = (200, of(nine))
    services.read_feeds(now=now)
    answers.next = (304, b"")
    services.read_feeds(now=now + timedelta(minutes=20))
    assert answers.calls[-1][1]["If-None-Match"] == '"7"'
    assert Absence.objects.count() == 1
    services.read_feeds(now=now + timedelta(days=1))
    assert "If-None-Match" not in answers.calls[-1][1]
    answers.next = (200, file())
    services.read_feeds(now=now + timedelta(days=2))
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ((404, b""), "answer"),
        (requests.ConnectTimeout(), "answer"),
        (http.AddressRefused("inside"), "address"),
        (http.AnswerTooLarge("big"), "size"),
        ((200, b"<html>"), "content"),
    ],
)
def test_a_failure_is_said_and_what_was_busy_stays(feed, answers, nine, said, why, client, bora):
    answers.next = (200, of(nine))
    now = NOW()
    services.read_feeds(now=now)
    answers.next = said
    services.read_feeds(now=now + timedelta(minutes=15))
    services.read_feeds(now=now + timedelta(minutes=30))
    feed.refresh_from_db()
    assert (feed.failure, feed.failed_at) == (why, now + timedelta(minutes=15))
    assert Absence.objects.count() == 1
    client.force_login(bora)
    page = client.get(f"/isletme/{feed.resource.business.slug}/kaynaklar/{feed.resource.public_id}/")
    assert str(feed.get_failure_display()) in page.content.decode()
    answers.next = (200, of(nine))
    services.read_feeds(now=now + timedelta(minutes=45))
    feed.refresh_from_db()
    assert (feed.failure, feed.failed_at) == ("", None)


def test_addresses_inside_are_never_asked(vet, bora, settings):
    settings.DEVELOPMENT = False
    services.add_feed(resource=vet, url="https://127.0.0.1/a.ics", by=bora)
    services.read_feeds(now=NOW())
    assert BusyFeed.objects.get().failure == "address"


def test_taken_away_its_busy_times_go_too(feed, answers, nine, bora):
    answers.next = (200, of(nine))
    services.read_feeds(now=NOW())
    services.remove_feed(feed=feed, by=bora)
    assert not Absence.objects.exists()

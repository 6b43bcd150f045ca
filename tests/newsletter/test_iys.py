"""İYS over real HTTP with the double of `dev/`: told in time, obeyed, compared each night."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from core import business_days
from dev import iys as double
from newsletter import permission, register, services
from newsletter.models import IysChange, IysReport, Subscription
from newsletter.services import iys
from tests.factories import newsletter as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings) -> Iterator[double.Register]:
    """The double, on a port of its own."""
    there = double.Register()
    server = double.server(0, there)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.IYS_URL, settings.IYS_TOKEN = f"http://127.0.0.1:{server.server_port}/", "deneme"
    yield there
    server.shutdown()
    server.server_close()
    thread.join()


def citizen(office: double.Register, recipient: str, status: str, kind: str = "EPOSTA") -> None:
    office.decide({"recipient": recipient, "type": kind, "status": status})


def states(office: double.Register) -> dict[str, str]:
    return {row["recipient"]: row["status"] for row in office.rows.values()}


def test_an_approval_is_told_and_only_then_mails_may_go(office):
    row = make.reader("a@ornek.test", in_iys=False)
    assert not permission.may_write_to(row.email)
    assert iys.push_due(now=timezone.now()) == 1
    assert states(office) == {"a@ornek.test": "ONAY"}
    assert permission.may_write_to(row.email)
    assert row.iys_changes.get().status == "pushed"


def test_a_refusal_is_told_after_the_approval_before_it(office):
    row = make.reader("a@ornek.test", in_iys=False)
    services.stop(subscription=row, where=make.PAGE, now=timezone.now())
    iys.push_due(now=timezone.now())
    assert states(office) == {"a@ornek.test": "ONAY"}, "in the order of the decisions"
    row.refresh_from_db()
    assert row.iys_at is None, "she had left before İYS heard of her approval"
    iys.push_due(now=timezone.now())
    assert states(office) == {"a@ornek.test": "RET"}


def test_telling_twice_is_one_decision(office):
    make.reader("a@ornek.test", in_iys=False)
    iys.push_due(now=timezone.now())
    IysChange.objects.update(status="pending", pushed_at=None, next_at=timezone.now())
    iys.push_due(now=timezone.now())
    assert len(office.told) == 1


def test_a_register_that_is_away_is_told_later(settings, office):
    row, now = make.reader("a@ornek.test", in_iys=False), timezone.now()
    address, settings.IYS_URL = settings.IYS_URL, "http://127.0.0.1:9/"
    assert iys.push_due(now=now) == 0
    change = row.iys_changes.get()
    assert (change.status, change.tries) == ("pending", 1)
    settings.IYS_URL = address
    assert iys.push_due(now=now) == 0, "not before its pause is over"
    assert iys.push_due(now=now + timedelta(minutes=2)) == 1


def test_what_the_register_refuses_waits_for_a_person(office, admin):
    row = make.reader("a@ornek.test", in_iys=False)
    IysChange.objects.update(state="EVET")
    assert iys.push_due(now=timezone.now()) == 0
    change = row.iys_changes.get()
    assert change.status == "failed"
    assert "unknown type or status" in change.error
    IysChange.objects.update(state="ONAY")
    iys.try_again(change=change, by=admin, now=timezone.now())
    assert iys.push_due(now=timezone.now()) == 1


def test_a_refusal_made_at_iys_ends_the_subscription(office):
    row = make.reader("a@ornek.test", in_iys=False)
    iys.push_due(now=timezone.now())
    citizen(office, "A@ornek.test", "RET")
    assert iys.pull(now=timezone.now()) == 1
    row.refresh_from_db()
    assert row.status == "stopped"
    assert row.iys_changes.count() == 1, "İYS need not be told what it said itself"
    assert iys.pull(now=timezone.now()) == 0, "read once"


def test_other_channels_and_approvals_made_there_change_nothing(office):
    row = make.reader("a@ornek.test")
    citizen(office, row.email, "RET", kind="MESAJ")
    citizen(office, "yabanci@ornek.test", "ONAY")
    assert iys.pull(now=timezone.now()) == 0
    row.refresh_from_db()
    assert row.is_active
    assert Subscription.objects.count() == 1
    assert not permission.may_write_to("yabanci@ornek.test")


def test_an_approval_for_another_channel_only_lets_nothing_out(office, post, author, releaser):
    """İYS knows her for short messages; she is on our list for nothing else."""
    citizen(office, "a@ornek.test", "ONAY", kind="MESAJ")
    make.asked("a@ornek.test")
    make.released(make.issue(post), author=author, releaser=releaser)
    assert make.send_all() == []


def test_the_nightly_comparison_names_rows_and_no_addresses(office):
    make.reader("ikisi@ornek.test", in_iys=False)
    iys.push_due(now=timezone.now())
    missing = make.reader("bizde@ornek.test")
    citizen(office, "onlarda@baska.test", "ONAY")
    on_its_way = make.reader("yolda@ornek.test", in_iys=False)
    report = iys.compare(now=timezone.now())
    assert (report.ours, report.theirs) == (3, 2)
    assert report.differences == [
        {"id": str(missing.public_id), "what": "missing"},
        {"id": "*@baska.test", "what": "surplus"},
    ]
    assert str(on_its_way.public_id) not in str(report.differences)
    iys.compare(now=timezone.now())
    assert IysReport.objects.count() == 1


def test_many_pages_are_read(office, monkeypatch):
    monkeypatch.setattr(double, "PAGE", 2)
    for number in range(5):
        citizen(office, f"a{number}@ornek.test", "ONAY")
    assert len(list(register.approvals())) == 5


def test_without_an_address_nothing_is_told(settings):
    settings.IYS_URL = ""
    make.reader("a@ornek.test", in_iys=False)
    assert iys.push_due(now=timezone.now()) == 0
    assert iys.pull(now=timezone.now()) == 0
    assert IysChange.objects.get().tries == 0


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 2), date(2026, 11, 5)),  # Monday → Thursday
        (date(2026, 11, 6), date(2026, 11, 11)),  # over a weekend
        (date(2026, 10, 27), date(2026, 11, 2)),  # 29 October is a holiday, the 28th only from noon
        (date(2026, 12, 31), date(2027, 1, 6)),  # over New Year and a weekend
        (date(2027, 3, 8), date(2027, 3, 16)),  # the feast of Ramazan
    ],
)
def test_three_business_days(day, due):
    assert business_days.after(day, 3) == due


def test_a_change_knows_its_day_and_is_late_after_it():
    night = datetime(2026, 11, 2, 23, 30, tzinfo=ZoneInfo("Europe/Istanbul"))
    row = make.reader("a@ornek.test", in_iys=False, now=night)
    assert row.iys_changes.get().due_on == date(2026, 11, 5)
    assert not IysChange.objects.late(
        datetime(2026, 11, 5, 23, 59, tzinfo=ZoneInfo("Europe/Istanbul"))
    ).exists()
    assert IysChange.objects.late(datetime(2026, 11, 6, 0, 0, tzinfo=ZoneInfo("Europe/Istanbul"))).exists()

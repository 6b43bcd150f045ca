"""Mails of bookings: invitations that calendars understand, and a question that one press answers."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest
from django.core import mail as outbox
from django.core import signing
from django.utils import timezone
from icalendar import Calendar

from booking import letters, services
from booking.models import Booking
from booking.states import By
from core import journal
from core.states import MoveRefused
from notifications.services import hand_over
from tests.factories import booking as make

ABOUT = re.compile("Ihlamur|Genel muayene")  # not the receipt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _never_quiet(settings, monkeypatch):
    """Mails leave at any hour of the night in which this may run."""
    from notifications.models import Habits

    monkeypatch.setattr(Habits, "earliest", lambda self, now: now)


def mails(to: str) -> list:
    """What left about the booking to this address since the last look, as the reader's program parses it."""
    soon = timezone.now() + timedelta(hours=1)
    journal.sweep(now=soon)
    hand_over(now=soon)
    journal.sweep(now=soon)
    found = [message_from_bytes(one.message().as_bytes(), policy=policy.default) for one in outbox.outbox]
    outbox.outbox.clear()
    return [one for one in found if one["To"] == to and ABOUT.search(one["Subject"])]


def invitation(message) -> tuple[str, Calendar]:
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert len(parts) == 2, "a reading of the mail and a file"
    readable, file = parts
    assert file.get_filename() == "randevu.ics"
    assert readable.get_content() == file.get_content()
    return readable.get_param("method"), Calendar.from_ical(file.get_content())


def entry(calendar: Calendar):
    (found,) = calendar.walk("VEVENT")
    return found


def test_fixed_moved_and_cancelled_are_one_entry_of_her_calendar(paid, ayse, bora):
    (fixed,) = mails(ayse.email)
    method, calendar = invitation(fixed)
    first = entry(calendar)
    assert (method, str(calendar["METHOD"])) == ("REQUEST", "REQUEST")
    assert first["DTSTART"].dt == paid.starts_at
    assert str(first["ATTENDEE"]) == f"mailto:{ayse.email}"
    assert first["ORGANIZER"].params["CN"] == paid.business.name

    new, now = paid.starts_at + timedelta(hours=2), timezone.now()
    services.move(booking=paid, starts_at=new, role=By.CUSTOMER, by=ayse, now=now)
    (moved,) = mails(ayse.email)
    second = entry(invitation(moved)[1])
    assert (second["UID"], second["DTSTART"].dt) == (first["UID"], new)
    assert second["SEQUENCE"] > first["SEQUENCE"]

    services.cancel(booking=paid, role=By.PROVIDER, by=bora, now=now)
    (cancelled,) = mails(ayse.email)
    method, calendar = invitation(cancelled)
    last = entry(calendar)
    assert (method, str(last["STATUS"]), last["UID"]) == ("CANCEL", "CANCELLED", first["UID"])
    assert last["SEQUENCE"] > second["SEQUENCE"]


def test_the_mail_tells_how_it_is_when_it_leaves(paid, ayse):
    """A mail that waited for the morning must not put a cancelled time into a calendar."""
    services.cancel(booking=paid, role=By.CUSTOMER, by=ayse, now=timezone.now())
    assert {invitation(one)[0] for one in mails(ayse.email)} == {"CANCEL"}


def test_a_reminder_asks_and_one_press_answers(client, paid, ayse):
    mails(ayse.email)
    services.remind_due(now=paid.starts_at - timedelta(hours=2))
    (reminder,) = mails(ayse.email)
    text = reminder.get_body(("plain",)).get_content()
    address = re.search(r"(/randevu/cevap/[^\s#]+)", text)[1]
    page = client.get(address).content.decode()
    assert "Geliyorum" in page
    assert Booking.objects.get(pk=paid.pk).coming_at is None, "opening changes nothing"
    client.post(address)
    assert Booking.objects.get(pk=paid.pk).coming_at
    assert journal_lines(paid) == 1
    client.post(address)
    assert journal_lines(paid) == 1, "said twice, written once"
    assert "Geleceğini biliyorlar" in client.get(address).content.decode()


def journal_lines(booking) -> int:
    from booking import events
    from core.models import Line

    return Line.objects.filter(name=events.COMING, subject_id=str(booking.pk)).count()


def test_giving_it_back_from_the_mail_shows_the_amount_first(client, paid):
    address = letters.answer_path(paid)
    answer = client.post(address, {"agreed": "1"}, follow=True)
    paid.refresh_from_db()
    assert paid.status == "confirmed", "another amount than the one shown"
    answer = client.post(address, {"agreed": str(paid.paid)}, follow=True)
    paid.refresh_from_db()
    assert (paid.status, paid.refunded) == ("cancelled", paid.paid)
    assert "geri gönderiliyor" in answer.content.decode()


def test_giving_it_back_late_costs_what_the_policy_says(client, paid):
    soon = timezone.now() + timedelta(hours=5)
    Booking.objects.filter(pk=paid.pk).update(starts_at=soon)
    client.post(letters.answer_path(paid), {"agreed": str(paid.paid / 2)})
    paid.refresh_from_db()
    assert (paid.status, paid.refunded, paid.ended_by) == ("cancelled", paid.paid / 2, By.CUSTOMER)


def test_a_link_that_was_not_signed_is_nobodys(client, paid, monkeypatch):
    token = letters.answer_path(paid).split("/")[-2]
    assert client.get(f"/randevu/cevap/{token[:-1]}x/").status_code == 404
    assert client.get(f"/randevu/cevap/{paid.public_id}/").status_code == 404
    other = signing.Signer(salt="another").sign(str(paid.public_id))
    assert client.get(f"/randevu/cevap/{other}/").status_code == 404


def test_nothing_to_come_to(client, paid, ayse):
    address = letters.answer_path(paid)
    services.cancel(booking=paid, role=By.CUSTOMER, by=ayse, now=timezone.now())
    assert client.get(address).status_code == 200
    with pytest.raises(MoveRefused):
        services.say_coming(booking=paid, now=timezone.now())
    assert client.post(address).status_code == 302
    paid.refresh_from_db()
    assert paid.coming_at is None


def test_a_time_that_is_over_is_not_answered(client, paid):
    with pytest.raises(MoveRefused):
        services.say_coming(booking=paid, now=paid.starts_at)
    address = letters.answer_path(paid)
    assert "Geliyorum" in client.get(address).content.decode()
    Booking.objects.filter(pk=paid.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    assert "Geliyorum" not in client.get(address).content.decode()


def test_what_was_cancelled_before_the_mail_left_is_not_asked(paid, ayse):
    notice = SimpleNamespace(data={"booking": paid.pk}, recipient=ayse)
    assert letters.question(notice).actions
    services.cancel(booking=paid, role=By.CUSTOMER, by=ayse, now=timezone.now())
    assert not letters.question(notice).actions


def test_only_its_customer_is_asked_and_invited(paid, ayse, bora):
    for user in (ayse, bora):
        notice = SimpleNamespace(data={"booking": paid.pk}, recipient=user)
        assert (
            bool(letters.question(notice).actions)
            == bool(letters.invitation(notice).calendar)
            == (user == ayse)
        )


def test_the_page_is_kept_nowhere(client, paid):
    assert "no-store" in client.get(letters.answer_path(paid))["Cache-Control"]


def test_another_time_asks_anew(paid, ayse):
    services.say_coming(booking=paid, now=timezone.now())
    paid.refresh_from_db()
    new = paid.starts_at + timedelta(hours=2)
    services.move(booking=paid, starts_at=new, role=By.CUSTOMER, by=ayse, now=timezone.now())
    paid.refresh_from_db()
    assert paid.coming_at is None


def test_the_page_names_no_animal_and_no_owner(client, paid, ayse):
    """A mail is passed on more easily than a password."""
    make.held(paid.offering, ayse, paid.starts_at + timedelta(hours=1))
    page = client.get(letters.answer_path(paid)).content.decode()
    assert paid.items.get().name not in page
    assert ayse.email not in page
    assert ayse.last_name not in page

"""The clock on the wall: weekends, holidays, month and year ends, and automatic replies in between."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from support.models import Escalation, Message, OnCallShift, SlaTarget, Ticket
from support.services import escalating, sorting, talking
from support.states import Priority, Queue
from tests.factories import support

pytestmark = pytest.mark.django_db

MOMENTS = [
    "2026-10-30T18:00",  # Friday evening before a weekend
    "2026-10-28T13:30",  # the half holiday before the 29th of October
    "2026-03-19T23:50",  # the eve of Ramazan Bayramı
    "2026-02-28T22:00",  # end of February
    "2026-12-31T23:59",  # end of the year
    "2028-02-29T20:00",  # a leap day
]
MINUTES = {Priority.EMERGENCY: 30, Priority.HIGH: 240, Priority.NORMAL: 720, Priority.LOW: 1440}


def at(moment: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(moment))


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("queue", Queue.values)
def test_the_promise_counts_every_hour_and_never_exceeds_a_day(ayse, moment, queue):
    now = at(moment)
    ticket = support.ticket(ayse, queue, now=now)
    promised = timedelta(minutes=MINUTES[Priority(ticket.priority)])
    assert ticket.first_due_at == ticket.due_at == now + promised
    assert ticket.first_due_at - now <= timedelta(hours=24)


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_automatic_reply_does_not_stop_the_clock(ayse, derya, moment):
    now = at(moment)
    ticket = support.ticket(ayse, Queue.FINANCE, now=now)
    assert ticket.messages.filter(sender="machine").count() == 1
    assert (ticket.first_human_reply_at, ticket.due_at) == (None, now + timedelta(hours=4))

    talking.note(ticket=ticket, words="Bakıyorum", by=derya, now=now + timedelta(hours=1))
    ticket.refresh_from_db()
    assert (ticket.first_human_reply_at, ticket.due_at) == (None, now + timedelta(hours=4)), "nor does a note"

    warned, broken = escalating.watch(now=now + timedelta(hours=3))
    assert (warned, broken) == (1, 0)
    assert escalating.watch(now=now + timedelta(hours=4)) == (0, 1)
    talking.answer(
        ticket=ticket, words="Buldum", by=derya, then="waiting_customer", now=now + timedelta(hours=5)
    )
    ticket.refresh_from_db()
    assert ticket.first_human_reply_at == now + timedelta(hours=5)
    assert ticket.kept_promise is False


def test_database_refuses_a_promise_longer_than_a_day():
    row = SlaTarget.objects.get(priority=Priority.LOW)
    row.minutes = 1441
    with pytest.raises(IntegrityError, match="no_answer_is_promised_later_than_24_hours"):
        row.save()


def test_database_refuses_two_promises_of_a_priority_at_once():
    with pytest.raises(IntegrityError, match="one_promise_of_a_priority_at_a_time"):
        SlaTarget.objects.create(priority=Priority.LOW, minutes=60, valid_from=date(2026, 1, 1))


@pytest.mark.parametrize("field", ["first_due_at", "due_at"])
def test_database_refuses_a_ticket_due_after_a_day(ticket, field):
    with pytest.raises(IntegrityError, match="answer_is_due_within_24_hours"):
        Ticket.objects.filter(pk=ticket.pk).update(
            **{field: ticket.opened_at + timedelta(hours=24, seconds=1)}
        )


def test_database_refuses_a_stopped_clock_while_it_is_our_turn(ticket):
    with pytest.raises(IntegrityError, match="clock_runs_while_it_is_our_turn"):
        Ticket.objects.filter(pk=ticket.pk).update(due_at=None, awaited_since=None)


def test_a_promise_holds_from_its_day_on(ayse):
    SlaTarget.objects.filter(priority=Priority.HIGH).update(valid_to=date(2027, 1, 1))
    SlaTarget.objects.create(priority=Priority.HIGH, minutes=60, valid_from=date(2027, 1, 1))
    last, first = at("2026-12-31T23:59"), at("2027-01-01T00:00")
    assert support.ticket(ayse, Queue.FINANCE, now=last).due_at == last + timedelta(hours=4)
    assert support.ticket(ayse, Queue.FINANCE, now=first).due_at == first + timedelta(hours=1)


def test_without_rows_a_day_is_promised(ayse):
    SlaTarget.objects.all().delete()
    ticket = support.ticket(ayse, Queue.EMERGENCY)
    assert ticket.due_at == ticket.opened_at + timedelta(hours=24)


def test_warning_and_alarm_come_once_each(ticket, derya, leyla):
    ticket = sorting.assign(ticket=ticket, to=derya, by=derya, now=ticket.opened_at)
    quarter, over = ticket.opened_at + timedelta(hours=18), ticket.opened_at + timedelta(hours=24)
    assert escalating.watch(now=quarter - timedelta(seconds=1)) == (0, 0)
    assert escalating.watch(now=quarter) == (1, 0)
    assert escalating.watch(now=quarter) == (0, 0)
    assert escalating.watch(now=over) == (0, 1)
    assert escalating.watch(now=over) == (0, 0)
    row = Escalation.objects.get(step="broken")
    assert (row.taken_from, row.given_to) == (derya, leyla), "somebody else answers now"
    assert derya.notices.filter(kind="support.promise_near").count() == 1
    assert leyla.notices.filter(kind="support.promise_broken").count() == 1


def test_database_refuses_a_second_alarm_for_the_same_promise(ticket, leyla):
    escalating.watch(now=ticket.due_at)
    with pytest.raises(IntegrityError, match="each_promise_escalates_once"):
        Escalation.objects.create(ticket=ticket, step="broken", due_at=ticket.due_at, at=ticket.due_at)


def test_the_person_on_call_takes_over_before_a_lead(ticket, derya, mert, leyla):
    over = ticket.due_at
    OnCallShift.objects.create(
        user=mert, starts_at=over - timedelta(hours=1), ends_at=over + timedelta(hours=1)
    )
    sorting.assign(ticket=ticket, to=derya, by=derya, now=ticket.opened_at)
    escalating.watch(now=over)
    ticket.refresh_from_db()
    assert ticket.assignee == mert
    assert leyla.notices.filter(kind="support.promise_broken").exists(), "the lead is told anyway"


def test_shifts_do_not_overlap(derya, mert):
    now = timezone.now()
    OnCallShift.objects.create(user=derya, starts_at=now, ends_at=now + timedelta(hours=8))
    OnCallShift.objects.create(
        user=mert, starts_at=now + timedelta(hours=8), ends_at=now + timedelta(hours=16)
    )  # one begins as the other ends
    with pytest.raises(IntegrityError, match="one_person_is_on_call_at_a_time"):
        OnCallShift.objects.create(
            user=mert, starts_at=now + timedelta(hours=7), ends_at=now + timedelta(hours=9)
        )


def test_an_emergency_stands_before_all_others_and_pages_the_person_on_call(ayse, derya):
    from accounts.models import TextMessage

    derya.phone = "+905551110009"
    derya.save()
    now = timezone.now()
    OnCallShift.objects.create(
        user=derya, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)
    )
    late = support.ticket(ayse, Queue.FINANCE, now=now - timedelta(hours=20))
    urgent = support.ticket(ayse, Queue.EMERGENCY, now=now)
    support.sweep()
    assert list(Ticket.objects.on_us().in_line()) == [urgent, late]
    assert derya.notices.filter(kind="support.paged").count() == 1
    assert urgent.reference in TextMessage.objects.get().text or TextMessage.objects.get().sent_at


def test_without_a_shift_the_leads_are_paged(ayse, leyla):
    support.ticket(ayse, Queue.EMERGENCY)
    support.sweep()
    assert leyla.notices.filter(kind="support.paged").count() == 1


def test_database_keeps_emergencies_in_their_queue(ticket):
    with pytest.raises(IntegrityError, match="emergencies_stand_in_their_own_queue"):
        Ticket.objects.filter(pk=ticket.pk).update(queue="emergency")


def test_an_automatic_message_is_nobodys(ticket, derya):
    with pytest.raises(IntegrityError, match="automatic_message_is_nobodys"):
        Message.objects.create(ticket=ticket, sender="machine", author=derya, text="x", at=timezone.now())


def test_another_priority_counts_from_the_moment_somebody_began_to_wait(ticket, derya):
    later = ticket.opened_at + timedelta(hours=3)
    row = sorting.sort(ticket=ticket, queue="emergency", priority=4, by=derya, now=later)
    assert (row.priority, row.due_at) == (1, ticket.opened_at + timedelta(minutes=30))
    row = sorting.sort(ticket=ticket, queue="emergency", priority=2, by=derya, now=later)
    assert (row.queue, row.due_at) == ("general", ticket.opened_at + timedelta(hours=4))
    row = sorting.sort(ticket=ticket, queue="general", priority=1, by=derya, now=later)
    assert row.queue == "emergency"

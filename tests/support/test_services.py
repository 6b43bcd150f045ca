"""The verbs: rows, journal lines, whose turn it is."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError
from django.utils import timezone

from core.models import Line, Mail
from core.states import MoveRefused
from support import events
from support.errors import (
    MovedOn,
    NotForHer,
    NotSolvedYet,
    OnePauseAtATime,
    OnlySamePerson,
    OwnMatter,
    RatedBefore,
    WentElsewhere,
)
from support.models import Ticket
from support.queries import newest
from support.services import ending, opening, sorting, talking
from support.states import LIVE, MOVES, Status
from tests.factories import support, teams

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOUR = timedelta(hours=1)


def answer(ticket, by, then="waiting_customer", words="Merhaba, bakıyorum.", now=None, **more):
    return talking.answer(ticket=ticket, words=words, by=by, then=then, now=now or NOW + HOUR, **more)


def lines(name: str) -> int:
    return Line.objects.filter(name=name).count()


def test_a_ticket_begins_with_its_reference_a_receipt_and_a_line(ayse):
    ticket = support.ticket(ayse)
    assert ticket.reference.startswith("DT-")
    assert [(one.sender, one.author) for one in ticket.messages.all()] == [
        ("customer", ayse),
        ("machine", None),
    ]
    assert lines(events.OPENED) == 1
    support.sweep()
    assert outbox.outbox[0].to == [ayse.email]
    assert ticket.reference in outbox.outbox[0].subject
    assert ticket.reference in outbox.outbox[0].body


def test_the_receipt_repeats_nothing_that_a_stranger_may_have_typed():
    support.ticket(subject="UCUZ SAAT AL", words="http://kotu.test", guest_name="Kazandınız")
    mail = Mail.objects.get(template="support/received")
    for word in ("UCUZ", "kotu.test", "Kazandınız"):
        assert word not in mail.subject + mail.text + mail.html


def test_an_answer_stops_the_clock_and_is_mailed_in_the_thread(ayse, derya):
    ticket = support.ticket(ayse, now=NOW)
    support.sweep()
    receipt = outbox.outbox[-1]
    answer(ticket, derya)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.due_at, ticket.assignee) == (Status.WAITING, None, derya)
    assert ticket.first_human_reply_at == NOW + HOUR
    support.sweep()
    sent = outbox.outbox[-1]
    assert "bakıyorum" in sent.body
    assert sent.extra_headers["In-Reply-To"] == receipt.extra_headers["Message-ID"]
    assert "Auto-Submitted" in receipt.extra_headers
    assert "Auto-Submitted" not in sent.extra_headers, "a person wrote it"
    assert sent.reply_to[0].startswith("destek+dt")
    assert ayse.notices.filter(kind="support.answered").count() == 1


def test_a_reply_reopens_and_the_promise_begins_anew(ticket, derya, ayse):
    answer(ticket, derya, "solved")
    ticket.refresh_from_db()
    assert ticket.solved_at
    later = NOW + 3 * HOUR
    talking.write(ticket=ticket, words="Olmadı", by=ayse, now=later)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.solved_at) == (Status.OPEN, None)
    assert ticket.due_at == later + timedelta(hours=24)
    assert ticket.first_human_reply_at == NOW + HOUR, "the first answer stays the first"


def test_writing_again_does_not_postpone_the_promise(ticket, ayse):
    due = ticket.due_at
    talking.write(ticket=ticket, words="Bir şey daha", by=ayse, now=NOW + HOUR)
    ticket.refresh_from_db()
    assert ticket.due_at == due


def test_we_write_again_is_a_new_promise(ticket, derya):
    answer(ticket, derya, "open")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.due_at) == (Status.OPEN, NOW + HOUR + timedelta(hours=24))


def test_solved_is_closed_after_seven_days_and_a_word_opens_it(ticket, derya, ayse):
    answer(ticket, derya, "solved")
    week = NOW + HOUR + timedelta(days=7)
    assert ending.close_old(now=week - timedelta(seconds=1)) == 0
    assert ending.close_old(now=week) == 1
    assert ending.close_old(now=week) == 0
    ticket.refresh_from_db()
    assert ticket.status == Status.CLOSED
    talking.write(ticket=ticket, words="Yine oldu", by=ayse, now=week + HOUR)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.closed_at) == (Status.OPEN, None)


def test_an_answer_to_a_closed_ticket_is_possible(ticket, derya):
    answer(ticket, derya, "solved")
    ending.close_old(now=NOW + timedelta(days=9))
    answer(ticket, derya, "waiting_customer", now=NOW + timedelta(days=10))
    ticket.refresh_from_db()
    assert ticket.status == Status.WAITING


@pytest.mark.parametrize("source", Status.values)
@pytest.mark.parametrize("target", Status.values)
def test_the_table_of_moves(source, target):
    expected = {
        "new": {"open", "waiting_customer", "solved", "closed"},
        "open": {"waiting_customer", "solved", "closed"},
        "waiting_customer": {"open", "solved", "closed"},
        "solved": {"open", "closed"},
        "closed": {"open"},
    }
    assert MOVES.allows(source, target) == (target in expected[source])


def test_who_reads_after_a_colleague_wrote_gets_her_words_back(ticket, derya, mert):
    seen = newest(ticket)
    answer(ticket, derya, seen=seen)
    with pytest.raises(MovedOn):
        answer(ticket, mert, seen=seen)
    assert ticket.messages.filter(sender="agent").count() == 1


def test_a_word_of_the_customer_meanwhile_is_news_too(ticket, derya, ayse):
    seen = newest(ticket)
    talking.write(ticket=ticket, words="Buldum, boş ver", by=ayse, now=NOW)
    with pytest.raises(MovedOn):
        answer(ticket, derya, seen=seen)


def test_nobody_answers_herself(derya):
    own = support.ticket(derya)
    with pytest.raises(OwnMatter):
        answer(own, derya)


def test_only_people_of_the_desk_get_tickets(ticket, derya, deniz):
    with pytest.raises(NotForHer):
        sorting.assign(ticket=ticket, to=deniz, by=derya, now=NOW)
    row = sorting.assign(ticket=ticket, to=derya, by=derya, now=NOW)
    assert (row.status, row.due_at) == (Status.OPEN, ticket.due_at), "taking it answers nothing"


def test_the_slower_of_two_takers_is_told(ticket, derya, mert):
    sorting.assign(ticket=ticket, to=derya, by=derya, now=NOW, was=None)
    with pytest.raises(MovedOn):
        sorting.assign(ticket=ticket, to=mert, by=mert, now=NOW, was=None)
    ticket.refresh_from_db()
    assert ticket.assignee == derya


def test_joining_moves_the_talk_and_keeps_the_nearer_promise(ayse, derya):
    old = support.ticket(ayse, "finance", now=NOW)
    kept = support.ticket(ayse, "general", now=NOW)
    sorting.merge(ticket=old, into=kept, by=derya, now=NOW)
    old.refresh_from_db()
    kept.refresh_from_db()
    assert (old.status, old.merged_into) == (Status.CLOSED, kept)
    assert kept.due_at == NOW + timedelta(hours=4)
    assert not old.messages.exists()
    talking.write(ticket=old, words="Buraya da yazayım", by=ayse, now=NOW + HOUR)
    assert kept.messages.filter(text="Buraya da yazayım").exists()
    with pytest.raises(WentElsewhere):
        answer(old, derya)


def test_joining_with_an_answered_one_opens_it(ayse, derya):
    old, kept = support.ticket(ayse, now=NOW), support.ticket(ayse, now=NOW)
    answer(kept, derya)
    sorting.merge(ticket=old, into=kept, by=derya, now=NOW + HOUR)
    kept.refresh_from_db()
    assert (kept.status, kept.due_at) == (Status.OPEN, NOW + timedelta(hours=24))


def test_tickets_of_two_people_are_never_joined(ayse, deniz, derya):
    with pytest.raises(OnlySamePerson):
        sorting.merge(ticket=support.ticket(ayse), into=support.ticket(deniz), by=derya, now=NOW)


def test_a_ticket_is_not_joined_with_itself(ticket, derya):
    with pytest.raises(WentElsewhere):
        sorting.merge(ticket=ticket, into=ticket, by=derya, now=NOW)


def test_a_rating_is_given_once_and_only_for_what_is_solved(ticket, derya, ayse):
    with pytest.raises(NotSolvedYet):
        ending.rate(ticket=ticket, score=5, comment="", by=ayse, now=NOW)
    answer(ticket, derya, "solved")
    ending.rate(ticket=ticket, score=5, comment="Hızlıydı", by=ayse, now=NOW)
    with pytest.raises(RatedBefore):
        ending.rate(ticket=ticket, score=1, comment="", by=ayse, now=NOW)


def test_a_pause_is_asked_for_once_at_a_time(ayse, derya):
    first = opening.ask_for_pause(by=ayse, until=None, words="", now=NOW)
    assert (first.queue, first.wish) == ("account", "suspend")
    with pytest.raises(OnePauseAtATime):
        opening.ask_for_pause(by=ayse, until=None, words="", now=NOW)
    answer(first, derya, "solved")
    opening.ask_for_pause(by=ayse, until=None, words="", now=NOW)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"guest_email": "x@y.test"}, "ticket_is_of_a_person_or_a_guest"),
        ({"requester": None}, "ticket_names_who_asks"),
        ({"status": "closed"}, "closed_ticket_has_its_day|clock_runs"),
        ({"status": "strange"}, "ticket_status_is_known|clock_runs"),
        ({"first_human_reply_at": NOW}, "new_ticket_has_no_answer_yet"),
    ],
)
def test_database_refuses_wrong_tickets(ticket, change, name):
    with pytest.raises(IntegrityError, match=name):
        Ticket.objects.filter(pk=ticket.pk).update(**change)


def test_a_move_from_a_stale_copy_is_refused(ticket, derya):
    stale = Ticket.objects.get(pk=ticket.pk)
    answer(ticket, derya, "solved")
    with pytest.raises(MoveRefused):
        MOVES.move(stale, Status.SOLVED, event=events.SOLVED)


def test_tickets_of_a_business_are_not_among_the_persons_own(bora):
    business = teams.verified(bora)
    ticket = support.ticket(bora, business=business)
    assert ticket not in Ticket.objects.of(bora)
    assert ticket in Ticket.objects.of_business(business)
    assert Status.NEW in LIVE


def test_a_reference_that_is_taken_is_drawn_anew(ayse, monkeypatch):
    first = support.ticket(ayse)
    drawn = iter([first.reference, first.reference, "DT-222222"])
    monkeypatch.setattr(opening, "new_reference", lambda: next(drawn))
    assert support.ticket(ayse).reference == "DT-222222"

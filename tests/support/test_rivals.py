"""Two at once: answers, takings, joinings, a reply while the week ends, mails read twice, alarms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import Refused
from support.models import Escalation, Letter, Message, Ticket
from support.queries import newest
from support.services import acting, ending, escalating, opening, sorting, talking
from support.states import Status
from tests.core.rivals import at_once
from tests.factories import support

from .letters import letter, take

pytestmark = pytest.mark.django_db(transaction=True)


def refused(results):
    return [result for result in results if isinstance(result, Refused)]


def broken(results):
    return [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]


def test_of_two_answers_at_once_one_is_sent(ticket, derya, mert):
    seen, agents, now = newest(ticket), [derya, mert], timezone.now()
    results = at_once(
        lambda n: talking.answer(
            ticket=ticket, words=f"Yanıt {n}", by=agents[n], then="waiting_customer", now=now, seen=seen
        ),
        2,
    )
    assert (len(refused(results)), broken(results)) == (1, [])
    assert Message.objects.filter(ticket=ticket, sender="agent").count() == 1


def test_of_two_takers_one_gets_it(ticket, derya, mert):
    agents, now = [derya, mert], timezone.now()
    results = at_once(
        lambda n: sorting.assign(ticket=ticket, to=agents[n], by=agents[n], now=now, was=None), 2
    )
    assert (len(refused(results)), broken(results)) == (1, [])


def test_two_that_join_each_other_lose_nothing(ayse, derya):
    one, two = support.ticket(ayse), support.ticket(ayse)
    before, now = Message.objects.count(), timezone.now()
    pairs = [(one, two), (two, one)]
    results = at_once(lambda n: sorting.merge(ticket=pairs[n][0], into=pairs[n][1], by=derya, now=now), 2)
    assert (len(refused(results)), broken(results)) == (1, [])
    assert Ticket.objects.exclude(status=Status.CLOSED).count() == 1
    assert Message.objects.count() == before + 1


def test_a_reply_while_the_week_ends_is_never_lost(ticket, derya, ayse):
    now = timezone.now()
    talking.answer(ticket=ticket, words="Tamam", by=derya, then="solved", now=now)
    week = now + timedelta(days=7)

    def act(number):
        if number:
            return ending.close_old(now=week)
        return talking.write(ticket=ticket, words="Olmadı", by=ayse, now=week)

    results = at_once(act, 2)
    assert broken(results) + refused(results) == []
    ticket.refresh_from_db()
    assert (ticket.status, ticket.closed_at) == (Status.OPEN, None)
    assert ticket.due_at


def test_a_reply_while_it_is_joined_lands_in_the_other(ayse, derya):
    old, kept, now = support.ticket(ayse), support.ticket(ayse), timezone.now()

    def act(number):
        if number:
            return sorting.merge(ticket=old, into=kept, by=derya, now=now)
        return talking.write(ticket=old, words="Tam o anda", by=ayse, now=now)

    assert broken(at_once(act, 2)) == []
    assert Message.objects.get(text="Tam o anda").ticket == kept


def test_two_watches_warn_once(ticket, leyla):
    at_once(lambda n: escalating.watch(now=ticket.due_at), 3)
    assert Escalation.objects.count() == 1
    assert leyla.notices.filter(kind="support.promise_broken").count() == 1


def test_a_letter_read_by_two_workers_is_taken_once(ticket):
    content = letter(ticket).as_bytes()
    results = at_once(lambda n: take(content), 3)
    assert broken(results) == []
    assert Letter.objects.count() == 1
    assert ticket.messages.filter(by_mail=True).count() == 1


def test_an_account_is_paused_once(ayse, derya, mert):
    from support import acts

    ticket, agents = opening.ask_for_pause(by=ayse, until=None, words="", now=timezone.now()), [derya, mert]
    results = at_once(
        lambda n: acting.perform(
            ticket=ticket, act=acts.get("pause"), by=agents[n], now=timezone.now(), data={"sure": True}
        ),
        2,
    )
    assert (len(refused(results)), broken(results)) == (1, [])


def test_two_pauses_asked_at_once_are_one_ticket(ayse):
    results = at_once(lambda n: opening.ask_for_pause(by=ayse, until=None, words="", now=timezone.now()), 3)
    assert (len(refused(results)), broken(results)) == (2, [])


def test_two_ratings_at_once_are_one(ticket, derya, ayse):
    talking.answer(ticket=ticket, words="Tamam", by=derya, then="solved", now=timezone.now())
    results = at_once(
        lambda n: ending.rate(ticket=ticket, score=n + 1, comment="", by=ayse, now=timezone.now()), 3
    )
    assert (len(refused(results)), broken(results)) == (2, [])

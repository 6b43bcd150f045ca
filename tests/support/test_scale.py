"""The desk with 20,000 tickets: an index carries each list and search. With 2,000: queries stay the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from support import boxes, queries, seeding
from support.models import Ticket
from tests.factories import support

pytestmark = pytest.mark.django_db
MANY = 20_000  # as many as make PostgreSQL choose as it will in a busy year
SEVERAL = 2_000
SEARCHES = [{"q": "havalem"}, {"q": "kisi77@"}, {"q": "randevum cekilmis"}]
NARROWED = [{"queue": "finance"}, {"priority": "2"}, {"queue": "technical", "q": "takvim"}]


def plan(rows) -> str:
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.fixture
def many(derya, mert):
    seeding.seed(MANY, agents=[derya, mert], now=timezone.now(), with_messages=False)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE support_ticket")
    return derya


def test_no_list_of_the_desk_reads_all_tickets(many):
    told = {}
    for box in boxes.BOXES:
        for asked in ({}, *NARROWED, *SEARCHES):
            rows = boxes.rows_of(box, user=many, now=timezone.now(), asked=asked)
            told[box.code, str(asked)] = plan(rows[:30])
    wrong = {key: text for key, text in told.items() if "Seq Scan on support_ticket" in text}
    assert wrong == {}
    assert "ticket_on_us" in told["on_us", "{}"]
    assert "ticket_words" in told["all", str({"q": "kisi77@"})]
    assert "ticket_latest" in told["all", "{}"]

    with connection.cursor() as cursor:  # the guard switched off is seen
        cursor.execute("DROP INDEX ticket_words")
    rows = boxes.rows_of(boxes.BY_CODE["all"], user=many, now=timezone.now(), asked={"q": "kisi77@"})
    assert "ticket_words" not in plan(rows[:30])


def test_pages_cost_the_same_with_many(client, derya, mert, django_assert_num_queries):
    client.force_login(derya)
    pages = [
        "/panel/masa/",
        "/panel/masa/hepsi/",
        "/panel/masa/hepsi/?q=havalem",
        "/panel/masa/?queue=finance",
    ]
    seeding.seed(40, agents=[derya, mert], now=timezone.now())
    costs = {}
    for page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as first:
            client.get(page)
        costs[page] = len(first)
    seeding.seed(SEVERAL, agents=[derya, mert], now=timezone.now(), with_messages=False)
    for page in pages:
        with django_assert_num_queries(costs[page]):
            assert client.get(page).status_code == 200


def test_counts_are_one_query(derya, django_assert_num_queries):
    support.ticket()
    with django_assert_num_queries(1):
        found = queries.counts(derya, timezone.now())
    assert (found["on_us"], found["unassigned"], found["letters"]) == (1, 1, None)
    assert Ticket.objects.count() == 1

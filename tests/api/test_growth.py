"""What grows when the help centre grows: not the number of queries, on no public address.

Answers are made anew for each request here (the tests keep none), so these are the costs of a first reader.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import faq

pytestmark = pytest.mark.django_db

PAGES = "/api/content/v2/pages/?type=faq.QuestionPage&locale=tr"
FEW, MANY = 16, 150
ADDRESSES = {
    "a list of the content API": f"{PAGES}&limit=100",
    "with all fields": f"{PAGES}&fields=*&limit=100",
    "of one category": f"{PAGES}&fields=*&category=genel-bilgiler&limit=100",
    "of one audience": f"{PAGES}&audience=clinic&limit=100",
    "searched": f"{PAGES}&fields=*&search=mama&limit=100",
    "far down": f"{PAGES}&fields=*&offset=10",
    "the help centre as one answer": "/api/content/v2/faq/?locale=tr",
    "the help page": "/yardim/",
    "the help page for one audience": "/yardim/?audience=clinic",
    "a category": "/yardim/genel-bilgiler/",
    "a question": "/yardim/genel-bilgiler/soru-3/",
    "a search": "/yardim/ara/?q=mama",
    "a search for what nobody wrote": "/yardim/ara/?q=zurafa",
    "a mistyped search": "/yardim/ara/?q=mmaa",
    "the site map": "/sitemap.xml",
}


@pytest.fixture
def cost(client):
    """Queries of one request, after one that fills the caches of content types, sites and languages."""

    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, address
        return len(captured)

    return count


@pytest.fixture
def linked(tree) -> faq.Tree:
    """Questions whose texts link to another one, so that links are counted too."""
    target = faq.question(tree.category, "Hedef")
    tree.body = faq.rich(f'<a linktype="page" id="{target.pk}">bak</a>')
    faq.make_questions(tree.category, FEW - 1, body=tree.body)
    return tree


def test_many_questions_cost_as_many_queries_as_few(linked, cost):
    few = {name: cost(address) for name, address in ADDRESSES.items()}
    faq.make_questions(linked.category, MANY - FEW, body=linked.body)

    assert {name: cost(address) for name, address in ADDRESSES.items()} == few


@pytest.mark.parametrize("fields", ["title", "*"])
def test_a_hundred_rows_cost_as_many_queries_as_twenty(linked, cost, fields):
    faq.make_questions(linked.category, MANY - FEW, body=linked.body)

    costs = [cost(f"{PAGES}&fields={fields}&limit={limit}") for limit in (20, 100)]

    assert costs[0] == costs[1]

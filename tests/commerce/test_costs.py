"""What a page of the store costs that nobody asked for before: statements and Python calls, not time."""

from __future__ import annotations

import cProfile
import pstats
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import KeptAnswer
from tests.factories import commerce as make
from tests.factories import sales

pytestmark = pytest.mark.django_db(transaction=True)

MOST_STATEMENTS = 8
MOST_CALLS = {"list": 15_000, "shelf": 15_000, "product": 15_000, "filtered": 18_000}
numbers = count(1)


@pytest.fixture
def shelf(settings, tmp_path):
    settings.RESPONSE_CACHE, settings.MEDIA_ROOT = True, tmp_path
    settings.OSCAR_PRODUCTS_PER_PAGE = 20
    sales.rate()
    return make.shelf("Mama", make.shelf("Kedi", code="kedi"), code="kedi/mama")


def stock(shelf, number):
    for place in range(number):
        product = make.product(f"Kedi maması {place}", shelf=shelf, by=make.seller(f"Satıcı {place}"))
        make.choose(product, "age", "yetiskin", "yavru")
        make.weigh(product, 1500)
    return product


def cold(address):
    """An address that nobody asked for yet, so that no kept answer is given out."""
    assert Client().get(f"{address}{'&' if '?' in address else '?'}n={next(numbers)}").status_code == 200


def statements(address):
    with CaptureQueriesContext(connection) as found:
        cold(address)
    return len(found)


def calls(address):
    profile = cProfile.Profile()
    profile.runcall(cold, address)
    return pstats.Stats(profile).total_calls


@pytest.mark.parametrize("name", MOST_CALLS)
def test_a_cold_page_costs_so_much_at_most(shelf, name):
    product = stock(shelf, 1)
    addresses = {
        "list": "/magaza/",
        "shelf": shelf.get_absolute_url(),
        "filtered": "/magaza/?age=yavru&in_stock=1&min_price=1",
        "product": product.get_absolute_url(),
    }
    cold(addresses[name])
    one = statements(addresses[name])
    stock(shelf, 19)
    cold(addresses[name])

    assert statements(addresses[name]) == one <= MOST_STATEMENTS
    assert calls(addresses[name]) <= MOST_CALLS[name]


def test_without_kept_facts_a_list_costs_the_same_for_one_and_for_many(shelf):
    def emptied():
        KeptAnswer.objects.all().delete()
        return statements("/magaza/")

    stock(shelf, 1)
    cold("/magaza/")
    one = emptied()
    stock(shelf, 19)
    cold("/magaza/")
    assert emptied() == one

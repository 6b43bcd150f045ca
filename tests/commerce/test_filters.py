"""What an address may ask of the product list."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from commerce.catalogue import filters


@pytest.mark.parametrize(
    ("typed", "price"),
    [
        ("250", "250"),
        ("250,5", "250.5"),
        ("250.50", "250.50"),
        ("1.500", "1500"),
        ("1.500,50", "1500.50"),
        ("₺1.500", "1500"),
        ("1.234.567", "1234567"),
        (" 12 ", "12"),
    ],
)
def test_prices_as_people_write_them(typed, price):
    read = filters.read(_query(min_price=typed))
    assert (read.min_price, read.unread) == (Decimal(price), ())


@pytest.mark.parametrize("typed", ["abc", "-5", "1e9", "NaN", "1,2,3", "٣٤", "9" * 50, "1.5000", "0x10", "∞"])
def test_unreadable_price_is_left_out_and_named(typed):
    read = filters.read(_query(max_price=typed))
    assert read.max_price is None
    assert read.unread == (typed,)
    assert not read.are_set


def test_too_much_is_cut():
    query = QueryDict(mutable=True)
    query["q"] = "kedi " * 2000
    query.setlist("seller", [f"s{number}" for number in range(1000)])
    read = filters.read(query)
    assert len(read.text) <= filters.MAX_TEXT
    assert len(read.sellers) == filters.MAX_CHOICES


@pytest.mark.parametrize(
    ("sort", "text", "used"),
    [
        ("", "", "new"),
        ("bogus", "", "new"),
        ("relevance", "", "new"),
        ("", "kum", "relevance"),
        ("cheapest", "", "cheapest"),
    ],
)
def test_order(sort, text, used):
    assert filters.read(_query(sort=sort, q=text)).sort == used


def test_address_survives_reading():
    query = "q=kum&species=kedi&species=kopek&age=yavru&seller=isik&min_price=10.50&in_stock=1&sort=dearest"
    pairs = filters.as_parameters(filters.read(QueryDict(query)))
    assert sorted(pairs) == sorted(
        pair
        for name in QueryDict(query)
        for pair in [(name, value) for value in QueryDict(query).getlist(name)]
    )


def _query(**values):
    query = QueryDict(mutable=True)
    query.update(values)
    return query

"""Whatever portions the pieces go in, they cost the line, to the kuruş."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from commerce import shares


@given(
    kurus=some.integers(min_value=0, max_value=10**9),
    portions=some.lists(some.integers(min_value=1, max_value=40), min_size=1, max_size=30),
)
def test_portions_sum_up_to_the_line(kurus, portions):
    price, quantity, gone = Decimal(kurus) / 100, sum(portions), 0
    amounts = []
    for pieces in portions:
        amounts.append(shares.of_pieces(price, quantity, before=gone, pieces=pieces))
        gone += pieces
    assert sum(amounts) == price
    exact = [price * pieces / quantity for pieces in portions]
    assert all(abs(one - other) <= Decimal("0.01") for one, other in zip(amounts, exact, strict=True))
    assert all(amount >= 0 for amount in amounts)


@pytest.mark.parametrize(
    ("price", "quantity", "expected"),
    [
        ("1.00", 3, ["0.33", "0.34", "0.33"]),
        ("100.00", 3, ["33.33", "33.34", "33.33"]),
        ("0.01", 2, ["0.01", "0.00"]),
    ],
)
def test_last_piece_takes_the_rest(price, quantity, expected):
    price = Decimal(price)
    found = [shares.of_pieces(price, quantity, before=gone, pieces=1) for gone in range(quantity)]
    assert found == [Decimal(amount) for amount in expected]
    assert sum(found) == price


@pytest.mark.parametrize(("before", "pieces"), [(0, 4), (3, 1), (-1, 1)])
def test_more_than_the_line_has_is_an_error(before, pieces):
    with pytest.raises(ValueError, match="pieces"):
        shares.of_pieces(Decimal(9), 3, before=before, pieces=pieces)

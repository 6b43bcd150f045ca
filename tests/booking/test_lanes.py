"""Arithmetic of stretches: what is full, what fits, who has to change lanes."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from booking import lanes
from booking.lanes import Taken

moments = some.integers(0, 60)
stretches = some.lists(some.tuples(moments, moments).filter(lambda one: one[0] < one[1]), max_size=25)


def depth_at(rows, moment) -> int:
    return sum(start <= moment < end for start, end in rows)


@given(stretches, some.integers(1, 4))
def test_full_is_where_so_many_overlap(rows, capacity):
    found = lanes.full(rows, capacity)
    for moment in range(61):
        assert any(a <= moment < b for a, b in found) == (depth_at(rows, moment) >= capacity)
    assert all(one[1] < other[0] for one, other in pairwise(found))


@given(stretches, moments, moments)
def test_meets_and_covers(rows, start, end):
    apart = lanes.joined(rows)
    if start < end:
        assert lanes.meets(apart, start, end) == any(depth_at(rows, one) for one in range(start, end))
        assert lanes.covers(apart, start, end) == all(depth_at(rows, one) for one in range(start, end))


@given(stretches, stretches)
def test_overlap_is_where_both_are(one, other):
    both = lanes.overlap(lanes.joined(one), lanes.joined(other))
    for moment in range(61):
        assert bool(depth_at(both, moment)) == bool(depth_at(one, moment) and depth_at(other, moment))


@given(stretches, stretches, some.integers(0, 6), some.integers(0, 6))
def test_between_are_the_times_whose_surroundings_are_free(taken, works, before, after):
    """What fits in one of its parts is what the lock would take: covered by work, nothing full around it."""
    full, hours = lanes.joined(taken), lanes.joined(works)
    parts = [part for opens, closes in hours for part in lanes.between(full, opens, closes, before, after)]
    for start, end in combinations(range(61), 2):
        can = lanes.covers(hours, start, end) and not lanes.meets(full, start - before, end + after)
        assert can == any(a <= start and end <= b for a, b in parts)


@given(stretches, some.integers(1, 5), moments, some.data())
def test_whoever_fits_at_every_moment_gets_a_lane(rows, capacity, now, data):
    """Claims come one by one, in any order; none is refused while every moment has room."""
    claims: list[Taken] = []
    for number, (start, end) in enumerate(rows, 1):
        if end <= now or lanes.meets(lanes.full([(c.starts, c.ends) for c in claims], capacity), start, end):
            continue
        lane = lanes.free_lane(claims, start, end, capacity)
        begun = {c.pk: c.lane for c in claims if c.starts <= now}
        moved = {0: lane} if lane is not None else lanes.placed_anew(claims, (start, end), capacity, now)
        assert not begun.keys() & moved.keys()
        claims = [Taken(c.pk, moved.get(c.pk, c.lane), c.starts, c.ends) for c in claims]
        claims.append(Taken(number, moved[0], start, end))
        for a, b in combinations(claims, 2):
            assert a.lane != b.lane or a.ends <= b.starts or b.ends <= a.starts
        assert all(0 <= c.lane < capacity for c in claims)


def test_lanes_are_changed_only_when_no_single_one_is_free():
    claims = [Taken(1, 0, 10, 20), Taken(2, 1, 20, 30)]
    assert lanes.free_lane(claims, 0, 10, 2) == 0
    assert lanes.free_lane(claims, 12, 25, 2) is None  # either lane has something, each moment has room
    assert lanes.placed_anew(claims, (12, 25), 2, now=0) == {0: 1, 2: 0}


@pytest.mark.parametrize("capacity", [1, 3])
def test_what_meets_does_not_overlap(capacity):
    full = lanes.full([(0, 10)] * capacity, capacity)
    assert not lanes.meets(full, 10, 20)
    assert lanes.meets(full, 9, 10)

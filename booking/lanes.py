"""Where time is full, and which lane is free: arithmetic of half-open stretches, in seconds since 1970.

A resource of capacity c takes c bookings at once, each in a lane. When every moment has room but no
single lane has, claims that have not begun change lanes: sorted by their beginning, the first free lane
always exists (those that have begun all touch the same moment, so each holds a lane of its own).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

Stretch = tuple[int, int]


class Taken(NamedTuple):
    """A claim: `pk` is 0 for the one that is wanted."""

    pk: int
    lane: int
    starts: int
    ends: int


def full(stretches: Iterable[Stretch], capacity: int) -> list[Stretch]:
    """When `capacity` or more of these overlap; sorted, apart from each other."""
    if capacity == 1:
        return joined(stretches)
    edges = sorted(edge for start, end in stretches for edge in ((start, 1), (end, -1)))
    found: list[Stretch] = []
    depth, since = 0, 0
    for moment, step in edges:  # at the same moment ends (-1) come before beginnings
        if depth == capacity and step < 0 and moment > since:
            found.append((since, moment))
        depth += step
        if depth == capacity and step > 0:
            since = moment
    return joined(found)


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Sorted; those that meet are one."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def meets(stretches: Sequence[Stretch], start: int, end: int) -> bool:
    """Does [start, end) touch one of these (sorted, apart)?"""
    at = bisect_right(stretches, (end, -1)) - 1
    return at >= 0 and stretches[at][1] > start


def covers(stretches: Sequence[Stretch], start: int, end: int) -> bool:
    """Does one of these (sorted, apart) hold all of [start, end)?"""
    at = bisect_right(stretches, (start, 1 << 62)) - 1
    return at >= 0 and stretches[at][1] >= end


def between(full: Sequence[Stretch], start: int, end: int, before: int, after: int) -> list[Stretch]:
    """The parts of [start, end) in which something that keeps so much free around it meets none of these."""
    found, since = [], start
    for at in range(max(0, bisect_right(full, (start - before, 1 << 62)) - 1), len(full)):
        begin, finish = full[at]
        if begin >= end + after:
            break
        if finish > start - before:
            if begin - after > since:
                found.append((since, begin - after))
            since = finish + before
    return [*found, (since, end)] if since < end else found


def overlap(one: Sequence[Stretch], other: Sequence[Stretch]) -> list[Stretch]:
    """Where both are; each sorted and apart."""
    found, at = [], 0
    for start, end in one:
        while at < len(other) and other[at][1] <= start:
            at += 1
        for begin, finish in other[at:]:
            if begin >= end:
                break
            if min(end, finish) > max(start, begin):
                found.append((max(start, begin), min(end, finish)))
    return found


def free_lane(taken: Iterable[Taken], start: int, end: int, capacity: int) -> int | None:
    """The first lane in which nothing overlaps [start, end); None when each has something."""
    used = {one.lane for one in taken if one.starts < end and one.ends > start}
    return next((lane for lane in range(capacity) if lane not in used), None)


def placed_anew(claims: Sequence[Taken], wanted: Stretch, capacity: int, now: int) -> dict[int, int]:
    """{pk: lane} of the claims that change lanes, with the lane of the wanted one under 0.

    `claims` are all of this resource that are not over; together with the wanted one no moment may hold
    more than `capacity` of them. Those that have begun stay where they are.
    """
    begun = [one for one in claims if one.starts <= now]
    ahead = [one for one in claims if one.starts > now]
    return _laid(begun, [*ahead, Taken(0, -1, *wanted)], capacity)


def grown(claims: Sequence[Taken], capacity: int, now: int) -> dict[int, int]:
    """{pk: lane} of the claims that change lanes after one of them has become longer; the same promise."""
    begun = [one for one in claims if one.starts <= now]
    return _laid(begun, [one for one in claims if one.starts > now], capacity)


def _laid(begun: Sequence[Taken], ahead: Sequence[Taken], capacity: int) -> dict[int, int]:
    busy = sorted((one.ends, one.lane) for one in begun)
    free = sorted(set(range(capacity)) - {one.lane for one in begun})
    moved: dict[int, int] = {}
    for one in sorted(ahead, key=lambda each: each.starts):
        while busy and busy[0][0] <= one.starts:
            heappush(free, heappop(busy)[1])
        lane = heappop(free)
        heappush(busy, (one.ends, lane))
        if lane != one.lane:
            moved[one.pk] = lane
    return moved

"""Counting: each who for itself, a window that ends by itself."""

from time import sleep

import pytest
from redis.exceptions import RedisError

from core import limits

pytestmark = pytest.mark.usefixtures("db")  # empties the counters between tests


def test_more_than_allowed_is_over_for_this_one_only():
    assert [limits.is_over("t", "a", most=2, seconds=60) for _ in range(4)] == [False, False, True, True]
    assert not limits.is_over("t", "b", most=2, seconds=60)
    assert not limits.is_over("other", "a", most=2, seconds=60)


def test_only_the_first_time_counts():
    assert [limits.is_first("t", "a", seconds=60) for _ in range(3)] == [True, False, False]


def test_a_window_ends_by_itself():
    assert limits.is_first("t", "a", seconds=1)
    sleep(1.1)  # the cache has a clock of its own
    assert limits.is_first("t", "a", seconds=1)


def test_a_strange_name_is_a_name():
    assert limits.is_first("t", "kedi\n\0 ☃" * 500, seconds=60)


def test_who_asks_too_often_is_told_when_to_come_back(rf):
    answer = limits.too_many(rf.get("/yardim/"), seconds=3600)

    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")


def test_without_counters_the_answer_is_not_now(monkeypatch):
    def away(*_, **__):
        raise RedisError

    monkeypatch.setattr("core.limits.cache.add", away)
    assert limits.is_over("x", "a", most=5, seconds=60)
    assert not limits.is_first("x", "a", seconds=60)

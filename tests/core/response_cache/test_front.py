"""The front of one process: gives out without Django, hears of purges, is silent while it cannot hear."""

from __future__ import annotations

import os

import pytest
from django.db import connection

from core import response_cache
from core.response_cache.front import Front
from core.response_cache.middleware import FRONT, Kept
from tests.stack import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

NONCE = "abc123abc123"


class Application:
    """Answers with a number that grows, and shows `tags`."""

    def __init__(self) -> None:
        self.asked = 0
        self.tags: frozenset[str] = frozenset({"page:1"})
        self.meanwhile = lambda: None

    def __call__(self, environ, start):
        self.asked += 1
        body = f"{self.asked} {NONCE}".encode()
        self.meanwhile()
        environ[FRONT] = Kept(self.tags, 60.0, NONCE.encode())
        headers = [("Content-Length", str(len(body))), ("ETag", '"e"')]
        start("200 OK", [*headers, ("Content-Security-Policy", f"script-src 'nonce-{NONCE}'")])
        return [body]


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def front(application):
    front = Front(application)
    get(front, "/saglik/canli/")  # the first request starts the listener
    application.asked = 0
    wait_for(lambda: front.listener.is_live, 10, "the listener")
    yield front
    front.listener.stop()


def get(front: Front, path: str = "/yardim/", **more: str) -> tuple[str, dict[str, str], str]:
    told: list = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "wsgi.url_scheme": "http"}
    chunks = front(environ | {"SERVER_NAME": "x"} | more, lambda *status: told.extend(status))
    return told[0], dict(told[1]), b"".join(chunks).decode()


def test_second_request_does_not_reach_the_application(front, application):
    assert get(front)[2].startswith("1 ")
    assert get(front)[2].startswith("1 ")
    assert application.asked == 1


def test_each_answer_has_a_nonce_of_its_own_and_the_right_length(front):
    get(front)
    seen = set()
    for _ in range(2):
        _, headers, body = get(front)
        nonce = body.split()[1]
        assert headers["Content-Security-Policy"] == f"script-src 'nonce-{nonce}'"
        assert int(headers["Content-Length"]) == len(body)
        seen.add(nonce)
    assert len(seen) == 2
    assert NONCE not in seen


def test_a_purge_elsewhere_is_heard_at_its_commit(front, application):
    get(front)
    response_cache.purge("page:1")
    wait_for(lambda: not front.entries, 5, "the purge")
    assert get(front)[2].startswith("2 ")


def test_a_purge_of_something_else_leaves_it(front, application):
    get(front)
    application.tags = frozenset({"page:2"})
    get(front, "/baska/")
    response_cache.purge("page:2")
    wait_for(lambda: len(front.entries) == 1, 5, "the purge")
    get(front)
    assert application.asked == 2


def test_what_was_purged_while_it_was_made_is_not_kept(front, application):
    application.meanwhile = lambda: front.drop(["page:1"])
    get(front)
    assert not front.entries


def test_nothing_is_given_out_while_no_news_can_arrive(front, application):
    get(front)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
            " AND datname = current_database()"
        )
    wait_for(lambda: not front.listener.is_live, 5, "the broken connection")
    assert get(front)[2].startswith("2 ")
    wait_for(lambda: front.listener.is_live, 10, "the listener's return")
    assert get(front)[2].startswith("3 "), "what was kept before is not trusted"


def test_known_etag_is_answered_without_a_body(front):
    get(front)
    status, headers, body = get(front, HTTP_IF_NONE_MATCH='"e"')
    assert (status, body) == ("304 Not Modified", "")
    assert "Content-Length" not in headers


@pytest.mark.parametrize(
    "more",
    [
        {"HTTP_COOKIE": "sessionid=x"},
        {"HTTP_COOKIE": "a=b; oscar_open_basket=1"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "q=mama"},
    ],
)
def test_somebodys_own_request_goes_through(front, application, more):
    get(front)
    get(front, **more)
    assert application.asked == 2
    assert len(front.entries) == 1


def test_budget_of_memory_is_kept(front, application, monkeypatch):
    monkeypatch.setattr("core.response_cache.front.BUDGET", 30)
    for number in range(10):
        get(front, f"/{number}/")
    assert len(front.entries) <= 2


def test_a_forked_process_listens_anew(front, monkeypatch):
    get(front)
    monkeypatch.setattr(os, "getpid", lambda: -1)
    get(front, "/saglik/canli/")
    assert front.process == -1

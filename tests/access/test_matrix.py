"""Every route × method × person × {own, other side}: nobody gets further than the table says."""

from __future__ import annotations

import copy

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from teams import access

from . import routes, scene
from .policies import Elsewhere
from .table import TABLE

READS, WRITES = ("get",), ("post", "put", "delete")
FULL = ("visitor", "parent", "owner")  # asked with every method; the others read and send
CHECKED = sorted(name for name, row in TABLE.items() if not isinstance(row, Elsewhere))
PARTS = 8  # a stage is built once for each
OUTSIDERS = ("visitor", "parent", "owner")
HARMLESS = {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite", "yonetim//"}  # words, icons, a slash


@pytest.fixture
def stage(db, monkeypatch) -> scene.Scene:
    """Only statuses are read here; drawing the page of each refusal took nearly half of the time."""
    monkeypatch.setattr("core.views.render", lambda request, page, status: HttpResponse(status=status))
    return scene.build()


def test_every_route_has_a_row():
    assert set(routes.names()) - TABLE.keys() == set(), "routes without an expectation"
    assert TABLE.keys() - set(routes.names()) == set(), "expectations without a route"


@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_gets_further_than_the_table_says(part, stage):
    wrong = [row for name in CHECKED[part::PARTS] for row in surprises(name, stage)]
    assert not wrong, "\n".join(map(str, wrong))


def test_the_matrix_notices_an_open_door(stage, monkeypatch):
    """The guard switched off: whoever signs in reaches every business."""
    owner = stage.theirs.business.memberships.select_related("business", "role").earliest("pk")
    monkeypatch.setattr("teams.access.of", lambda user, slug: access.Access(owner))
    assert ("parent", "theirs", "get") in {
        (who, whose, method) for who, whose, method, *_ in surprises("business_panel", stage)
    }


def surprises(name: str, stage: scene.Scene) -> list[tuple]:
    """(who, whose, method, address, status, expected) wherever an answer is not the expected one."""
    row, wrong = TABLE[name], []
    for whose in ("ours", "theirs"):
        url = reverse(name, kwargs=row.kwargs(stage.side(whose)))
        for who, user in stage.people.items():
            expected = row.expected(who, whose, stage)
            for method in READS + (WRITES if who in FULL else WRITES[:1]):
                status = ask(user, method, url)
                if not fits(expected, status, method, url):
                    wrong.append((who, whose, method, url, status, expected))
    return wrong


def ask(user, method: str, url: str) -> str:
    """The status, or `login` when the answer leads to the sign-in page. What it changed is taken back."""
    client = _signed_in(user)
    with transaction.atomic():
        answer = getattr(client, method)(url)
        b"".join(answer)  # a file is closed when it was read
        transaction.set_rollback(True)
    if answer.status_code == 302 and "/hesap/giris/" in answer["Location"]:
        return "login"
    return str(answer.status_code)


def _signed_in(user) -> Client:
    """Signed in once; each request begins with the cookies of that moment."""
    client = Client(raise_request_exception=False)
    if user:
        if not hasattr(user, "kept_cookies"):
            client.force_login(user)
            user.kept_cookies = client.cookies
        client.cookies = copy.deepcopy(user.kept_cookies)
    return client


def fits(expected: str, status: str, method: str, url: str) -> bool:
    """Who may send may also have sent nothing that names a thing: then 404 is an answer about that."""
    if status == "405":
        return True  # nothing there for this method, for whoever asks
    if expected == "in":
        about_the_input = {"404"} if method in WRITES else set()
        return (
            status in {"200", "201", "204", "301", "302", "400", "409", "415", "422", "429"} | about_the_input
        )
    asks = {"403"} if url.startswith("/api/") else {"login"}  # a machine is told, a person is led
    return status in {"login": asks, "no": {"403"}, "gone": {"404"}}[expected]


@pytest.mark.parametrize("who", OUTSIDERS)
def test_the_back_office_is_closed_to_outsiders(stage, who):
    """Also to the owner of a business: they see at most that there is a door."""
    open_doors = []
    for name, url in routes.of_back_office():
        if name in HARMLESS:
            continue
        for method in ("get", "post"):
            status = ask(stage.people[who], method, url)
            if status not in {"login", "403", "404", "405"} and not _is_way_out(stage, who, method, url):
                open_doors.append((name, method, url, status))
    assert not open_doors, "\n".join(map(str, open_doors))


def _is_way_out(stage, who: str, method: str, url: str) -> bool:
    """Wagtail and Oscar send people without rights away with a redirect instead of 403."""
    client = Client()
    if stage.people[who]:
        client.force_login(stage.people[who])
    answer = getattr(client, method)(url)
    return answer.status_code in {301, 302} and not answer["Location"].startswith("/yonetim/")

"""T43: what a form answers, and how fast, does not tell whether an address has an account."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from accounts.models import User
from teams import rights
from tests.conftest import PASSWORD
from tests.factories import teams

from .test_accounts import NEW_PASSWORD, RESET, SIGN_IN, WRONG, network  # noqa: F401  (a fixture)

SAMPLES, LOOKED_AT = 200, 20  # on each side; of so many the pages are compared
Ask = Callable[[Client, str], Any]


class Noticed(PBKDF2PasswordHasher):
    """Quick, and still slow enough that a hash left out on one side shows."""

    iterations = 40_000


class Slow(Noticed):
    """Some 50 ms on a fast machine: the control must show on any."""

    iterations = 200_000


@pytest.fixture
def noticed(settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Noticed"]


def sign_in(client: Client, email: str) -> Any:
    return client.post(SIGN_IN, {"login": email, "password": WRONG})


def reset(client: Client, email: str) -> Any:
    return client.post(RESET, {"email": email})


def sign_up(client: Client, email: str) -> Any:
    typed = {"first_name": "A", "last_name": "B", "email": email, "password1": NEW_PASSWORD}
    return client.post("/hesap/kayit/", typed)


def inviting(person) -> Ask:
    owner, client = person("Davet", "Eden"), Client()
    clinic = teams.verified(owner)
    role = clinic.roles.get(template=rights.RECEPTION).pk
    client.force_login(owner)

    def invite(client: Client, email: str) -> Any:
        client.cookies = kept.copy()
        return client.post(f"{clinic.panel_url}ekip/davet/", {"email": email, "role": role})

    kept = client.cookies
    return invite


def normal(body: str, email: str) -> str:
    """Without form keys, nonces, times, numbers of rows, and the address that was typed."""
    body = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", body)
    for word in (email, f"{email[0]}•••@{email.partition('@')[2]}"):
        body = body.replace(word, "")
    return re.sub(r"\b\d\d:\d\d\b|invited-\d+|/davetler/\d+", "", body)


def sample(ask: Ask, email: str, address: str, *, is_looked_at: bool) -> tuple[float, Any]:
    """Seconds until the answer; the answer and the page it leads to. What it wrote is taken back."""
    client = Client(REMOTE_ADDR=address)
    cache.clear()  # limits are T41's matter
    with transaction.atomic():
        start = time.perf_counter()
        answer = ask(client, email)
        taken = time.perf_counter() - start
        page = client.get(answer["Location"]) if is_looked_at and answer.status_code == 302 else answer
        transaction.set_rollback(True)
    body = normal(page.content.decode(), email) if is_looked_at else ""
    return taken, (answer.status_code, page.status_code, body)


def side_by_side(ask: Ask, pairs: list[tuple[str, str]]) -> tuple[bool, float]:
    """Whether known and unknown addresses were answered alike, and how far their medians lie apart (ms)."""
    times: tuple[list[float], list[float]] = ([], [])
    alike = True
    for number, pair in enumerate(pairs):
        told = {}
        for side in ((0, 1), (1, 0))[number % 2]:  # neither profits from what the other has warmed
            there = f"10.{side}.{number}.1"
            taken, told[side] = sample(ask, pair[side], there, is_looked_at=number < LOOKED_AT)
            times[side].append(taken)
        alike = alike and told[0] == told[1]
    return alike, round(abs(statistics.median(times[0]) - statistics.median(times[1])) * 1000, 1)


def pairs_of(number: int, name: str) -> list[tuple[str, str]]:
    """(known, unknown); all share one password, hashed once."""
    there = User.objects.count()
    known = [f"{name}{there}-{one}@ornek.test" for one in range(number)]
    password = make_password(PASSWORD)
    User.objects.bulk_create([User(email=email, password=password, first_name="Kisi") for email in known])
    return [(email, f"yok-{email}") for email in known]


@pytest.mark.django_db
@pytest.mark.trust("T43")
def test_who_has_an_account(verdict, person, network, noticed):  # noqa: F811
    """A busy machine only widens a gap, so the better of two counts."""
    asks: dict[str, Ask] = {"in": sign_in, "reset": reset, "up": sign_up, "invite": inviting(person)}
    different, gaps = [], {}
    for name, ask in asks.items():
        alike, gaps[name] = side_by_side(ask, pairs_of(SAMPLES, name))
        if gaps[name] > 10:
            gaps[name] = min(gaps[name], side_by_side(ask, pairs_of(SAMPLES, name))[1])
        different += [] if alike else [name]
    passed = not different and max(gaps.values()) <= 10
    verdict(f"different {different}, medians of {SAMPLES} apart {gaps} ms", "equal, ≤ 10 ms", passed)


@pytest.mark.django_db
@pytest.mark.trust("T43")
def test_a_hash_left_out_shows(verdict, monkeypatch, network, settings):  # noqa: F811
    """The guard switched off: nothing is hashed for an address without an account."""
    monkeypatch.setattr("accounts.models.User.set_password", lambda self, raw: None)
    settings.PASSWORD_HASHERS = [f"{__name__}.Slow"]
    _alike, gap = side_by_side(sign_in, pairs_of(20, "in"))
    verdict(f"medians apart {gap} ms with the guard off", "> 10 ms", gap > 10)

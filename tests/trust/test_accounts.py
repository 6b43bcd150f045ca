"""T41, T42, T43: guessing passwords, guessing codes, finding out who has an account."""

from __future__ import annotations

import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import codes, rules
from accounts.adapter import Adapter
from core import journal
from tests.conftest import PASSWORD

WRONG = "yanlis bir cumle bu"
NEW_PASSWORD = "sabah kahvesi ve kedi"
SIGN_IN, RESET, CODE = "/hesap/giris/", "/hesap/sifre/sifirla/", "/hesap/sifre/kod/"


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """Every password that reaches the hasher of an account."""
    seen: list[str] = []
    monkeypatch.setattr(
        "accounts.models.User.check_password", lambda self, raw: seen.append(self.email) or raw == PASSWORD
    )
    return seen


@pytest.fixture
def network(monkeypatch):
    """The client's address is what the test puts into the request."""
    monkeypatch.setattr(Adapter, "get_client_ip", lambda self, request: request.META["REMOTE_ADDR"])


def attempt(email: str, address: str, password: str = WRONG) -> int:
    answer = Client().post(SIGN_IN, {"login": email, "password": password}, REMOTE_ADDR=address)
    connection.close()
    return answer.status_code


@pytest.mark.django_db(transaction=True)
@pytest.mark.trust("T41")
def test_guessed_passwords(verdict, person, hashed, network):
    """60 tries from 60 addresses, four at once, on one account; 30 accounts from one address."""
    owner = person("Ayşe", "Yıldız")
    home = Client()
    home.post(SIGN_IN, {"login": owner.email, "password": PASSWORD})
    home.post("/hesap/cikis/")
    hashed.clear()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: attempt(owner.email, f"10.1.{number}.1"), range(60)))
    one_account = len(hashed)
    hashed.clear()

    people = [person(f"Kisi{number}", "Ak") for number in range(30)]
    for one in people:
        attempt(one.email, "10.2.0.1")
    one_network = len(hashed)

    home.post(SIGN_IN, {"login": owner.email, "password": PASSWORD})
    owner_in = "_auth_user_id" in home.session
    figure = f"{one_account} of 60 on one account, {one_network} of 30 from one address, owner in {owner_in}"
    verdict(figure, "20, 20, True", (one_account, one_network, owner_in) == (20, 20, True))


def asked_code(client: Client, email: str) -> str:
    client.post(RESET, {"email": email})
    journal.sweep()
    return re.search(r"\b\d{6}\b", outbox.outbox[-1].body).group()


def other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.mark.django_db
@pytest.mark.trust("T42")
def test_guessed_codes(verdict, ayse):
    faults = []
    elsewhere = Client()
    elsewhere.force_login(ayse)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        # Three codes an hour, five tries each.
        compared, original = [], codes.opens
        codes.opens = lambda *args: compared.append(1) or original(*args)
        try:
            for _ in range(5):
                guesser = Client()
                guesser.post(RESET, {"email": ayse.email})
                for _ in range(8):
                    guesser.post(CODE, {"code": "000000"})
        finally:
            codes.opens = original
        force = rules.of_reset()

        clock.shift(timedelta(hours=1, seconds=1))
        client = Client()
        code = asked_code(client, ayse.email)
        faults += ["digits in session"] if code in str(dict(client.session)) else []
        clock.shift(timedelta(minutes=10, seconds=1))
        faults += ["expired"] if client.post(CODE, {"code": code}).url != RESET else []

        code = asked_code(client, ayse.email)
        stranger = Client()
        stranger.post(RESET, {"email": ayse.email})
        faults += ["not bound"] if stranger.post(CODE, {"code": code}).status_code != 200 else []

        clock.shift(timedelta(hours=1, seconds=1))
        old, fresh = asked_code(client, ayse.email), asked_code(client, ayse.email)
        faults += ["old"] if client.post(CODE, {"code": old}).status_code != 200 and old != fresh else []
        client.post(CODE, {"code": fresh})
        client.post("/hesap/sifre/yeni/", {"password1": NEW_PASSWORD})
        faults += [] if client.get("/panel/").status_code == 200 else ["no way in"]
        faults += ["used"] if client.post(CODE, {"code": fresh}).status_code != 302 else []
        journal.sweep()
    faults += ["session lives"] if elsewhere.get("/panel/").status_code != 302 else []
    faults += [] if outbox.outbox[-1].subject == "Şifren değişti" else ["no mail"]
    odds = len(compared) / 10**force.digits
    passed = odds <= 1 / 60_000 and force.minutes <= 10 and not faults
    verdict(f"{len(compared)} tries/h, {force}, {faults}", "≤ 1 in 60,000, no fault", passed)


def normal(answer, email: str) -> tuple[int, str]:
    """Status and body without form keys, nonces, times, and the address that was typed."""
    body = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", answer.content.decode())
    for word in (email, f"{email[0]}•••@{email.partition('@')[2]}"):
        body = body.replace(word, "")
    return answer.status_code, re.sub(r"\b\d\d:\d\d\b", "", body)


def forms_of(email: str) -> dict[str, tuple[str, dict[str, str]]]:
    sign_up = {"first_name": "A", "last_name": "B", "email": email, "password1": NEW_PASSWORD}
    return {
        "sign-in": (SIGN_IN, {"login": email, "password": WRONG}),
        "reset": (RESET, {"email": email}),
        "sign-up": ("/hesap/kayit/", sign_up),
    }


def side_by_side(name: str, pairs: list[tuple[str, str]]) -> tuple[bool, float]:
    """Whether known and unknown addresses were answered alike, and how far their medians lie apart (ms)."""
    times: tuple[list[float], list[float]] = ([], [])
    alike = True
    for number, pair in enumerate(pairs):
        answers = {}
        for side in ((0, 1), (1, 0))[number % 2]:  # neither profits from what the other has warmed
            address, typed = forms_of(pair[side])[name]
            client = Client(REMOTE_ADDR=f"10.{side}.{number}.{len(name)}")
            start = time.perf_counter()
            answer = client.post(address, typed)
            times[side].append(time.perf_counter() - start)
            body = normal(client.post(address, typed, follow=True), pair[side])
            answers[side] = (answer.status_code, body)
        alike = alike and answers[0] == answers[1]
    return alike, abs(statistics.median(times[0]) - statistics.median(times[1])) * 1000


@pytest.mark.django_db
@pytest.mark.trust("T43")
def test_who_has_an_account(verdict, person, network):
    """Scaled down to 20 samples a side. A busy machine only widens a gap, so the best of three counts."""
    known = [person(f"Kisi{number}", "Ak").email for number in range(20)]
    different, gaps = set(), {}
    for name in forms_of("x"):
        for attempt in range(3):
            cache.clear()
            unknown = [f"kimse{attempt}-{number}@ornek.test" for number in range(20)]
            alike, gap = side_by_side(name, list(zip(known, unknown, strict=True)))
            different |= set() if alike else {name}
            gaps[name] = round(min(gap, gaps.get(name, gap)), 1)
            if gap <= 10:
                break
    passed = not different and max(gaps.values()) <= 10
    verdict(f"different {sorted(different)}, medians apart {gaps} ms", "equal, ≤ 10 ms", passed)

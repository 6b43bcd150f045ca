"""T41, T42: guessing passwords and codes."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
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


def reached(hashed: list[str], tries: list[tuple[str, str]]) -> int:
    """How many of these (account, client address), eight at once, get as far as the hasher."""
    hashed.clear()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: attempt(*one), tries))
    return len(hashed)


@pytest.mark.django_db(transaction=True)
@pytest.mark.trust("T41")
def test_guessed_passwords(verdict, person, hashed, network):
    """What reaches the hasher is counted and not hashed, so 1,000 tries are many and not slow."""
    owner, other_account = person("Ayşe", "Yıldız"), person("Bora", "Aksoy")
    home = Client()
    home.post(SIGN_IN, {"login": owner.email, "password": PASSWORD})
    home.post("/hesap/cikis/")
    people = [person(f"Kisi{number}", "Ak").email for number in range(100)]

    spread = [(owner.email, f"10.1.{number % 100}.1") for number in range(1000)]
    figures = {"1000 on one account from 100 addresses": reached(hashed, spread)}
    figures["100 accounts from one address"] = reached(hashed, [(one, "10.2.0.1") for one in people])
    burst = [(other_account.email, "10.3.0.1")] * 200
    figures["200 on one account from one address"] = reached(hashed, burst)
    with time_machine.travel(timezone.now() + timedelta(hours=23, minutes=55)):
        later = [(owner.email, f"10.4.{number}.1") for number in range(50)]
        figures["50 more within the day"] = reached(hashed, later)

    home.post(SIGN_IN, {"login": owner.email, "password": PASSWORD})
    owner_in = "_auth_user_id" in home.session
    passed = owner_in and list(figures.values()) == [20, 20, 20, 0]
    verdict(f"reached the hasher {figures}, owner in {owner_in}", "20, 20, 20, 0, True", passed)


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
        journal.sweep()
        faults += [f"{sent} sends"] if (sent := len(outbox.outbox)) != 3 else []

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

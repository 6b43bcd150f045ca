"""What tests about accounts do again and again: post a form, read the newest mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core import mail as outbox
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from core import journal

SIGN_IN, SIGN_UP = "/hesap/giris/", "/hesap/kayit/"
RESET, RESET_CODE, NEW = "/hesap/sifre/sifirla/", "/hesap/sifre/kod/", "/hesap/sifre/yeni/"
CONFIRM = "/hesap/e-posta/dogrula/"
NEW_PASSWORD = "sabah kahvesi ve kedi"


@pytest.fixture
def mails(db) -> Callable[[], list]:
    """Everything the worker has sent so far."""

    def sent() -> list:
        journal.sweep()
        return outbox.outbox

    return sent


@pytest.fixture
def code(mails) -> Callable[[], str]:
    """The six digits of the newest mail."""
    return lambda: re.search(r"\b\d{6}\b", mails()[-1].body).group()


def other(code: str) -> str:
    """Six digits that are wrong for sure."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def sign_in(client: Client, email: str, password: str, **more: str) -> HttpResponse:
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def sign_up(client: Client, email: str, **more: str) -> HttpResponse:
    typed = {"first_name": "Elif", "last_name": "Su", "email": email, "password1": NEW_PASSWORD}
    return client.post(SIGN_UP, {**typed, **more})


def is_signed_in(client: Client) -> bool:
    return client.get("/panel/").status_code == 200


def plain(answer: HttpResponse, *typed: str) -> str:
    """The body without what differs by chance: form keys, nonces, times, and what was typed."""
    body = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", answer.content.decode())
    body = re.sub(r"\b\d\d:\d\d\b", "", body)
    for word in typed:
        body = body.replace(word, "")
    return body


@pytest.fixture
def client_of() -> Iterator[Callable[..., Client]]:
    """Another browser; `after=60` lets a minute pass first, for everybody."""
    with time_machine.travel(timezone.now(), tick=False) as clock:

        def another(after: int = 0) -> Client:
            clock.shift(after)
            return Client()

        yield another

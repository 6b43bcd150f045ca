"""Kinds that only tests know, people in bulk, and the worker's turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal
from notifications import kinds, services
from notifications.categories import Category, Channel

ISTANBUL = ZoneInfo("Europe/Istanbul")
NOON = datetime(2026, 5, 20, 12, 0, tzinfo=ISTANBUL)
NIGHT = datetime(2026, 5, 20, 23, 30, tzinfo=ISTANBUL)
BOTH = (Channel.PANEL, Channel.EMAIL)


@pytest.fixture(autouse=True)
def test_kinds(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.kind(
        "test.due",
        category=Category.PETS,
        title=_("Your question has an answer"),
        body="{name}, {on}",
        locked={Channel.PANEL},
        why_locked="Önemli.",
    )
    kinds.kind(
        "test.alarm",
        category=Category.SECURITY,
        title="Alarm",
        locked=BOTH,
        why_locked="Güvenlik.",
        urgent=True,
    )
    kinds.kind("test.order", category=Category.ORDERS, title="Sipariş {number}", urgent=False)
    kinds.kind("test.offer", category=Category.OFFERS, title="Kampanya")


@pytest.fixture
def tell(ayse):
    """`tell("test.order", number=4)` → told to Ayşe at noon."""

    def call(kind: str = "test.order", *, to=None, key: str = "1", now=NOON, url: str = "", **data) -> int:
        return services.notify(kind, to=to or ayse, key=key, data=data, url=url, now=now)

    return call


@pytest.fixture
def worker(db) -> Callable[..., list]:
    """Deliveries are handed over, then mails leave. Returns all that were sent so far."""

    def work(now=NOON) -> list:
        services.hand_over(now=now)
        journal.sweep()
        return outbox.outbox

    return work


def crowd(count: int) -> list[User]:
    """Many people who have proven their addresses."""
    password = "!"
    rows = [User(email=f"kisi{number}@ornek.test", password=password) for number in range(count)]
    people = User.objects.bulk_create(rows)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people]
    )
    return people

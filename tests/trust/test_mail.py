"""T17: the mail server is away, slow, busy, refuses, or hangs up; nobody gets a mail twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from core import bounces, journal
from core.models import Line
from dev import processes
from notifications import kinds, services
from notifications.categories import Category
from notifications.models import Delivery
from tests.notifications.conftest import crowd

pytestmark = [pytest.mark.django_db]
PEOPLE = 60
DEAD = {f"kisi{number}@ornek.test" for number in range(0, PEOPLE, 12)}


class Moody:
    """Each attempt meets one of the faults by chance, until it is well; a dead address is always refused."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.is_well = chance, False
        self.taken: Counter[str] = Counter()
        self.rcpt: Counter[str] = Counter()

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        self.rcpt[address] += 1
        if address in DEAD:
            return "550 5.1.1 no such user"
        if not self.is_well and self.chance.random() < 0.3:
            return "450 4.2.0 busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        fault = 1 if self.is_well else self.chance.random()
        if fault < 0.2:
            return "451 4.3.0 not now"
        self.taken[envelope.rcpt_tos[0]] += 1
        if fault < 0.3:
            server.transport.abort()
        return "250 kept"


@pytest.fixture
def server(seed: int, settings) -> Iterator[Controller]:
    port = processes.free_port()
    settings.EMAIL_DELIVERY_BACKEND = "core.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 2
    controller = Controller(Moody(random.Random(seed)), hostname="127.0.0.1", port=port)
    yield controller
    if controller.loop.is_running():
        controller.stop()


def let_time_pass(start, *, minutes: range) -> None:
    for minute in minutes:
        journal.sweep(now=start + timedelta(minutes=minute))


@pytest.mark.trust("T17")
def test_mail_server_with_every_fault(server, monkeypatch, verdict):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.kind("trust.alarm", category=Category.ORDERS, title="Deneme", urgent=True)
    start = timezone.now()
    for key in ("1", "2"):
        services.notify("trust.alarm", to=crowd(PEOPLE) if key == "1" else _people(), key=key, now=start)
        while services.hand_over(now=start):
            pass
    let_time_pass(start, minutes=range(0, 120, 10))  # two hours without a server
    waiting = Line.objects.filter(name="core.mail_queued", handled_at=None, parked_at=None).count()
    server.start()
    let_time_pass(start, minutes=range(120, 6 * 60, 20))
    server.handler.is_well = True
    let_time_pass(start, minutes=range(6 * 60, 24 * 60, 120))

    ends = Counter(Delivery.objects.filter(channel="email").values_list("status", flat=True))
    heard = server.handler
    doubled = sum(count > 2 for count in heard.taken.values())
    living = sum(heard.taken.values())
    figure = f"{dict(ends)}, {living} taken, {doubled} doubled, {len(DEAD)} dead"
    is_right = (
        waiting == 2 * PEOPLE
        and not doubled
        and ends["sent"] + ends["unknown"] == living == 2 * (PEOPLE - len(DEAD))
        and ends["failed"] == ends["suppressed"] == len(DEAD)
        and bounces.among(heard.rcpt) == DEAD
        and all(heard.rcpt[address] == 1 for address in DEAD)
    )
    verdict(figure, "each once or unknown", is_right)


def _people() -> list:
    from accounts.models import User

    return list(User.objects.filter(email__startswith="kisi"))

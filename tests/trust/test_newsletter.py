"""The newsletter under a worker that is killed, and under a mail server with every fault (T17)."""

from __future__ import annotations

import random
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from threading import Lock

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from accounts.models import User
from core import bounces
from dev import processes
from newsletter import rules, services
from newsletter.models import Delivery, Issue
from newsletter.services import sending, waking
from tests.factories import blog as posts
from tests.factories import faq
from tests.factories import newsletter as make
from tests.stack import Stack, kill, wait_for
from tests.trust.test_crash import nudge_through

READERS, KILLS = 5000, 2
FEW = 60
DEAD = {f"okur{number}@ornek.test" for number in range(0, FEW, 12)}


class Counting:
    """A mail server that counts what it has taken, whole or cut off."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.lock = Lock()

    async def handle_DATA(self, server, session, envelope) -> str:
        with self.lock:
            self.taken.update(envelope.rcpt_tos)
        return "250 kept"


def release() -> Issue:
    blog = posts.index(faq.tree().home)
    people = [User.objects.create_user(f"{name}@ornek.test", first_name=name) for name in ("yazar", "editor")]
    issue = make.issue(posts.post(blog, "Yazı", summary="Kısaca."), month=date(2026, 5, 1))
    return make.released(issue, author=people[0], releaser=people[1])


def ends() -> Counter[str]:
    return Counter(Delivery.objects.values_list("status", flat=True))


@pytest.mark.stack
@pytest.mark.trust("T17")
def test_workers_killed_in_the_middle_of_a_newsletter(stack: Stack, verdict, seed: int):
    """SIGKILL to the real worker while 5,000 mails leave for a real mail server, again and again."""
    chance, server = random.Random(seed), Counting()
    stack.postbox.handle_DATA = server.handle_DATA  # type: ignore[method-assign]
    nudge_through(stack.valkey.url(0))
    make.readers(READERS)
    release()

    def work():
        """A worker with two processes, both at it."""
        process = stack.worker()
        for _ in range(2):
            waking.nudge()
        return process

    for number in range(1, KILLS + 1):
        process = work()
        goal = number * READERS // (KILLS + 2) + chance.randrange(100)
        wait_for(lambda goal=goal: sum(server.taken.values()) >= goal, 120, f"{goal} mails")
        kill(process, signal.SIGKILL)
    later = timezone.now() + rules.CLAIM_LIFE + timedelta(seconds=1)
    process = work()
    wait_for(lambda: not Delivery.objects.filter(status="waiting").exists(), 120, "the rest")
    kill(process, signal.SIGTERM)
    services.flag_lost(now=later)
    sending.finish(issue=Issue.objects.get(), now=later)

    found, mails = ends(), server.taken
    doubled = sum(count > 1 for count in mails.values())
    sent = set(Delivery.objects.filter(status="sent").values_list("subscription__email", flat=True))
    silent = READERS - len(mails)
    figure = f"{dict(found)}, {len(mails)} got it, {doubled} doubled, {KILLS} kills"
    is_right = (
        not doubled
        and found["sent"] + found["unknown"] == READERS
        and sent <= set(mails)
        and silent <= found["unknown"] <= 2 * KILLS  # at most one in the hand of each process
        and Issue.objects.get().status == "sent"
    )
    verdict(figure, f"{READERS} once or unknown", is_right)


class Moody(Counting):
    """Each attempt meets a fault by chance until it is well; a dead address is refused always."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.chance, self.is_well = chance, False
        self.asked: Counter[str] = Counter()

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        self.asked[address] += 1
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
        if 0.3 <= fault < 0.35:
            return "554 5.7.1 we do not like this text"
        answer = await super().handle_DATA(server, session, envelope)
        if fault < 0.3:
            server.transport.abort()  # taken, and silent about it
        return answer


@pytest.fixture
def server(seed: int, settings) -> Iterator[Controller]:
    port = processes.free_port()
    settings.EMAIL_DELIVERY_BACKEND = "core.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 2
    controller = Controller(Moody(random.Random(seed)), hostname="127.0.0.1", port=port)
    yield controller
    if controller.loop.is_running():
        controller.stop()


def let_time_pass(start, minutes: range) -> None:
    for minute in minutes:
        now = start + timedelta(minutes=minute)
        services.flag_lost(now=now)
        services.send_batch(clock=lambda now=now: now)


@pytest.mark.django_db
@pytest.mark.trust("T17")
def test_newsletter_and_a_mail_server_with_every_fault(server, verdict):
    make.readers(FEW)
    release()
    start = timezone.now()
    let_time_pass(start, range(0, 120, 10))  # two hours without a server
    waiting, tries = ends()["waiting"], set(Delivery.objects.values_list("tries", flat=True))
    server.start()
    let_time_pass(start, range(120, 6 * 60, 20))
    server.handler.is_well = True
    let_time_pass(start, range(6 * 60, 24 * 60, 120))

    found, heard = ends(), server.handler
    twice = [address for address, count in heard.taken.items() if count > 1]
    refused = found["failed"] - len(DEAD)  # the text, not the address
    figure = f"{dict(found)}, {sum(heard.taken.values())} taken, {len(twice)} doubled, {len(DEAD)} dead"
    is_right = (
        (waiting, tries) == (FEW, {0})
        and not twice
        and found["sent"] + found["unknown"] == len(heard.taken) == FEW - len(DEAD) - refused
        and found["unknown"] > 0
        and bounces.among(heard.asked) == DEAD
        and all(heard.asked[address] == 1 for address in DEAD)
        and Issue.objects.get().status == "sent"
    )
    verdict(figure, "each once or unknown", is_right)


@pytest.mark.django_db
def test_a_careless_sender_would_be_seen(server, monkeypatch):
    """Negative control: silence after the mail taken for a fault that may be repeated."""
    monkeypatch.setattr(
        "core.smtp._Listening._handed_over", property(lambda self: False, lambda self, value: None)
    )
    make.readers(FEW)
    release()
    server.start()
    let_time_pass(timezone.now(), range(0, 6 * 60, 20))
    assert any(count > 1 for count in server.handler.taken.values())


class Slow(Counting):
    """Takes longer for its answer than we wait."""

    async def handle_DATA(self, server, session, envelope) -> str:
        import asyncio

        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(3)
        return answer


@pytest.mark.django_db
@pytest.mark.trust("T17")
def test_a_server_slower_than_our_patience(server, verdict):
    server.handler = Slow()
    make.readers(2)
    release()
    server.start()
    start = timezone.now()
    let_time_pass(start, range(0, 60, 20))
    figure = f"{dict(ends())}, {sum(server.handler.taken.values())} taken"
    verdict(figure, "unknown, once", ends() == {"unknown": 2} and set(server.handler.taken.values()) == {1})

"""The newsletter under a worker that is killed, and under a mail server with every fault (T17)."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Thread

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
    """What a mail server has taken, whole or cut off."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, server, session, envelope) -> str:
        self.taken.update(envelope.rcpt_tos)
        return "250 kept"


class Lean(asyncio.Protocol):
    """Just enough SMTP to take many mails on a small machine; counts in `taken`."""

    def __init__(self, taken: Counter[str]) -> None:
        self.taken, self.buffer, self.to, self.is_data = taken, b"", "", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        transport.write(b"220 here\r\n")  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n.\r\n" if self.is_data else b"\r\n")) >= 0:
            line, self.buffer = self.buffer[:end], self.buffer[end + (5 if self.is_data else 2) :]
            self.transport.write(self.answer(line) + b"\r\n")  # type: ignore[attr-defined]

    def answer(self, line: bytes) -> bytes:
        if self.is_data:
            self.is_data = False
            self.taken[self.to] += 1
            return b"250 kept"
        verb = line[:4].upper()
        if verb == b"RCPT":
            self.to = line.split(b"<")[1].split(b">")[0].decode()
        self.is_data = verb == b"DATA"
        return {b"DATA": b"354 go on", b"QUIT": b"221 bye"}.get(verb, b"250 OK")


@contextmanager
def lean_server(taken: Counter[str]) -> Iterator[int]:
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(lambda: Lean(taken), "127.0.0.1", 0))
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def release() -> Issue:
    blog = posts.index(faq.tree().home)
    people = [User.objects.create_user(f"{name}@ornek.test", first_name=name) for name in ("yazar", "editor")]
    issue = make.issue(posts.post(blog, "Yazı", summary="Kısaca."), month=date(2026, 5, 1))
    return make.released(issue, author=people[0], releaser=people[1])


def ends() -> Counter[str]:
    return Counter(Delivery.objects.values_list("status", flat=True))


# A killed worker leaves its line to the mail server open; when it is collected is chance.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.stack
@pytest.mark.trust("T17")
def test_workers_killed_in_the_middle_of_a_newsletter(stack: Stack, verdict, seed: int):
    """SIGKILL to the real worker while 5,000 mails leave for a real mail server, again and again."""
    chance, mails = random.Random(seed), Counter()
    nudge_through(stack.valkey.url(0))
    make.readers(READERS)
    release()
    with lean_server(mails) as port:
        for number in range(1, KILLS + 1):
            process = at_work(stack, port)
            goal = number * READERS // (KILLS + 2) + chance.randrange(100)
            wait_for(lambda goal=goal: sum(mails.values()) >= goal, 120, f"{goal} mails")
            kill(process, signal.SIGKILL)
        process = at_work(stack, port)
        wait_for(lambda: not Delivery.objects.filter(status="waiting").exists(), 120, "the rest")
        kill(process, signal.SIGKILL)
    later = timezone.now() + rules.CLAIM_LIFE + timedelta(seconds=1)
    services.flag_lost(now=later)
    sending.finish(issue=Issue.objects.get(), now=later)

    found = ends()
    doubled = sum(count > 1 for count in mails.values())
    sent = set(Delivery.objects.filter(status="sent").values_list("subscription__email", flat=True))
    silent = READERS - len(mails)
    figure = f"{dict(found)}, {len(mails)} got it, {doubled} doubled, {KILLS + 1} kills"
    is_right = (
        not doubled
        and found["sent"] + found["unknown"] == READERS
        and sent <= set(mails)
        and silent <= found["unknown"] <= 2 * (KILLS + 1)  # at most one in the hand of each process
        and Issue.objects.get().status == "sent"
    )
    verdict(figure, f"{READERS} once or unknown", is_right)


def at_work(stack: Stack, port: int) -> subprocess.Popen:
    """A worker with two processes, both sending."""
    stack.postbox.port = port
    process = stack.worker()
    for _ in range(2):
        waking.nudge()
    return process


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

"""T17 on the wire: a real server that is slow, refuses, or takes everything and hangs up."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage

from core import smtp
from dev import processes


class Server:
    """Answers as it is told. `taken` counts the mails whose last byte arrived."""

    def __init__(self) -> None:
        self.taken, self.to, self.data = 0, "250 OK", "250 kept"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if self.to.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to

    async def handle_DATA(self, server, session, envelope) -> str:
        self.taken += 1
        if self.data == "hang up":
            server.transport.abort()
        return self.data


@pytest.fixture
def server() -> Iterator[Server]:
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=processes.free_port())
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def send(server) -> Callable[[], int]:
    def call(port: int | None = None) -> int:
        backend = smtp.Backend(
            host="127.0.0.1", port=port or server.port, username="", password="", timeout=2
        )
        message = EmailMessage("Konu", "Metin", "merhaba@diji.vet", ["ayse@ornek.test"], connection=backend)
        return message.send()

    return call


def test_taken(server, send):
    assert send() == 1
    assert server.taken == 1


def test_hung_up_after_the_last_byte_is_unknown(server, send):
    server.data = "hang up"
    with pytest.raises(smtp.NoAnswer):
        send()
    assert server.taken == 1


def test_hung_up_before_the_mail_may_be_tried_again(server, send):
    server.to = "421 4.3.2 going down"
    with pytest.raises(smtplib.SMTPException) as caught:
        send()
    assert smtp.refusal(caught.value) is None
    assert server.taken == 0


def test_nobody_listens(send):
    with pytest.raises(ConnectionRefusedError):
        send(port=processes.free_port())


@pytest.mark.parametrize(
    ("reply", "is_final", "nobody_there"),
    [
        ("450 4.2.2 mailbox full", False, False),
        ("451 try later", False, False),
        ("550 5.1.1 no such user", True, True),
        ("550 unknown", True, True),
        ("550 5.2.1 disabled", True, True),
        ("550 5.7.1 you are on a list", True, False),
        ("552 5.2.2 mailbox full", True, False),
        ("554 no", True, False),
    ],
)
def test_what_a_refusal_of_the_address_means(server, send, reply, is_final, nobody_there):
    server.to = reply
    with pytest.raises(smtplib.SMTPRecipientsRefused) as caught:
        send()
    refusal = smtp.refusal(caught.value)
    assert (refusal is not None) == is_final
    assert bool(refusal and refusal.nobody_there) == nobody_there


@pytest.mark.parametrize(("reply", "is_final"), [("451 4.7.0 later", False), ("554 5.7.1 spam", True)])
def test_a_refusal_of_the_text_says_nothing_about_the_address(server, send, reply, is_final):
    server.data = reply
    with pytest.raises(smtplib.SMTPDataError) as caught:
        send()
    refusal = smtp.refusal(caught.value)
    assert (refusal is not None) == is_final
    assert not (refusal and refusal.nobody_there)

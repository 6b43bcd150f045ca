"""Mail in development: an SMTP server on loopback that keeps every message as a file.

    python -m dev.mailbox PORT FOLDER

The pages under /posta/ read the same folder.
"""

from __future__ import annotations

import argparse
import asyncio
import email
import email.message
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.policy import default as modern
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"
LARGEST = 25 * 1024 * 1024
NAME = re.compile(r"[0-9]{19}-[0-9a-f]{8}")  # time in nanoseconds, then a random tail
RECIPIENTS = "X-Delivered-To"  # who really gets it, also those in Bcc


@dataclass(frozen=True)
class Mail:
    """One stored message."""

    name: str
    message: email.message.EmailMessage

    @property
    def received(self) -> datetime:
        return datetime.fromtimestamp(int(self.name[:19]) / 1e9, UTC)

    @property
    def subject(self) -> str:
        return str(self.message.get("Subject", ""))

    @property
    def sender(self) -> str:
        return str(self.message.get("From", ""))

    @property
    def recipients(self) -> str:
        return str(self.message.get(RECIPIENTS, ""))

    @property
    def reply_to(self) -> str:
        return str(self.message.get("Reply-To", ""))

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or part.get_content_type() for part in self.message.iter_attachments()]

    def _body(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        if part is None:
            return ""
        raw = part.get_payload(decode=True)
        assert isinstance(raw, bytes)  # noqa: S101  (a text part is not a container)
        try:
            return raw.decode(part.get_content_charset("utf-8"), errors="replace")
        except LookupError:  # a charset nobody knows
            return raw.decode(errors="replace")


class Mailbox:
    """The messages of one folder, newest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        return sorted((file.stem for file in self._files()), reverse=True)

    def get(self, name: str) -> Mail:
        """Raises FileNotFoundError, also for a name that could lead out of the folder."""
        if not NAME.fullmatch(name):
            raise FileNotFoundError(name)
        content = (self.folder / f"{name}.eml").read_bytes()
        return Mail(name, email.message_from_bytes(content, _class=email.message.EmailMessage, policy=modern))

    def add(self, content: bytes, recipients: list[str]) -> str:
        """Readers see the whole message or none: it is written beside its place and moved in."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{time.time_ns():019d}-{secrets.token_hex(4)}"
        new = self.folder / f"{name}.new"
        new.write_bytes(f"{RECIPIENTS}: {', '.join(recipients)}\r\n".encode() + content)
        new.replace(self.folder / f"{name}.eml")
        return name

    def empty(self) -> None:
        for file in self._files():
            file.unlink(missing_ok=True)

    def _files(self) -> Iterator[Path]:
        return (file for file in self.folder.glob("*.eml") if NAME.fullmatch(file.stem))


class Receiver:
    """What aiosmtpd calls for each message."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)  # noqa: S101  (SMTP is told not to decode)
        name = self.mailbox.add(envelope.content, envelope.rcpt_tos)
        print(f"{', '.join(envelope.rcpt_tos)} -> /posta/{name}/", flush=True)
        return "250 Kept"


async def serve(port: int, mailbox: Mailbox) -> None:
    loop = asyncio.get_running_loop()
    receiver = Receiver(mailbox)

    def connection() -> SMTP:
        return SMTP(receiver, data_size_limit=LARGEST, enable_SMTPUTF8=True, hostname="localhost", loop=loop)

    server = await loop.create_server(connection, LOOPBACK, port)
    print(f"SMTP {LOOPBACK}:{server.sockets[0].getsockname()[1]}", flush=True)
    async with server:
        await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.mailbox", description="Keep every message as a file.")
    parser.add_argument("port", type=int)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.port, Mailbox(arguments.folder)))


if __name__ == "__main__":
    main()

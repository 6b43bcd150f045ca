"""SMTP as Django speaks it, with two questions answered: was the mail taken, and is "no" for good?"""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

NO_SUCH_ADDRESS = {550, 551, 553}
ENHANCED = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")
NOBODY_THERE = re.compile(r"5\.1\.|5\.2\.1$")  # bad address, mailbox disabled (RFC 3463)


class NoAnswer(Exception):
    """The server has the whole mail and did not say whether it keeps it."""


@dataclass(frozen=True)
class Refusal:
    said: str
    nobody_there: bool


def refusal(error: smtplib.SMTPException) -> Refusal | None:
    """What the server said when it will never take this mail; None when it may take it later.

    Only "no such address" speaks about the address. A server that dislikes us (5.7.x) says the same
    number to everybody, and must not silence all our readers at once.
    """
    code: int
    reply: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPDataError):
        code, reply = error.smtp_code, error.smtp_error
    else:
        return None
    if code < 500:
        return None
    said = f"{code} {reply.decode(errors='replace') if isinstance(reply, bytes) else reply}"
    return Refusal(said, isinstance(error, smtplib.SMTPRecipientsRefused) and _nobody_there(code, said))


def _nobody_there(code: int, said: str) -> bool:
    detail = ENHANCED.search(said)
    return bool(NOBODY_THERE.match(detail.group())) if detail else code in NO_SUCH_ADDRESS


class _Listening:
    """Notices when the connection ends between the last byte of the mail and the server's word."""

    _handed_over = False

    def send(self, s: Any) -> None:
        super().send(s)  # type: ignore[misc]
        self._handed_over = isinstance(s, bytes)  # commands are text, only the mail itself is bytes

    def getreply(self) -> tuple[int, bytes]:
        try:
            return super().getreply()  # type: ignore[misc]
        except smtplib.SMTPServerDisconnected as error:
            if self._handed_over:
                raise NoAnswer(str(error)) from error
            raise


class _Plain(_Listening, smtplib.SMTP):
    pass


class _Tls(_Listening, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Tls if self.use_ssl else _Plain

"""The way to the mail server for many mails: one connection, renewed now and then and after each fault."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from core import smtp

from .states import DeliveryStatus as Status

MOST_ON_A_CONNECTION = 100


@dataclass(frozen=True)
class Answer:
    """What became of one mail; `waiting` means that the server may take it later."""

    status: Status
    said: str = ""
    nobody_there: bool = False


class Line:
    """Raises OSError or SMTPException while nobody answers: then nothing has been handed over."""

    def __init__(self) -> None:
        self._server: Any = None
        self._carried = 0

    def __enter__(self) -> Line:
        self.open()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def open(self) -> None:
        """Before a mail is claimed: a server that is away must not cost anybody a try."""
        if self._carried >= MOST_ON_A_CONNECTION:
            self.close()
        if self._server is None:
            server = get_connection(settings.EMAIL_DELIVERY_BACKEND)
            server.open()
            self._server, self._carried = server, 0

    def close(self) -> None:
        server, self._server, self._carried = self._server, None, 0
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):  # it was gone already
                server.close()

    def hand_over(self, mail: EmailMessage) -> Answer:
        """Three ends and one beginning anew. Whatever fails, the connection is not trusted any more."""
        try:
            self._server.send_messages([mail])
        except smtp.NoAnswer as silence:
            return self._failed(Answer(Status.UNKNOWN, str(silence)))
        except smtplib.SMTPException as error:
            return self._failed(_answer(error))
        except OSError as error:
            return self._failed(Answer(Status.WAITING, f"{type(error).__name__}: {error}"))
        self._carried += 1
        return Answer(Status.SENT)

    def _failed(self, answer: Answer) -> Answer:
        self.close()
        return answer


def _answer(error: smtplib.SMTPException) -> Answer:
    refusal = smtp.refusal(error)
    if refusal is None:
        return Answer(Status.WAITING, f"{type(error).__name__}: {error}"[:500])
    return Answer(Status.FAILED, refusal.said[:500], refusal.nobody_there)

"""The bank as a whole: its book, who its merchants are, and what it has been told to let happen next."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from .book import Book, Payment
from .scenarios import BY_KURUS, TROUBLE_BY_KURUS, kurus

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Request:
    method: str
    url: str  # with its query, as it came
    headers: dict[str, str]  # names in lower case
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True)
class Response:
    body: bytes = b""
    status: int = 200
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


class Letter(NamedTuple):
    """A message to a merchant's server, not yet on its way."""

    body: str
    headers: dict[str, str]
    tries: int = 1
    repeat_after: float = 60.0


class Leave(NamedTuple):
    """How the customer's browser goes back to the shop."""

    method: str
    url: str
    fields: dict[str, str]


class Protocol:
    """One provider's way to speak. What it knows about money stands in the book."""

    code = ""
    knows_review = True

    def find(self, bank: Bank, request: Request) -> Call | None:
        """What is asked for here; nothing where it is not our address."""
        raise NotImplementedError

    def busy(self) -> Response:
        raise NotImplementedError

    def letter(self, bank: Bank, payment: Payment, *, is_forged: bool = False) -> Letter | None:
        """What the merchant's server is told about the payment as it stands."""
        return None

    def leave(self, bank: Bank, payment: Payment, *, is_forged: bool = False) -> Leave:
        raise NotImplementedError


@dataclass(frozen=True)
class Call:
    """A request that is understood: what it wants (`start`, `look_up`, `refund`, …) and how to answer it."""

    action: str
    answer: Any
    amount: Decimal | None = None


class Bank:
    def __init__(self, book: Book, protocols: list[Protocol], *, delay: float = 30.0) -> None:
        self.book, self.delay = book, delay
        self.protocols = {protocol.code: protocol for protocol in protocols}
        self.url = ""  # of ourselves, known when the server stands
        self.stirred = threading.Event()  # something may be due
        self.closing = threading.Event()

    # --- What comes next ---

    def plan(self, kind: str, **what: Any) -> None:
        """Queue what the next payment, refund, payout or exchange will meet."""
        with self.book.lock:
            self.book.note(kind, [*self.book.notes.get(kind, []), what])

    def next_scenario(self, payment: Payment) -> str:
        """What the page offers first: planned, or by the kuruş of the amount, or success."""
        if "offer" not in payment.form:
            planned = self._take("scenarios", payment.provider)
            by_amount = BY_KURUS.get(kurus(payment.asked), "success") if self.reads_kurus else "success"
            payment.form["offer"] = planned["name"] if planned else by_amount
            self.book.save(payment)
        return str(payment.form["offer"])

    def next_of(self, kind: str, provider: str) -> str:
        planned = self._take(kind, provider)
        return str(planned["name"]) if planned else ""

    def next_trouble(self, provider: str, action: str, amount: Decimal | None) -> str:
        if planned := self._take("trouble", provider, action):
            return str(planned["name"])
        return TROUBLE_BY_KURUS.get(kurus(amount), "") if amount is not None and self.reads_kurus else ""

    @property
    def reads_kurus(self) -> bool:
        """Off for tests with many amounts: none of them should meet trouble by its last digits."""
        return bool(self.book.notes.get("reads_kurus", True))

    def _take(self, kind: str, provider: str, action: str = "") -> dict[str, Any] | None:
        with self.book.lock:
            queue = self.book.notes.get(kind, [])
            for index, what in enumerate(queue):
                if what.get("provider", provider) == provider and what.get("action", action) == action:
                    left = int(what.get("times", 1)) - 1
                    rest = [{**what, "times": left}] if left else []
                    self.book.note(kind, [*queue[:index], *rest, *queue[index + 1 :]])
                    return dict(what)
        return None

    def callback_url(self, provider: str) -> str:
        return str(self.book.notes.get("callbacks", {}).get(provider, ""))

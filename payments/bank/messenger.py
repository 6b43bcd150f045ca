"""Messages to merchants' servers by real HTTP, in their time by the bank's clock, until they are taken."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request

from .bank import Bank, Letter
from .book import Notice, Payment, number

PATIENCE = 10
PAUSE = 0.2
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def post(bank: Bank, payment: Payment, letter: Letter | None, *, after: float = 0.0) -> Notice | None:
    """Put a message into the book; it leaves when it is due."""
    url = bank.callback_url(payment.provider)
    if letter is None:
        return None
    now = bank.book.now()
    notice = Notice(
        number(10),
        now,
        payment.provider,
        payment.id,
        url,
        letter.headers,
        letter.body,
        now + after,
        letter.tries if url else 0,  # kept, where nobody listens
        letter.repeat_after,
    )
    bank.book.save(notice)
    bank.stirred.set()
    return notice


def deliver(bank: Bank, notice: Notice) -> str:
    """One try. What the merchant said stands in the book."""
    request = urllib.request.Request(notice.url, notice.body.encode(), notice.headers, method="POST")  # noqa: S310
    try:
        with DIRECT.open(request, timeout=PATIENCE) as answer:
            said = f"{answer.status} {answer.read(200).decode('utf-8', 'replace')}"
    except urllib.error.HTTPError as error:
        said = f"{error.code} {error.read(200).decode('utf-8', 'replace')}"
    except OSError as error:
        said = type(error).__name__
    notice.answers.append(said)
    is_taken = said == "200 OK" if notice.provider == "paytr" else said.startswith("2")
    notice.left = 0 if is_taken and notice.repeat_after else notice.left - 1
    notice.due = bank.book.now() + notice.repeat_after
    bank.book.save(notice)
    return said


def due(bank: Bank) -> list[Notice]:
    now = bank.book.now()
    return sorted(
        (row for row in bank.book.all(Notice) if row.left > 0 and row.due <= now), key=lambda row: row.due
    )


def deliver_due(bank: Bank) -> None:
    while rows := due(bank):
        for row in rows:
            deliver(bank, row)


def watch(bank: Bank) -> None:
    while not bank.closing.is_set():
        bank.stirred.wait(PAUSE)
        bank.stirred.clear()
        deliver_due(bank)


def start(bank: Bank) -> threading.Thread:
    thread = threading.Thread(target=watch, args=(bank,), daemon=True)
    thread.start()
    return thread

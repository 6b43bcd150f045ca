"""What only the people who test may do: look into the book, plan what happens, move the clock, send again.

GET  /__bank/total  /__bank/payments  /__bank/refunds  /__bank/payouts  /__bank/notices
POST /__bank/<verb> with a JSON object; VERBS lists them
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from . import counter, messenger
from .bank import Bank, Request, Response
from .book import Notice, Payment, Payout, Refund
from .scenarios import SCENARIOS, TROUBLE

PREFIX = "/__bank/"
LISTS = {"payments": Payment, "refunds": Refund, "payouts": Payout, "notices": Notice}


def respond(bank: Bank, request: Request) -> Response | None:
    if not request.path.startswith(PREFIX):
        return None
    what = request.path.removeprefix(PREFIX).strip("/")
    try:
        if request.method == "GET":
            return _json(_read(bank, what))
        body = json.loads(request.body or b"{}")
        with bank.book.lock:
            return _json(VERBS[what](bank, **body) or {})
    except (KeyError, TypeError, ValueError, counter.Closed) as error:
        return _json({"message": f"{type(error).__name__}: {error}"}, 400)


def _read(bank: Bank, what: str) -> Any:
    if what == "total":
        return bank.book.figures() | {code: bank.book.figures(code) for code in bank.protocols}
    rows: list[Any] = bank.book.all(LISTS[what])
    return [asdict(row) for row in rows]


def _json(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body, default=str, ensure_ascii=False).encode(), status)


def scenario(bank: Bank, name: str, **where: Any) -> None:
    """What the page of the next payment offers first."""
    bank.plan("scenarios", name=_known(name, SCENARIOS), **where)


def trouble(bank: Bank, name: str, **where: Any) -> None:
    """What happens on the line at the next exchange (`provider`, `action`, `times`)."""
    bank.plan("trouble", name=_known(name, TROUBLE), **where)


def refund(bank: Bank, name: str, **where: Any) -> None:
    """The next refund is refused: `balance`, `busy` or `no`."""
    bank.plan("refunds", name=name, **where)


def payout(bank: Bank, name: str, **where: Any) -> None:
    """The next payout comes back."""
    bank.plan("payouts", name=name, **where)


def _known(name: str, among: dict[str, Any]) -> str:
    return name if name in among else str(among[name])


def clock(bank: Bank, seconds: float) -> dict[str, float]:
    bank.book.note("clock", float(bank.book.notes.get("clock", 0)) + seconds)
    bank.stirred.set()
    return {"now": bank.book.now()}


def callbacks(bank: Bank, **urls: str) -> None:
    """Where the merchant's server listens, for each provider."""
    bank.book.note("callbacks", {**bank.book.notes.get("callbacks", {}), **urls})


def kurus(bank: Bank, is_read: bool) -> None:
    """Whether the last digits of amounts choose what happens."""
    bank.book.note("reads_kurus", is_read)


def decide(bank: Bank, reference: str, verdict: str) -> None:
    counter.decide(bank, _payment(bank, reference), verdict)


def pay(bank: Bank, reference: str, name: str = "") -> dict[str, Any]:
    """What the customer does on the page, without the page. The way back, or nothing."""
    row = _payment(bank, reference)
    leave = counter.pay(bank, row, name or bank.next_scenario(row))
    return leave._asdict() if leave else {}


def resend(bank: Bank, reference: str, times: int = 1) -> None:
    """The newest message about a payment once more, as it was."""
    row = _payment(bank, reference)
    notice = [each for each in bank.book.all(Notice) if each.payment == row.id][-1]
    notice.left, notice.due, notice.repeat_after = times, bank.book.now(), 0.0
    bank.book.save(notice)
    bank.stirred.set()


def deliver(bank: Bank) -> None:
    """Do not wait for the messenger."""
    messenger.deliver_due(bank)


def payout_returned(bank: Bank, reference: str) -> None:
    row = next(each for each in bank.book.all(Payout) if each.reference == reference)
    row.state = "returned"
    bank.book.save(row)


def clear_trouble(bank: Bank) -> None:
    bank.book.note("trouble", [])


def clear(bank: Bank) -> None:
    bank.book.clear()


def _payment(bank: Bank, reference: str) -> Payment:
    return [row for row in bank.book.all(Payment) if reference in (row.reference, row.token, row.id)][-1]


VERBS: dict[str, Callable[..., Any]] = {
    verb.__name__: verb
    for verb in (
        *(scenario, trouble, refund, payout, clock, callbacks, kurus),
        *(decide, pay, resend, deliver, payout_returned, clear, clear_trouble),
    )
}

"""Where the customer stands: she chooses what happens, the book changes, the shop is told, she leaves."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from . import messenger
from .bank import Bank, Leave
from .book import ZERO, Payment

SURCHARGE = Decimal("1.05")  # of three instalments
LATE = 5 * 60.0
AGAIN = 5
REFUSALS = ("not_enough", "three_d", "declined", "fraud", "forged")
UNTOLD = ("silent", "lost", "closed")


class Closed(Exception):
    """Paid already, or too late."""


def pay(bank: Bank, payment: Payment, name: str) -> Leave | None:
    """Play a scenario. Nothing where the browser never goes back. Raises Closed."""
    with bank.book.lock:
        if payment.state not in ("open", "failed"):
            raise Closed(payment.state)
        _change(bank, payment, name)
    _tell(bank, payment, name)
    if name in ("closed", "lost"):
        return None
    return bank.protocols[payment.provider].leave(bank, payment, is_forged=name == "forged")


def _change(bank: Bank, payment: Payment, name: str) -> None:
    book = bank.book
    if name in REFUSALS or name == "retry":
        book.fail(payment, "declined" if name in ("forged", "retry") else name)
    elif name == "expired":
        book.fail(payment, "expired", "expired")
    elif name == "transfer":
        payment.until = book.now() + 3 * 86400
        payment.kind = "transfer" if payment.kind == "card" else payment.kind
        book.fail(payment, "", "transfer")
    elif name == "review":
        is_known = bank.protocols[payment.provider].knows_review
        book.charge(payment, paid=payment.asked, state="review" if is_known else "paid")
    elif name == "installments":
        book.charge(payment, paid=(payment.asked * SURCHARGE).quantize(ZERO, ROUND_HALF_UP), installments=3)
    elif name != "closed":
        _spoil(payment, name)
        book.charge(payment, paid=payment.asked)


def _spoil(payment: Payment, name: str) -> None:
    """What a shop has to notice: this is not what it asked for."""
    if name == "amount":
        payment.asked -= Decimal("1.00") if payment.asked > 1 else Decimal("-1.00")
    elif name == "currency":
        payment.currency = "USD"


def _tell(bank: Bank, payment: Payment, name: str) -> None:
    if name in UNTOLD:
        return
    protocol = bank.protocols[payment.provider]
    letter = protocol.letter(bank, payment, is_forged=name == "forged")
    for _ in range(AGAIN if name == "twice" else 1):  # taken or not
        notice = messenger.post(bank, payment, letter, after=LATE if name == "late" else 0.0)
    if name == "retry":
        bank.book.charge(payment, paid=payment.asked)
        messenger.post(bank, payment, protocol.letter(bank, payment))
    if name == "early" and notice and notice.url:
        messenger.deliver(bank, notice)


def decide(bank: Bank, payment: Payment, verdict: str) -> None:
    """End a review (approve, reject) or a transfer (paid, too_little, expired), and tell the shop."""
    with bank.book.lock:
        if verdict == "approve":
            payment.state = "paid"
            bank.book.save(payment)
        elif verdict == "reject":
            bank.book.give_back(payment, amount=payment.paid, reference="", kind="void")
            payment.reason = "fraud"
            bank.book.fail(payment, "fraud")
        elif verdict == "paid":
            bank.book.charge(payment, paid=payment.asked)
        else:
            bank.book.fail(payment, verdict, "expired" if verdict == "expired" else "failed")
    messenger.post(bank, payment, bank.protocols[payment.provider].letter(bank, payment))

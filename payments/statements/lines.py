"""What all forms of statements are read into, and what is checked of each."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import money

from ..payout_errors import Unreadable

MOST_LINES = 20_000
LARGEST = Decimal("99999999999.99")
CONTROL = dict.fromkeys(range(32), " ")

TOO_MANY = _("A statement may have at most 20.000 lines.")
NO_LINES = _("There is no movement in this file.")
NOT_WHOLE = _("The lines do not add up to the closing balance; the file is not whole.")
BAD_AMOUNT = _("Line %(line)s: “%(value)s” is no amount.")
BAD_DAY = _("Line %(line)s: “%(value)s” is no day.")


@dataclass(frozen=True)
class Line:
    booked_on: date
    amount: Decimal  # below zero: it left
    currency: str
    text: str
    remote_id: str = ""
    payer: str = ""
    payer_iban: str = ""


@dataclass(frozen=True)
class Statement:
    format: str
    lines: list[Line]
    account: str = ""  # empty where the form does not say it
    opening: Decimal | None = None
    closing: Decimal | None = None


def refused(words: Any, **values: Any) -> Unreadable:
    error = Unreadable()
    error.message = words % values if values else words
    return error


def checked(statement: Statement, own_iban: str) -> Statement:
    if not statement.lines:
        raise refused(NO_LINES)
    if len(statement.lines) > MOST_LINES:
        raise refused(TOO_MANY)
    moved = sum((one.amount for one in statement.lines), Decimal(0))
    begin, end = statement.opening, statement.closing
    if begin is not None and end is not None and begin + moved != end:
        raise refused(NOT_WHOLE)
    moving = [one for one in statement.lines if one.amount]
    return replace(statement, account=own_iban, lines=_numbered([_clean(one) for one in moving]))


def _clean(line: Line) -> Line:
    texts = {"text": 500, "payer": 140, "payer_iban": 34, "remote_id": 80}
    cut = {name: getattr(line, name).translate(CONTROL).strip()[:most] for name, most in texts.items()}
    return replace(line, **cut)


def _numbered(lines: list[Line]) -> list[Line]:
    """A line without a number of the bank is known by what it says; two alike on a day are two."""
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        said = f"{line.booked_on} {line.amount} {line.currency} {line.text} {line.payer_iban}"
        seen[said] += 1
        made = hashlib.sha256(f"{said} {seen[said]}".encode()).hexdigest()[:40]
        found.append(replace(line, remote_id=line.remote_id or f"~{made}"))
    return found


def amount(value: str, *, line: Any) -> Decimal:
    """`1.234,50`, `1234.50`, `-1 234,5`, `1.234,50 TL`; what is doubtful is refused."""
    plain = value.strip().replace("\N{MINUS SIGN}", "-").replace("\xa0", "").replace(" ", "")
    plain = plain.removesuffix("TL").removesuffix("TRY").removesuffix("₺").removeprefix("₺").lstrip("+")
    if "," in plain and plain.rfind(",") > plain.rfind("."):
        plain = plain.replace(".", "").replace(",", ".", 1)
    elif "," in plain or plain.count(".") > 1:
        plain = plain.replace(",", "")
    try:
        found = Decimal(plain)
    except InvalidOperation as error:
        raise refused(BAD_AMOUNT, line=line, value=value[:30]) from error
    if not found.is_finite() or abs(found) > LARGEST or found != money.lira(found):
        raise refused(BAD_AMOUNT, line=line, value=value[:30])
    return money.lira(found)

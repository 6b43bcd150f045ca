"""MT940, the statement of SWIFT: a line of movement (:61:) and what it says (:86:)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from . import lines
from .lines import Line, Statement, refused
from .table import decoded

FIELD = re.compile(r"^:(\d{2}[A-Z]?):", re.MULTILINE)
MOVEMENT = re.compile(
    r"(?P<day>\d{6})(?P<entry>\d{4})?(?P<sign>R?[CD])[A-Z]?(?P<amount>[\d,]{1,15})"
    r"(?P<kind>[NFS][A-Z0-9]{3})(?P<ours>[^/\n]*)(?://(?P<theirs>[^\n]*))?"
)
BALANCE = re.compile(r"(?P<sign>[CD])\d{6}(?P<currency>[A-Z]{3})(?P<amount>[\d,]+)")
SUBFIELD = re.compile(r"\?(\d{2})")
IBAN = re.compile(r"TR\d{24}(?!\d)")
BROKEN = _("Field %(field)s of this MT940 file cannot be read: “%(value)s”.")
SIGNS = {"C": 1, "D": -1, "RC": -1, "RD": 1}


def read(content: bytes) -> Statement:
    fields = _fields(decoded(content))
    found: list[Line] = []
    account, currency, opening, closing = "", "TRY", None, None
    for name, value in fields:
        if name == "25":
            account = value.split("/")[-1].strip()
        elif name in ("60F", "60M"):
            amount, currency = _balance(name, value)
            opening = amount if opening is None else opening
        elif name == "61":
            found.append(_movement(value, currency))
        elif name == "86" and found:
            found[-1] = _described(found[-1], value)
        elif name in ("62F", "62M"):
            closing, _currency = _balance(name, value)
    return Statement("mt940", found, account if account.startswith("TR") else "", opening, closing)


def _fields(words: str) -> list[tuple[str, str]]:
    parts = FIELD.split(words.replace("\r\n", "\n").replace("\r", "\n"))
    return [
        (name, value.split("\n-}")[0].strip()) for name, value in zip(parts[1::2], parts[2::2], strict=True)
    ]


def _balance(name: str, value: str) -> tuple[Decimal, str]:
    found = BALANCE.match(value)
    if not found:
        raise refused(BROKEN, field=name, value=value[:30])
    amount = lines.amount(_comma(found["amount"]), line=name)
    return (amount if found["sign"] == "C" else -amount), found["currency"]


def _movement(value: str, currency: str) -> Line:
    found = MOVEMENT.match(value)
    if not found:
        raise refused(BROKEN, field="61", value=value[:30])
    amount = lines.amount(_comma(found["amount"]), line="61") * SIGNS[found["sign"]]
    ours = "" if found["ours"].strip() == "NONREF" else found["ours"].strip()
    return Line(_day(found["day"]), amount, currency, ours, (found["theirs"] or "").strip())


def _described(line: Line, value: str) -> Line:
    parts = SUBFIELD.split(value.replace("\n", ""))
    if len(parts) == 1:
        words, payer = " ".join(value.split()), ""
    else:
        named = list(zip(parts[1::2], parts[2::2], strict=True))
        words = "".join(text for code, text in named if (code[0] in "26" and code < "30") or code[0] == "6")
        payer = " ".join(text for code, text in named if code in ("32", "33"))
    iban = IBAN.search(value.replace(" ", "").replace("\n", ""))
    said = f"{line.text} {words}".strip()
    return replace(line, text=said, payer=payer, payer_iban=iban[0] if iban else "")


def _comma(value: str) -> str:
    return value.removesuffix(",") if value.endswith(",") else value


def _day(value: str) -> date:
    try:
        return datetime.strptime(value, "%y%m%d").date()  # noqa: DTZ007  (a day of the bank, no moment)
    except ValueError as error:
        raise refused(BROKEN, field="61", value=value) from error

"""CSV as internet banking gives it out. Columns are known by their names, whichever order they stand in."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core import text

from . import lines
from .lines import Line, Statement, refused

NAMES = {
    "day": {"tarih", "islem tarihi", "valor", "date", "booking date"},
    "amount": {"tutar", "islem tutari", "amount"},
    "taken": {"borc", "cikan", "debit"},
    "given": {"alacak", "giren", "credit"},
    "text": {"aciklama", "islem aciklamasi", "description", "text"},
    "id": {"dekont no", "fis no", "referans", "referans no", "islem no", "reference", "id"},
    "currency": {"doviz", "doviz cinsi", "para birimi", "currency"},
    "payer": {"karsi taraf", "gonderen", "karsi hesap unvani", "gonderen/alici", "name"},
    "iban": {"karsi iban", "gonderen iban", "karsi hesap", "iban"},
}
FORMS = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S")
HEAD_WITHIN = 30  # banks put their own address on top
CURRENCIES = {"tl": "TRY", "": "TRY", "trl": "TRY"}

NO_HEAD = _("There is no line with the names of columns: at least “Tarih”, “Tutar” and “Açıklama”.")
NO_TEXT = _(
    "This is no text of a kind we know. Save it as CSV in UTF-8 or Windows-1254, or take MT940 or CAMT.053."
)


def read(content: bytes) -> Statement:
    rows = list(_rows(decoded(content)))
    place, columns = _head(rows)
    found = [
        _line(row, columns, number)
        for number, row in enumerate(rows[place + 1 :], place + 2)
        if any(cell.strip() for cell in row) and _cell(row, columns, "day")
    ]
    return Statement("csv", found)


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 with their marks, UTF-8, else the Turkish one of Windows. A program or a table of
    Excel has bytes that no text has."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decoded(content, name)
    if b"\x00" in content or content.startswith(b"PK") or content.startswith(b"\xd0\xcf"):
        raise refused(NO_TEXT)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _decoded(content, "cp1254")


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        raise refused(NO_TEXT) from error


def _rows(words: str) -> list[list[str]]:
    first = words[:4000]
    mark = max(";\t,|", key=first.count)
    try:
        return list(csv.reader(io.StringIO(words, newline=""), delimiter=mark))
    except csv.Error as error:
        raise refused(NO_TEXT) from error


def _head(rows: list[list[str]]) -> tuple[int, dict[str, int]]:
    for place, row in enumerate(rows[:HEAD_WITHIN]):
        columns = {name: at for at, cell in reversed(list(enumerate(row))) if (name := _name(cell))}
        if {"day", "text"} <= columns.keys() and (
            "amount" in columns or {"taken", "given"} <= columns.keys()
        ):
            return place, columns
    raise refused(NO_HEAD)


def _name(cell: str) -> str:
    folded = text.fold(cell).strip(" :*")
    return next((name for name, words in NAMES.items() if folded in words), "")


def _line(row: list[str], columns: dict[str, int], number: int) -> Line:
    currency = _cell(row, columns, "currency")
    return Line(
        booked_on=_day(_cell(row, columns, "day"), number),
        amount=_amount(row, columns, number),
        currency=CURRENCIES.get(currency.lower(), currency.upper()[:3]),
        text=_cell(row, columns, "text"),
        remote_id=_cell(row, columns, "id"),
        payer=_cell(row, columns, "payer"),
        payer_iban=_cell(row, columns, "iban").replace(" ", ""),
    )


def _amount(row: list[str], columns: dict[str, int], number: int) -> Decimal:
    if "amount" in columns:
        return lines.amount(_cell(row, columns, "amount"), line=number)
    taken, given = (_cell(row, columns, name) for name in ("taken", "given"))
    return abs(lines.amount(given or "0", line=number)) - abs(lines.amount(taken or "0", line=number))


def _day(value: str, number: int) -> date:
    for form in FORMS:
        try:
            return datetime.strptime(value, form).date()  # noqa: DTZ007  (a day of the bank, no moment)
        except ValueError:
            continue
    raise refused(lines.BAD_DAY, line=number, value=value[:30])


def _cell(row: list[str], columns: dict[str, int], name: str) -> str:
    at = columns.get(name, len(row))
    return row[at].strip() if at < len(row) else ""

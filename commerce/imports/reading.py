"""Rows out of a CSV or XLSX file, one after the other, without holding the file in memory.

Nothing in a file is run: a formula is refused where it stands. Numbers of a spreadsheet come as text with a
comma, so "1.234" typed by a person and 1.234 computed by a program are not the same.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Generator
from contextlib import closing
from decimal import Decimal
from typing import IO, Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from core.errors import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 80
MOST_LETTERS = 10_000
RUNS = ("=", "+", "-", "@", "\t", "'")  # a spreadsheet would run it, or the mark itself
MARK = "'"
FORMULA = "\x00formula"  # stands for a cell that would be computed

Row = tuple[int, list[str]]


class Unreadable(Refused):
    code = "unreadable"

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.message = words


def form_of(name: str, head: bytes) -> str:
    """By content, not by name alone."""
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if name.lower().endswith((".csv", ".txt")) and b"\x00" not in head:
        return "csv"
    raise Unreadable(_("Choose a CSV or XLSX file."))


def rows(file: IO[bytes], form: str) -> Generator[Row]:
    """(number as the reader's program counts, cells), the heading first; empty rows are left out."""
    source = _xlsx(file) if form == "xlsx" else _csv(file)
    with closing(source):
        for count, (number, cells) in enumerate(source):
            if count > MOST_ROWS:
                raise Unreadable(_("A file may have at most %(number)d rows.") % {"number": MOST_ROWS})
            yield number, cells


def _csv(file: IO[bytes]) -> Generator[Row]:
    encoding = _encoding(file)
    stream = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        start = stream.readline()
        delimiter = max(";,\t", key=start.count)
        stream.seek(0)
        reader = csv.reader(stream, delimiter=delimiter)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [_plain(cell) for cell in cells[:MOST_COLUMNS]]
    except (csv.Error, UnicodeDecodeError) as error:
        raise Unreadable(_("We cannot read this file. Save it as CSV (UTF-8) and try again.")) from error
    finally:
        stream.detach()


def _encoding(file: IO[bytes]) -> str:
    """UTF-8 where the whole file is; else what Turkish spreadsheets write."""
    file.seek(0)
    decoder = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        while decoder.read(65536):
            pass
        return "utf-8-sig"
    except UnicodeDecodeError:
        return "cp1254"
    finally:
        decoder.detach()
        file.seek(0)


def _plain(cell: str) -> str:
    """`'=A1` is how a text that begins so is written in a CSV; `=A1` would be computed."""
    bare = cell.strip()
    if bare.startswith("="):
        return FORMULA
    if bare[:1] == MARK and bare[1:2] in RUNS:
        bare = bare[1:]
    return bare[: MOST_LETTERS + 1].replace("\x00", "")


def _xlsx(file: IO[bytes]) -> Generator[Row]:
    _check_package(file)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
        with closing(book):
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for cells in sheet.iter_rows(max_col=MOST_COLUMNS):
                found = [_cell(cell) for cell in cells]
                if any(found):
                    yield next(cell.row for cell in cells if hasattr(cell, "row")), found
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        OSError,
        SyntaxError,
    ) as error:
        raise Unreadable(_("We cannot read this file. Save it as XLSX and try again.")) from error


def _check_package(file: IO[bytes]) -> None:
    """A small file may unpack to a huge one."""
    file.seek(0)
    try:
        size = sum(item.file_size for item in zipfile.ZipFile(file).infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable(_("We cannot read this file. Save it as XLSX and try again.")) from error
    if size > MOST_UNPACKED:
        raise Unreadable(_("This file unpacks to more than we read."))
    file.seek(0)


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, bool):
        return "evet" if value else "hayır"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        number = Decimal(repr(value))
        return str(int(number)) if number == int(number) else format(number, "f").replace(".", ",")
    bare = str(value).strip()
    return bare[: MOST_LETTERS + 1].replace("\x00", "")

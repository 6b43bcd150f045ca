"""Invoices as PDF: one page next to reportlab's bare canvas, many lines, many invoices streamed into a ZIP.

CPU time of this process, so that a busy machine changes little; memory as the process grows.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
import uuid
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from core import pdf
from finance.documents import drawing, lines, parties
from finance.models import Document, DocumentKind
from finance.sold import Sold

LINES, MANY = 12, 1000
FONTS = {"Text": "reddit-sans-regular", "Label": "reddit-sans-semibold", "Head": "piazzolla-bold"}
MEGABYTE = 1024 * 1024


def run(stack: Any, options: argparse.Namespace) -> None:
    for name, file in FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(pdf.FONTS / f"{file}.ttf")))
    one = document(1, LINES)
    drawing.render([one]), canvas(one)
    ours, theirs = (
        each(lambda n: drawing.render([document(n, LINES)])),
        each(lambda n: canvas(document(n, LINES))),
    )
    size = len(drawing.render([one])) / 1024
    _say(
        "one page", f"{ours:.1f} ms", f"canvas {theirs:.1f} ms, {ours / theirs:.2f}x (≤ 1.5x), {size:.0f} KiB"
    )
    long = document(1, MANY)
    ours = cpu(lambda: drawing.render([long]))
    theirs = cpu(lambda: canvas(long))
    _say(f"{MANY} lines", f"{ours:.0f} ms", f"canvas {theirs:.0f} ms, {ours / theirs:.2f}x (≤ 3x)")
    _stream()


def _stream() -> None:
    before, begin = _memory(), time.process_time()
    most = before
    with tempfile.TemporaryFile() as room, zipfile.ZipFile(room, "w") as archive:
        for number in range(MANY):
            archive.writestr(f"{number}.pdf", drawing.render([document(number, 3)]))
            most = max(most, _memory())
    seconds = time.process_time() - begin
    grown = (most - before) / MEGABYTE
    _say(f"{MANY} streamed", f"{MANY / seconds:.0f}/s/core", f"+{grown:.0f} MiB (≥ 60/s/core, ≤ 150 MiB)")


def document(number: int, count: int) -> Document:
    """Every one different, never written to the database."""
    sold = [
        Sold(f"Muayene ve aşı {number}.{place} ğüşiöçİĞÜŞÖÇ", Decimal(900 + place), Decimal(10))
        for place in range(count)
    ]
    content = lines.of_sold(sold)
    to = parties.Party("Ayşe Yıldız", parties.ANY_CONSUMER, street="Moda 118", city="İstanbul")
    return Document(
        kind=DocumentKind.INVOICE,
        number=f"IHL2026{number:09}",
        ettn=uuid.uuid4(),
        issued_at=timezone.now(),
        issued_on=timezone.localdate(),
        gross=lines.gross(content),
        vat=lines.vat(content),
        reference=f"P-{number}",
        facts={"by": parties.ours().facts, "to": to.facts, "lines": [one.facts for one in content]},
    )


def canvas(of: Document) -> bytes:
    """The same words, fonts and rules, drawn by hand at fixed places: no tags, no layout."""
    said = drawing.data(of)
    out = io.BytesIO()
    page = Canvas(out, pagesize=A4)
    height = A4[1] - 50
    for font, row in _rows(said):
        page.setFont(font, 9.5)
        for place, cell in enumerate(row):
            page.drawString(50 + place * 70, height, cell)
        page.line(50, height - 5, 545, height - 5)
        height -= 18
        if height < 60:
            page.showPage()
            height = A4[1] - 50
    page.save()
    return out.getvalue()


def _rows(said: dict[str, Any]) -> list[tuple[str, list[str]]]:
    head = [said["by"]["name"], said["number"]]
    small = [*said["by"]["lines"], said["kind"], *said["to"]["lines"], *said["notes"], *said["small"]]
    labels = [[said["to"]["title"], said["to"]["name"]], [column["label"] for column in said["columns"]]]
    rows = [*said["meta"], *said["rows"], *said["totals"], [said["words"]], [said["footer"], "1 / 1"]]
    return [
        *(("Head", [word]) for word in [*head, *said["grand"]]),
        *(("Label", row) for row in labels),
        *(("Text", row) for row in [[word] for word in small] + rows),
    ]


def each(call: Callable[[int], object], times: int = 60) -> float:
    return cpu(lambda: [call(number) for number in range(times)]) / times


def cpu(call: Callable[[], object]) -> float:
    begin = time.process_time()
    call()
    return (time.process_time() - begin) * 1000


def _memory() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def _say(what: str, figure: str, more: str) -> None:
    print(f"{what:<16} {figure:>12}   {more}")

"""Template, export and errors as files. Texts that a spreadsheet would compute are written as texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, Any

import openpyxl
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from oscar.core.loading import get_model

from commerce import goods_queries
from commerce.models import Import
from commerce.states import RowStatus, Withdrawal
from commerce.tax import TaxClass

from .checking import Present
from .columns import ATTRIBUTE, Columns
from .reading import MARK, RUNS

AttributeOption = get_model("catalogue", "AttributeOption")
ProductAttribute = get_model("catalogue", "ProductAttribute")

BUNCH = 200
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def template(form: str) -> IO[bytes]:
    """Headings with an example, and in a spreadsheet a second sheet with all that may stand in them."""
    columns = Columns()
    heads = [column for column in columns.all if column.code != "pack"]
    example = _example(columns)
    rows = [[str(column.label) for column in heads], [example.get(column.code, "") for column in heads]]
    return _file(rows, form, _legend(columns) if form == "xlsx" else None)


def _example(columns: Columns) -> dict[str, str]:
    shelf = next(iter(columns.shelf_paths().values()), "")
    return {
        "sku": "ORNEK-1",
        "title": _("Example: delete this row"),
        "shelf": shelf,
        "tax_class": str(TaxClass.STANDARD.label),
        "withdrawal": str(Withdrawal.ALLOWED.label),
        "price": "249,90",
        "stock": "12",
        "low_stock": "3",
        "published": _("no"),
    }


def _legend(columns: Columns) -> Iterator[list[str]]:
    yield [_("Column"), _("What may stand there")]
    for column in columns.all:
        if column.hint:
            yield [str(column.label), str(column.hint)]
    for kind, name in ((TaxClass, "tax_class"), (Withdrawal, "withdrawal")):
        yield from ([columns.label(name), str(label)] for label in kind.labels)
    yield from ([columns.label("shelf"), path] for path in columns.shelf_paths().values())
    for code, attribute in columns.attributes.items():
        if attribute.option_group_id:
            options = AttributeOption.objects.filter(group=attribute.option_group_id).order_by("pk")
            yield from ([columns.label(f"{ATTRIBUTE}{code}"), option.option] for option in options)


def export(partner: Any, form: str) -> IO[bytes]:
    """All own goods as an import reads them: bringing it back changes nothing."""
    columns = Columns()
    return _file(_export_rows(partner, columns), form)


def _export_rows(partner: Any, columns: Columns) -> Iterator[list[str]]:
    yield [str(column.label) for column in columns.all]
    options = dict(AttributeOption.objects.values_list("pk", "option"))
    paths = columns.shelf_paths()
    rows = goods_queries.offers_of(partner).filter(archived_at=None).order_by("pk")
    rows = rows.select_related("product__parent__product_class")
    last = 0
    while bunch := list(rows.filter(pk__gt=last)[:BUNCH]):
        present = Present([record.product for record in bunch])
        for record in bunch:
            yield _export_row(record, present, columns, paths, options)
        last = bunch[-1].pk


def _export_row(record: Any, present: Present, columns: Columns, paths: dict, options: dict) -> list[str]:
    now = present.of(record)
    cells: dict[str, str] = {
        "sku": record.partner_sku,
        "pack": record.product.title if record.product.is_child else "",
        "price": number_format(record.price, 2, use_l10n=True, force_grouping=False) if record.price else "",
        "published": _("yes") if now["published"] else _("no"),
    }
    cells |= {name: "" if now[name] is None else str(now[name]) for name in ("stock", "low_stock")}
    if record.product.is_child:
        cells["title"] = record.product.parent.title
        return [cells.get(column.code, "") for column in columns.all]
    cells |= {
        name: str(now[name])
        for name in now
        if name in ("gtin", "title", "description")
        or ("_" in name and name.split("_")[0] in ("title", "description"))
    }
    cells["tax_class"] = str(TaxClass(now["tax_class"]).label) if now["tax_class"] else ""
    cells["withdrawal"] = str(Withdrawal(now["withdrawal"]).label) if now["withdrawal"] else ""
    cells["shelf"] = " | ".join(paths[pk] for pk in now["shelf"] if pk in paths)
    for code, value in now["attributes"].items():
        cells[f"{ATTRIBUTE}{code}"] = (
            "|".join(options[pk] for pk in value) if isinstance(value, list) else str(value or "")
        )
    return [cells.get(column.code, "") for column in columns.all]


def errors(run: Import) -> IO[bytes]:
    """Each error with its row and column, for the program the file came from."""
    columns = Columns()
    rows = run.rows.filter(status=RowStatus.REFUSED).order_by("number").values_list("number", "sku", "errors")
    return _file(_error_rows(rows.iterator(), columns), "csv")


def _error_rows(rows: Iterable[Any], columns: Columns) -> Iterator[list[str]]:
    yield [_("Row"), _("Stock code"), _("Column"), _("Error")]
    for number, sku, found in rows:
        for one in found:
            yield [str(number), sku, columns.label(one["column"]), one["text"]]


def _file(rows: Iterable[list[str]], form: str, legend: Iterable[list[str]] | None = None) -> IO[bytes]:
    """On the disk, so its size is no matter of memory."""
    room = TemporaryFile()  # noqa: SIM115  (the answer closes it)
    if form == "xlsx":
        _write_xlsx(room, rows, legend)
    else:
        _write_csv(room, rows)
    room.seek(0)
    return room


def _write_csv(room: IO[bytes], rows: Iterable[list[str]]) -> None:
    stream = io.TextIOWrapper(room, encoding="utf-8-sig", newline="")
    writer = csv.writer(stream, delimiter=";")
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    stream.flush()
    stream.detach()


def _harmless(cell: str) -> str:
    """What a spreadsheet would run gets a mark that the import takes off again."""
    return f"{MARK}{cell}" if cell[:1] in RUNS else cell


def _write_xlsx(room: IO[bytes], rows: Iterable[list[str]], legend: Iterable[list[str]] | None) -> None:
    book = openpyxl.Workbook(write_only=True)
    _sheet(book, _("Products"), rows)
    if legend is not None:
        _sheet(book, _("What may stand there"), legend)
    book.save(room)


def _sheet(book: Any, name: str, rows: Iterable[list[str]]) -> None:
    sheet = book.create_sheet(name[:30])
    for number, row in enumerate(rows):
        sheet.append([_text_cell(sheet, cell, is_head=number == 0) for cell in row])


def _text_cell(sheet: Any, words: str, *, is_head: bool) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", words)
    cell.data_type = "s"
    if is_head:
        cell.font = Font(bold=True)
    return cell

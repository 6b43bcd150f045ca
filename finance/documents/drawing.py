"""A document as the words its PDF shows. Always in Turkish, as tax law asks for, whoever reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core import pdf
from core.money import display
from teams import modules

from ..models import Document, DocumentKind
from . import lines as written
from . import words
from .masks import masked
from .parties import ANY_CONSUMER

LANGUAGE = "tr"
UNITS = {
    "C62": gettext_lazy("piece"),
    "HUR": gettext_lazy("hour"),
    "DAY": gettext_lazy("day"),
    "KGM": gettext_lazy("kg"),
    "MON": gettext_lazy("month"),
}


def render(documents: Sequence[Document]) -> bytes:
    """One PDF of all of them, each with its own page numbers."""
    with translation.override(LANGUAGE):
        first = documents[0]
        return pdf.render(
            "document",
            {
                "title": first.number if len(documents) == 1 else _("Documents"),
                "page": _("Page"),
                "date": {part: getattr(first.issued_on, part) for part in ("year", "month", "day")},
                "documents": [data(document) for document in documents],
            },
        )


def data(document: Document) -> dict[str, Any]:
    table = _statement if document.kind == DocumentKind.STATEMENT else _sale
    return {
        "kind": document.get_kind_display(),
        "number": document.number,
        "by": {"name": document.facts["by"]["name"], "lines": _lines_of(document.facts["by"])},
        "to": {
            "title": pgettext("on a document", "To"),
            "name": document.facts["to"]["name"] or _("Buyer"),
            "lines": _lines_of(document.facts["to"]),
        },
        "meta": [[pgettext("on a document", "Issued"), _moment(document)]],
        "notes_title": _("Notes"),
        "notes": _notes(document),
        "small": [f"ETTN {document.ettn}"],
        "footer": _("Issued through Diji.vet."),
        **table(document),
    }


def _moment(document: Document) -> str:
    return date_format(timezone.localtime(document.issued_at), "d.m.Y H:i")


def _notes(document: Document) -> list[str]:
    facts, said = document.facts, []
    if document.reference:
        said.append(_("Reference: %(reference)s") % {"reference": document.reference})
    if paid := facts.get("paid_with"):
        said.append(_("Paid with: %(method)s") % {"method": paid})
    if of := facts.get("of"):
        day = date_format(date.fromisoformat(of["day"]), "d.m.Y")
        said.append(_("Gives back from %(number)s of %(day)s") % {"number": of["number"], "day": day})
    if reason := facts.get("reason"):
        said.append(reason)
    return said


def _lines_of(party: dict[str, str]) -> list[str]:
    area = " / ".join(part for part in (party.get("district"), party.get("city")) if part)
    place = " ".join(part for part in (party.get("postcode"), area) if part)
    number = party.get("tax_number", "")
    tax = [f"{party['tax_office']} V.D."] if "tax_office" in party else []
    if number and number != ANY_CONSUMER:
        tax.append(f"{'VKN' if len(number) == 10 else 'TCKN'} {masked(number)}")
    country = party.get("country", "TR")
    abroad = country if country != "TR" else ""
    return [part for part in (party.get("street"), place, abroad, " · ".join(tax)) if part]


def _sale(document: Document) -> dict[str, Any]:
    lines = written.shown(document.facts)
    discount = any(line.discount for line in lines)
    columns = [
        _column(pgettext("on a document", "Item"), wide=True, end=False),
        _column(pgettext("on a document", "Quantity")),
        _column(_("Unit price")),
    ]
    columns += [_column(_("Discount"))] if discount else []
    columns += [_column(_("VAT")), _column(_("VAT amount")), _column(_("Amount"))]
    bases = [
        pair
        for percent, base, vat in written.by_percent(lines)
        for pair in (
            [_("Base %(percent)s") % {"percent": _percent(percent)}, display(base)],
            [_("VAT %(percent)s") % {"percent": _percent(percent)}, display(vat)],
        )
    ]
    grand = _("Given back") if document.kind == DocumentKind.CREDIT_NOTE else _("Total")
    return {
        "columns": columns,
        "rows": [_row(line, discount) for line in lines],
        "totals": bases,
        "grand": [grand, display(document.gross)],
        "words": words.amount(document.gross),
    }


def _row(line: written.Line, discount: bool) -> list[str]:
    price = (line.net + line.discount_net) / line.quantity
    return [
        line.text,
        f"{number_format(line.quantity.normalize())} {UNITS.get(line.unit, '')}".strip(),
        display(price),
        *([display(line.discount_net)] if discount else []),
        _percent(line.percent),
        display(line.vat),
        display(line.amount),
    ]


def _statement(document: Document) -> dict[str, Any]:
    figures = {name: Decimal(value) for name, value in document.facts["figures"].items()}
    names = ("gross", "vat", "commission", "commission_vat", "withholding", "net")
    heads = (_("Sales"), _("VAT"), _("Commission"), _("its VAT"), _("Withholding"), _("Earned"))
    rows = [
        [
            date_format(date.fromisoformat(row["day"]), "d.m.Y"),
            str(modules.BY_CODE[row["module"]].label),
            *(display(Decimal(row[name])) for name in names),
        ]
        for row in document.facts["rows"]
    ]
    first = [_column(_("Day"), end=False), _column(_("Module"), wide=True, end=False)]
    totals = [[head, display(figures[name])] for head, name in zip(heads, names, strict=True)]
    return {
        "columns": [*first, *(_column(head) for head in heads)],
        "rows": rows,
        "totals": [*totals, [_("Paid out"), display(figures["paid_out"])]],
        "grand": [_("Left on the last day"), display(figures["left"])],
        "words": "",
        "notes": [_("Period: %(days)s") % {"days": document.subject}],
    }


def _column(label: str, *, wide: bool = False, end: bool = True) -> dict[str, Any]:
    return {"label": label, "wide": wide, "end": end}


def _percent(percent: Decimal) -> str:
    return f"%{number_format(percent.normalize())}"

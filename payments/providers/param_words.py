"""The words of Param: envelopes with their fields in order, three ways to write an amount, weak hashes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from lxml import etree

from . import wire
from .base import LookUpOrder, Outcome, Refused, ReportLine, Silent, State

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
SPACE = "https://turkpos.com.tr/"
RETVAL = "TURKPOS_RETVAL_"
HASHED = ("Dekont_ID", "Tahsilat_Tutari", "Siparis_ID", "Islem_ID")
CONFIG = range(-120, -99)  # who we are, and how we wrote it
NOTHING_TO_RETURN = -210
STATES = {
    "SUCCESS": State.SETTLED,
    **dict.fromkeys(("CANCEL", "REFUND", "PARTIAL_REFUND"), State.SETTLED),  # it was paid, and later returned
    **dict.fromkeys(("FAIL", "BANK_FAIL"), State.REFUSED),
}
REASONS = {-210: "too_early", -211: "declined", -212: "too_much", -221: "too_much"}
CURRENCIES = {"TL": "TRY", "TRY": "TRY", "": "TRY"}
KINDS = {"Satış": "payment", "İade": "refund", "İptal": "void"}


def money(amount: Decimal) -> str:
    """Of payments: comma, no separator of thousands."""
    return f"{amount:.2f}".replace(".", ",")


def double(amount: Decimal) -> str:
    """Of refunds: a dot."""
    return f"{amount:.2f}"


def phone(number: str) -> str:
    """Ten digits that begin with 5, or nothing."""
    digits = "".join(filter(str.isdecimal, number))[-10:]
    return digits if len(digits) == 10 and digits.startswith("5") else ""


def digest(*values: str) -> str:
    """Theirs is called SHA2B64 and is SHA-1, without a secret: a filter, never a proof."""
    text = "".join(values).encode("iso-8859-9", "replace")
    return base64.b64encode(hashlib.sha1(text, usedforsecurity=False).digest()).decode()


def return_hash(client: str, guid: str, form: Mapping[str, str]) -> str:
    return digest(client, guid, *(form.get(RETVAL + name, "") for name in HASHED))


# --- SOAP ---


def envelope(method: str, fields: Mapping[str, Any]) -> bytes:
    root = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={None: ENVELOPE})
    body = etree.SubElement(root, f"{{{ENVELOPE}}}Body")
    _fill(etree.SubElement(body, f"{{{SPACE}}}{method}", nsmap={None: SPACE}), fields)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _fill(parent: Any, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        child = etree.SubElement(parent, f"{{{SPACE}}}{name}")
        if isinstance(value, Mapping):
            _fill(child, value)
        else:
            child.text = str(value)


def result(method: str, content: bytes) -> Any:
    """The element of the result. No entities, no DTD, no network, no giants. Raises Silent."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Silent("no XML") from error
    if root.getroottree().docinfo.doctype:
        raise Silent("a document type")
    found = next(_named(root, f"{method}Result"), None)
    if found is None:
        raise Silent("no result")
    return found


def _named(root: Any, name: str) -> Iterator[Any]:
    return root.iter(f"{{*}}{name}")


def values(element: Any) -> dict[str, str]:
    """Texts by name, without their name space; a field that is new or in another place does no harm."""
    return {
        etree.QName(child).localname: (child.text or "").strip()
        for child in element.iter("{*}*")
        if not len(child)
    }


def rows(element: Any) -> list[dict[str, str]]:
    return [values(row) for row in _named(element, "Temp")]


def number(text: Any) -> int:
    """Their results come as text here and as number there."""
    return int(str(text).strip())


def accepted(found: dict[str, str], name: str = "Sonuc") -> dict[str, str]:
    """Raises Refused."""
    code = number(found[name])
    if code <= 0:
        text = found.get("Sonuc_Str") or found.get("ResultDescription") or ""
        raise Refused(str(code), "config" if code in CONFIG else REASONS.get(code, "declined"), text[:200])
    return found


# --- Reading ---


def payment(order: LookUpOrder, found: dict[str, str]) -> Outcome:
    """What was asked for is not told where instalments made it more, so we do not offer them here."""
    state, paid = STATES.get(found["Durum"], State.UNKNOWN), wire.decimal(found.get("Toplam_Tutar"))
    count = number(found.get("Taksit") or 1)
    currency = found.get("PB", "")
    return Outcome(
        state,
        reference=found["Siparis_ID"],
        amount=paid if count <= 1 else None,
        currency=CURRENCIES.get(currency, currency),
        paid=paid,
        fee=wire.decimal(found.get("Komisyon_Tutar")),
        installments=max(count, 1),
        code=found["Durum"],
        reason=_why(found) if state == State.REFUSED else "",
        remote={**order.remote, "receipt": found.get("Dekont_ID", "")},
        is_signed=True,
    )


def _why(found: dict[str, str]) -> str:
    """Their texts come with and without Turkish letters and are no base for more than a hint."""
    return (
        "3d" if found.get("Durum") == "FAIL" and "3D" in found.get("Odeme_Sonuc_Aciklama", "") else "declined"
    )


def line(row: dict[str, str]) -> ReportLine:
    kind = KINDS[row["Tip_Str"]]
    at = datetime.strptime(row["Tarih"], "%d.%m.%Y %H:%M:%S")  # noqa: DTZ007
    return ReportLine(
        kind,
        row.get("ORJ_ORDER_ID", "") if kind == "payment" else "",
        row.get("Dekont_ID", ""),
        wire.decimal(row["Tutar"]) or Decimal(0),
        CURRENCIES.get(row.get("PB", ""), row.get("PB", "")),
        timezone.make_aware(at),
        (wire.decimal(row.get("Komisyon_Tutar")) or Decimal(0)) if kind == "payment" else Decimal(0),
    )

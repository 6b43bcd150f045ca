"""CAMT.053 of ISO 20022. Read without entities, external files or a definition of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext_lazy as _

from . import lines
from .lines import Line, Statement, refused

NO_XML = _("This XML cannot be read: line %(line)s is broken.")
HOSTILE = _("This XML defines things of its own (DTD or entities). A bank's statement does not.")
NO_STATEMENT = _("This XML is no CAMT.053 statement.")
DEBIT, BOOKED = "DBIT", "BOOK"


def read(content: bytes) -> Statement:
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise refused(HOSTILE) from error
    except ParseError as error:
        raise refused(NO_XML, line=error.position[0]) from error
    except (ValueError, LookupError) as error:  # an encoding that is not the one it names
        raise refused(NO_XML, line=1) from error
    statement = _find(root, "BkToCstmrStmt/Stmt")
    if statement is None:
        raise refused(NO_STATEMENT)
    balances = dict(_balances(statement))
    found = [line for entry in _all(statement, "Ntry") for line in _entry(entry)]
    account = _text(statement, "Acct/Id/IBAN")
    return Statement("camt053", found, account, balances.get("OPBD"), balances.get("CLBD"))


def _balances(statement: Any) -> Iterator[tuple[str, Decimal]]:
    for row in _all(statement, "Bal"):
        amount = lines.amount(_text(row, "Amt"), line="Bal")
        sign = -1 if _text(row, "CdtDbtInd") == DEBIT else 1
        yield _text(row, "Tp/CdOrPrtry/Cd"), amount * sign


def _entry(entry: Any) -> Iterator[Line]:
    """A bundle of movements is taken apart where each says its amount."""
    if _text(entry, "Sts") not in (BOOKED, "") and _text(entry, "Sts/Cd") != BOOKED:
        return
    details = _all(entry, "NtryDtls/TxDtls")
    parts = [one for one in details if _text(one, "Amt") or _text(one, "AmtDtls/TxAmt/Amt")]
    if len(parts) > 1 and len(parts) == len(details):
        for number, one in enumerate(parts, 1):
            amount = _find(one, "Amt") if _text(one, "Amt") else _find(one, "AmtDtls/TxAmt/Amt")
            yield _line(entry, one, amount, suffix=f"/{number}")
        return
    yield _line(entry, details[0] if details else entry, _find(entry, "Amt"))


def _line(entry: Any, detail: Any, amount: Any, suffix: str = "") -> Line:
    is_debit = (_text(entry, "CdtDbtInd") == DEBIT) != (_text(entry, "RvslInd") == "true")
    value = lines.amount((amount.text or "") if amount is not None else "", line="Ntry")
    other = "Cdtr" if _text(entry, "CdtDbtInd") == DEBIT else "Dbtr"
    said = [_text(detail, "Refs/EndToEndId"), *(node.text or "" for node in _all(detail, "RmtInf/Ustrd"))]
    said.append(_text(entry, "AddtlNtryInf"))
    number = _text(entry, "AcctSvcrRef") or _text(detail, "Refs/AcctSvcrRef")
    party = f"RltdPties/{other}"
    return Line(
        booked_on=_day(_text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm")),
        amount=-value if is_debit else value,
        currency=amount.get("Ccy", "") if amount is not None else "",
        text=" ".join(part for part in said if part and part != "NOTPROVIDED"),
        remote_id=f"{number}{suffix}" if number else "",
        payer=_text(detail, f"{party}/Nm") or _text(detail, f"{party}/Pty/Nm"),
        payer_iban=_text(detail, f"{party}Acct/Id/IBAN"),
    )


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        raise refused(lines.BAD_DAY, line="Ntry", value=value[:30]) from error


def _path(path: str) -> str:
    """Whatever the version of its namespace."""
    return "/".join(f"{{*}}{name}" for name in path.split("/"))


def _find(node: Any, path: str) -> Any:
    return node.find(_path(path))


def _all(node: Any, path: str) -> list[Any]:
    return node.findall(_path(path))


def _text(node: Any, path: str) -> str:
    return (node.findtext(_path(path)) or "").strip()

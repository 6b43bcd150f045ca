"""Orders to our bank as ISO 20022 pain.001.001.03, which Turkish banks take for many transfers at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree as Xml

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"
LONGEST_NAME, LONGEST_TEXT = 70, 140


@dataclass(frozen=True)
class Order:
    reference: str
    amount: Decimal
    currency: str
    iban: str
    holder: str
    text: str


@dataclass(frozen=True)
class From:
    name: str
    iban: str


def write(*, reference: str, giver: From, orders: Sequence[Order], made_at: datetime, on: date) -> str:
    """The file. Each order carries our reference as EndToEndId: the statement brings it back."""
    total = sum((order.amount for order in orders), Decimal(0))
    root = Xml.Element("Document", xmlns=NAMESPACE)
    body = Xml.SubElement(root, "CstmrCdtTrfInitn")
    head = Xml.SubElement(body, "GrpHdr")
    _say(head, MsgId=reference, CreDtTm=made_at.strftime("%Y-%m-%dT%H:%M:%S"), NbOfTxs=str(len(orders)))
    _say(head, CtrlSum=str(total))
    _say(Xml.SubElement(head, "InitgPty"), Nm=giver.name[:LONGEST_NAME])
    block = Xml.SubElement(body, "PmtInf")
    _say(block, PmtInfId=reference, PmtMtd="TRF", NbOfTxs=str(len(orders)), CtrlSum=str(total))
    _say(block, ReqdExctnDt=on.isoformat())
    _party(block, "Dbtr", giver.name, giver.iban)
    agent = Xml.SubElement(Xml.SubElement(block, "DbtrAgt"), "FinInstnId")
    _say(Xml.SubElement(agent, "Othr"), Id="NOTPROVIDED")
    for order in orders:
        _order(block, order)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _order(block: Xml.Element, order: Order) -> None:
    one = Xml.SubElement(block, "CdtTrfTxInf")
    _say(Xml.SubElement(one, "PmtId"), InstrId=order.reference, EndToEndId=order.reference)
    amount = Xml.SubElement(Xml.SubElement(one, "Amt"), "InstdAmt", Ccy=order.currency)
    amount.text = str(order.amount)
    _party(one, "Cdtr", order.holder, order.iban)
    _say(Xml.SubElement(one, "RmtInf"), Ustrd=order.text[:LONGEST_TEXT])


def _party(where: Xml.Element, tag: str, name: str, iban: str) -> None:
    _say(Xml.SubElement(where, tag), Nm=name[:LONGEST_NAME])
    _say(Xml.SubElement(Xml.SubElement(where, f"{tag}Acct"), "Id"), IBAN=iban)


def _say(where: Xml.Element, **texts: str) -> None:
    for tag, text in texts.items():
        Xml.SubElement(where, tag).text = text

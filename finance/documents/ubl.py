"""A document as UBL-TR 1.2 for the tax office's e-Arşiv, from the same facts as its PDF.

Amounts are those of the document. Unit prices are counted back to eight places, so that price times
quantity is the line; nothing is rounded anew.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone
from lxml import etree

from ..models import Document, DocumentKind
from . import lines as written
from .lines import Line
from .parties import ANY_CONSUMER

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CAC, CBC = f"{UBL}CommonAggregateComponents-2", f"{UBL}CommonBasicComponents-2"
ROOT = f"{UBL}Invoice-2"
EXT = f"{UBL}CommonExtensionComponents-2"
NAMES = {None: ROOT, "cac": CAC, "cbc": CBC, "ext": EXT}
VAT_CODE, NO_EXEMPTION = "0015", ("351", "KDV - İstisna Olmayan Diğer")
EIGHT_PLACES = Decimal("0.00000001")
A_KURUS = Decimal("0.01")
COUNTRIES = {"TR": "Türkiye"}

Node = Any


def xml(document: Document) -> bytes:
    root = etree.Element(f"{{{ROOT}}}Invoice", nsmap=NAMES)
    lines = written.shown(document.facts)
    _place_of_seal(root)
    _head(root, document, len(lines))
    _origin(root, document)
    _signature(root, document.facts["by"])
    _party(_add(root, "AccountingSupplierParty"), document.facts["by"])
    _party(_add(root, "AccountingCustomerParty"), document.facts["to"])
    _paid(root, document)
    _taxes(root, document.vat, written.by_percent(lines))
    _totals(root, document, lines)
    for place, line in enumerate(lines, 1):
        _line(root, place, line)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _place_of_seal(root: Node) -> None:
    """The integrator seals with its own certificate and puts the seal here; the schema wants it filled."""
    content = root
    for name in ("UBLExtensions", "UBLExtension", "ExtensionContent"):
        content = etree.SubElement(content, f"{{{EXT}}}{name}")
    etree.SubElement(content, "{urn:diji.vet:seal}Place", nsmap={"seal": "urn:diji.vet:seal"})


def _head(root: Node, document: Document, count: int) -> None:
    at = timezone.localtime(document.issued_at)
    back = document.kind == DocumentKind.CREDIT_NOTE
    for name, value in (
        ("UBLVersionID", "2.1"),
        ("CustomizationID", "TR1.2"),
        ("ProfileID", "EARSIVFATURA"),
        ("ID", document.number),
        ("CopyIndicator", "false"),
        ("UUID", str(document.ettn)),
        ("IssueDate", f"{at:%Y-%m-%d}"),
        ("IssueTime", f"{at:%H:%M:%S}"),
        ("InvoiceTypeCode", "IADE" if back else "SATIS"),
        *(("Note", note) for note in _notes(document)),
        ("DocumentCurrencyCode", document.currency),
        ("LineCountNumeric", str(count)),
    ):
        _say(root, name, value)


def _notes(document: Document) -> list[str]:
    facts = document.facts
    return [said for said in (document.reference, facts.get("reason"), facts.get("paid_with")) if said]


def _origin(root: Node, document: Document) -> None:
    if of := document.facts.get("of"):
        reference = _add(_add(root, "BillingReference"), "InvoiceDocumentReference")
        _say(reference, "ID", of["number"])
        _say(reference, "IssueDate", of["day"])
        _say(reference, "DocumentTypeCode", "IADE")


def _signature(root: Node, by: dict[str, str]) -> None:
    """Where the integrator's seal goes: whose document it is, and the place of the signature."""
    signature = _add(root, "Signature")
    _say(signature, "ID", by.get("tax_number", ""), schemeID="VKN_TCKN")
    _identity(_add(signature, "SignatoryParty"), by)
    attachment = _add(_add(signature, "DigitalSignatureAttachment"), "ExternalReference")
    _say(attachment, "URI", "#Signature")


def _identity(party: Node, who: dict[str, str]) -> None:
    number = who.get("tax_number", ANY_CONSUMER)
    identification = _add(party, "PartyIdentification")
    _say(identification, "ID", number, schemeID="TCKN" if len(number) == 11 else "VKN")
    if len(number) != 11:
        _say(_add(party, "PartyName"), "Name", who["name"])
    _address(_add(party, "PostalAddress"), who)


def _party(node: Node, who: dict[str, str]) -> None:
    party = _add(node, "Party")
    _identity(party, who)
    if office := who.get("tax_office"):
        _say(_add(_add(party, "PartyTaxScheme"), "TaxScheme"), "Name", office)
    if mail := who.get("email"):
        _say(_add(party, "Contact"), "ElectronicMail", mail)
    if len(who.get("tax_number", ANY_CONSUMER)) == 11:
        person = _add(party, "Person")
        first, _space, family = who["name"].rpartition(" ")
        _say(person, "FirstName", who.get("first_name") or first or family or "-")
        _say(person, "FamilyName", who.get("family_name") or family or "-")


def _address(node: Node, who: dict[str, str]) -> None:
    country = who.get("country", "TR")
    if street := who.get("street"):
        _say(node, "StreetName", street)
    _say(node, "CitySubdivisionName", who.get("district", "-"))
    _say(node, "CityName", who.get("city", "-"))
    if code := who.get("postcode"):
        _say(node, "PostalZone", code)
    land = _add(node, "Country")
    _say(land, "IdentificationCode", country)
    _say(land, "Name", COUNTRIES.get(country, country))


def _paid(root: Node, document: Document) -> None:
    if words := document.facts.get("paid_with"):
        means = _add(root, "PaymentMeans")
        _say(means, "PaymentMeansCode", "ZZZ")
        _say(means, "PaymentDueDate", document.issued_on.isoformat())
        _say(means, "InstructionNote", words)


def _taxes(node: Node, vat: Decimal, rates: list[tuple[Decimal, Decimal, Decimal]]) -> None:
    total = _add(node, "TaxTotal")
    _money(total, "TaxAmount", vat)
    for percent, base, amount in rates:
        _subtotal(total, percent, base, amount)


def _subtotal(total: Node, percent: Decimal, base: Decimal, amount: Decimal) -> None:
    """VAT is rounded on each line; where the sum is further than a kuruş from rate times base, the rate
    stands in the name alone, as nothing may be counted from it."""
    node = _add(total, "TaxSubtotal")
    _money(node, "TaxableAmount", base)
    _money(node, "TaxAmount", amount)
    if abs(base * percent / 100 - amount) < A_KURUS + A_KURUS / 2:
        _say(node, "Percent", f"{percent:f}")
    category = _add(node, "TaxCategory")
    if not amount:
        code, reason = NO_EXEMPTION
        _say(category, "TaxExemptionReasonCode", code)
        _say(category, "TaxExemptionReason", reason)
    scheme = _add(category, "TaxScheme")
    _say(scheme, "Name", f"KDV %{percent:f}")
    _say(scheme, "TaxTypeCode", VAT_CODE)


def _totals(root: Node, document: Document, lines: list[Line]) -> None:
    total = _add(root, "LegalMonetaryTotal")
    _money(total, "LineExtensionAmount", document.net)
    _money(total, "TaxExclusiveAmount", document.net)
    _money(total, "TaxInclusiveAmount", document.gross)
    _money(total, "PayableAmount", document.gross)


def _line(root: Node, place: int, line: Line) -> None:
    node = _add(root, "InvoiceLine")
    _say(node, "ID", str(place))
    _say(node, "InvoicedQuantity", f"{line.quantity.normalize():f}", unitCode=line.unit)
    _money(node, "LineExtensionAmount", line.net)
    if line.discount:
        allowance = _add(node, "AllowanceCharge")
        _say(allowance, "ChargeIndicator", "false")
        _money(allowance, "Amount", line.discount_net)
    _taxes(node, line.vat, [(line.percent.normalize(), line.net, line.vat)])
    _say(_add(node, "Item"), "Name", line.text)
    price = (line.net + line.discount_net) / line.quantity
    _say(_add(node, "Price"), "PriceAmount", f"{price.quantize(EIGHT_PLACES):f}", currencyID="TRY")


def _money(parent: Node, name: str, value: Decimal) -> None:
    _say(parent, name, f"{value:.2f}", currencyID="TRY")


def _add(parent: Node, name: str) -> Node:
    return etree.SubElement(parent, f"{{{CAC}}}{name}")


def _say(parent: Node, name: str, value: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{CBC}}}{name}", attributes).text = value

"""The XML passes the tax office's own rules, and a broken one does not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone
from lxml import etree

from finance import documents
from finance.documents import rule_set, ubl
from tests.factories import teams
from tests.factories.finance import invoice, sold

pytestmark = pytest.mark.django_db
D = Decimal
ALL = ("hata", "uyari")


@pytest.fixture
def shop(bora):
    return teams.verified(bora)


def said(document) -> list[str]:
    return rule_set.findings(ubl.xml(document), ALL)


def value(document, path):
    return etree.fromstring(ubl.xml(document)).xpath(
        f"string({path})", namespaces={"cac": ubl.CAC, "cbc": ubl.CBC}
    )


def test_an_invoice_passes(shop, ayse):
    made = invoice(shop, ayse, sold("110", "10"), sold("55.55", "20", quantity=D("3"), discount=D("12.30")),
                   sold("10", "0"), paid_with="Kart", reference="P-1")  # fmt: skip
    assert said(made) == []
    assert value(made, "//cac:LegalMonetaryTotal/cbc:PayableAmount") == f"{made.gross}"
    assert value(made, "/*/cac:TaxTotal/cbc:TaxAmount") == f"{made.vat}"
    assert value(made, "//cac:AccountingCustomerParty//cbc:ID") == "11111111111"


def test_a_credit_note_passes(shop, ayse):
    of = invoice(shop, ayse, sold("33.33", "10"), sold("66.67", "20"))
    note = documents.issue_credit(key="r", of=of, amount=D("33.34"), now=timezone.now(), reason="İade")
    assert said(note) == []
    assert value(note, "//cac:InvoiceDocumentReference/cbc:ID") == of.number


@pytest.mark.parametrize(
    "party",
    [
        documents.Party("John Smith", "2222222222", city="Berlin", country="DE"),
        documents.Party("Acme Ltd. Şti.", "1234567890", "Kadıköy", "Moda", "Kadıköy", "İstanbul"),
        documents.Party("Ayşe Yıldız", "10000000146"),
        documents.Party("Cher"),
    ],
)
def test_buyers_of_all_kinds_pass(shop, party):
    assert said(invoice(shop, None, party=party)) == []


def test_vat_of_many_small_lines_is_their_sum(shop, ayse):
    made = invoice(shop, ayse, *[sold("0.99", "20") for _ in range(40)])
    assert said(made) == []
    assert made.vat == 40 * D("0.17")


def test_a_line_of_a_kurus_passes(shop, ayse):
    assert said(invoice(shop, ayse, sold("0.01", "1"))) == []


@pytest.mark.parametrize(
    ("right", "wrong"), [(b"EARSIVFATURA", b"EARSIV"), (b"11111111111", b"1111"), (b"C62", b"ADET")]
)
def test_the_rules_find_what_is_wrong(shop, ayse, right, wrong):
    assert rule_set.findings(ubl.xml(invoice(shop, ayse)).replace(right, wrong))


def test_the_rules_find_a_wrong_sum(shop, ayse):
    content = ubl.xml(invoice(shop, ayse))
    assert rule_set.findings(
        content.replace(b">120.00</cbc:PayableAmount", b">121.00</cbc:PayableAmount"), ALL
    )

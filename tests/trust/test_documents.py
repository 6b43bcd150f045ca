"""T10, T18, T25: numbers without a gap, files after a full disk, XML that the tax office takes."""

from __future__ import annotations

import errno
import io
import random
import re
from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction
from django.utils import timezone
from lxml import etree
from pypdf import PdfReader

from core import journal, money
from finance import documents, sold
from finance.documents import drawing, files, rule_set, ubl
from finance.models import Document, FileState
from tests.core.rivals import at_once
from tests.factories import teams
from tests.factories.finance import invoice
from tests.factories.finance import sold as line

WORKERS, EACH = 8, 25
FORM = re.compile(r"^[A-Z0-9]{3}20\d{2}\d{9}$")


class Broken(Exception):
    """The charge failed after its document was issued."""


def issue_many(shops, worker: int, seed: int) -> Counter:
    chance, told = random.Random(f"{seed} {worker}"), Counter()
    for step in range(EACH):
        shop, breaks = chance.choice(shops), chance.random() < 0.1
        try:
            with transaction.atomic():
                invoice(shop, None, key=f"{worker} {step}")
                if breaks:
                    raise Broken
        except Broken:
            told["rolled back"] += 1
        else:
            told["issued"] += 1
    return told


def gaps() -> tuple[int, int, int]:
    """Numbers missing, numbers twice, numbers of another form."""
    missing = twice = 0
    groups: dict[tuple, list[int]] = {}
    for issuer, series, year, number in Document.objects.values_list("issuer", "series", "year", "sequence"):
        groups.setdefault((issuer, series, year), []).append(number)
    for numbers in groups.values():
        missing += len(set(range(1, max(numbers) + 1)) - set(numbers))
        twice += len(numbers) - len(set(numbers))
    wrong = sum(not FORM.match(number) for number in Document.objects.values_list("number", flat=True))
    return missing, twice, wrong


@pytest.mark.trust("T10")
def test_numbers_have_no_gap(verdict, transactional_db, bora, seed):
    shops = [teams.verified(bora), teams.verified(bora, "Köpük Kuaför", "groomer"), None]
    told = sum(at_once(lambda worker: issue_many(shops, worker, seed), WORKERS), Counter())
    figure = gaps()
    passed = figure == (0, 0, 0) and sum(told.values()) == WORKERS * EACH and told["rolled back"] > 5
    verdict(f"{dict(told)}, missing/twice/wrong form {figure}", "(0, 0, 0)", passed)


@pytest.mark.trust("T10")
def test_with_a_sequence_numbers_are_lost(verdict, transactional_db, bora, seed):
    """The guard switched off: a sequence counts, as databases usually do."""
    shops = [teams.verified(bora)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE careless")
        cursor.execute("SELECT pg_get_functiondef('finance_document_arrives'::regproc)")
        source = cursor.fetchone()[0]
        begin, end = source.index("INSERT INTO finance_documentcounter"), source.index("NEW.number :=")
        cursor.execute(source[:begin] + "NEW.sequence := nextval('careless'); " + source[end:])
    at_once(lambda worker: issue_many(shops, worker, seed), WORKERS)
    missing = gaps()[0]
    verdict(f"{missing} numbers missing with the guard off", "> 0", missing > 0)


def full(*_given):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.trust("T18")
def test_a_full_storage_costs_only_time(verdict, db, bora, ayse, monkeypatch):
    shop = teams.verified(bora)
    with monkeypatch.context() as disk:
        disk.setattr(FileSystemStorage, "_save", full)
        made = [invoice(shop, ayse) for _ in range(20)]
        for _minute in range(10):
            journal.sweep(now=timezone.now() + timedelta(minutes=_minute))
            files.make_missing(now=timezone.now())
        standing = Document.objects.filter(pdf_state=FileState.WAITING).count()
    files.make_missing(now=timezone.now())  # the schedule does this each minute
    lie_there = sum(one.file.storage.size(one.file.name) > 1000 for one in Document.objects.all())
    figure = f"{standing} of {len(made)} stand without room, {lie_there} files at the first sweep after it"
    verdict(figure, "20, 20 (≤ 1 minute)", (standing, lie_there) == (20, 20))


@pytest.mark.trust("T18")
def test_without_the_sweeper_files_stay_away(verdict, db, bora, ayse, monkeypatch):
    """The guard switched off: only the first attempt."""
    shop = teams.verified(bora)
    with monkeypatch.context() as disk:
        disk.setattr(FileSystemStorage, "_save", full)
        for _ in range(5):
            invoice(shop, ayse)
        journal.sweep()
    journal.sweep(now=timezone.now() + timedelta(minutes=5))
    missing = Document.objects.filter(pdf_state=FileState.WAITING).count()
    verdict(f"{missing} of 5 files missing with the guard off", "> 0", missing > 0)


PARTIES = [
    None,
    documents.Party("John Smith", "2222222222", city="Berlin", country="DE"),
    documents.Party("Acme Gıda Ltd. Şti.", "1234567890", "Kadıköy", "Moda 1", "Kadıköy", "İstanbul", "34710"),
    documents.Party("Ayşe Yıldız", "10000000146"),
]


def some_document(shop, ayse, chance: random.Random, number: int) -> Document:
    """Mixed VAT, discounts, cargo, parts of kilograms and hours, buyers from here and abroad."""
    lines = [
        line(
            f"{chance.randint(1, 500000) / 100:.2f}",
            chance.choice(["0", "1", "10", "20"]),
            text=f"Kalem {number}.{place} ğüşöçıİ",
            quantity=chance.choice([Decimal(1), Decimal(3), Decimal("0.750"), Decimal(24)]),
            unit=chance.choice([sold.PIECE, "KGM", "HUR", "DAY"]),
            discount=Decimal(chance.choice(["0", "0", "12.34"])),
        )
        for place in range(chance.randint(1, 12))
    ]
    cargo = [line("49.90", "20", text="Kargo")] if chance.random() < 0.5 else []
    party = chance.choice(PARTIES)
    return invoice(shop, ayse, *lines, *cargo, party=party, paid_with="Kart", reference=f"P-{number}")


def totals(document: Document) -> tuple[set[str], set[str]]:
    """What XML and PDF say against what the row says."""
    root = etree.fromstring(ubl.xml(document))
    names = {"cac": ubl.CAC, "cbc": ubl.CBC}
    paths = ("/*/cac:LegalMonetaryTotal/cbc:PayableAmount", "/*/cac:TaxTotal/cbc:TaxAmount")
    in_xml = [Decimal(root.xpath(f"string({path})", namespaces=names)) for path in paths]
    lines = [
        Decimal(node.text)
        for node in root.findall(f"{{{ubl.CAC}}}InvoiceLine/{{{ubl.CBC}}}LineExtensionAmount")
    ]
    wrong = set() if in_xml == [document.gross, document.vat] and sum(lines) == document.net else {"xml"}
    pages = PdfReader(io.BytesIO(drawing.render([document]))).pages
    said = "\n".join(page.extract_text() for page in pages)
    return wrong, set() if money.display(document.gross) in said else {"pdf"}


@pytest.mark.trust("T25")
def test_the_tax_office_takes_what_we_write(verdict, db, bora, ayse, seed):
    shop, chance = teams.verified(bora), random.Random(seed)
    made: list[Document] = []
    for number in range(100):
        of = some_document(shop, ayse, chance, number)
        back = money.lira(of.gross * chance.randint(1, 100) / 100) or of.gross
        made += [of, documents.issue_credit(key=f"back {number}", of=of, amount=back, now=timezone.now())]
    errors = [said for one in made for said in rule_set.findings(ubl.xml(one))]
    warnings = [said for one in made for said in rule_set.findings(ubl.xml(one), ("uyari",))]
    differing = [one.number for one in made if any(totals(one))]
    figure = f"{len(made)} documents: {len(errors)} errors, {len(warnings)} warnings, {len(differing)} differ"
    passed = not errors and not warnings and not differing and len(made) == 200
    verdict(f"{figure} {(errors + warnings)[:2]}", "0 errors, 0 warnings, 0 differ", passed)


@pytest.mark.trust("T25")
def test_the_rules_see_what_is_wrong(verdict, db, bora, ayse, seed):
    """The guard switched off: VAT counted anew of the whole, and a number of another form."""
    shop, chance = teams.verified(bora), random.Random(seed)
    found = 0
    for number in range(20):
        made = some_document(shop, ayse, chance, number)
        content = ubl.xml(made)
        careless = content.replace(f"<cbc:ID>{made.number}<".encode(), b"<cbc:ID>IHL-1<")
        found += bool(rule_set.findings(careless))
    verdict(f"{found} of 20 careless documents are refused", "20", found == 20)

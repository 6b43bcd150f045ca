"""The PDF comes after the document, says what it says, and is made again when it could not be kept."""

from __future__ import annotations

import errno
import hashlib
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import FileSystemStorage
from django.utils import timezone
from pypdf import PdfReader

from core import journal
from finance import documents
from finance.documents import drawing, files
from finance.models import Document, FileState
from tests.factories import teams
from tests.factories.finance import invoice, sold

pytestmark = pytest.mark.django_db
D, NOW = Decimal, timezone.now


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.fixture
def full(monkeypatch):
    """A storage without room; what was written before the end stays half written."""

    def refuse(self, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", refuse)
    return monkeypatch


def test_the_worker_makes_the_file(bora, ayse):
    made = invoice(teams.verified(bora), ayse)
    journal.sweep()
    made.refresh_from_db()
    with made.file.open() as file:
        content = file.read()
    assert made.pdf_state == FileState.MADE
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert made.sequence == 1


def test_the_file_says_what_the_document_says(bora, ayse):
    of = invoice(
        teams.verified(bora),
        ayse,
        sold("1100", "10", text="Muayene ğüşıöç İĞÜŞÖÇ ₺"),
        sold("120", "20", discount=D("24")),
        reference="P-7",
        paid_with="Kart",
    )
    note = documents.issue_credit(key="r", of=of, amount=D("610"), now=NOW(), reason="Geri geldi")
    said = text_of(drawing.render([of]))
    for words in (
        of.number,
        "Ihlamur Veteriner Ltd. Şti.",
        "Ayşe Yıldız",
        "Muayene ğüşıöç İĞÜŞÖÇ ₺",
        "₺1.220,00",
        "₺100,00",
        "Yalnız bin iki yüz yirmi Türk lirası",
        str(of.ettn),
        "P-7",
    ):
        assert words in said
    assert "1111111" not in said
    assert of.number in text_of(drawing.render([note]))
    assert "₺610,00" in text_of(drawing.render([note]))


def test_a_persons_number_is_masked(bora):
    to = documents.Party("Ayşe Yıldız", "10000000146")
    said = text_of(drawing.render([invoice(teams.verified(bora), None, party=to)]))
    assert "10000000146" not in said
    assert "100••••••46" in said


def test_several_in_one_file_count_their_own_pages(bora, ayse):
    shop = teams.verified(bora)
    both = [invoice(shop, ayse, *[sold() for _ in range(60)]), invoice(shop, ayse)]
    said = text_of(drawing.render(both))
    assert [f"Sayfa {at}" in said for at in ("1 / 2", "2 / 2", "1 / 1")] == [True, True, True]


def test_a_statement_is_drawn(bora):
    today = timezone.localdate()
    made = documents.issue_statement(
        key="s", business=teams.verified(bora), first=today - timedelta(days=30), last=today, now=NOW()
    )
    assert "₺0,00" in text_of(drawing.render([made]))


def test_the_same_document_gives_the_same_bytes(bora, ayse):
    made = invoice(teams.verified(bora), ayse)
    assert drawing.render([made]) == drawing.render([Document.objects.get(pk=made.pk)])


def test_without_room_the_document_stands_and_the_sweeper_makes_its_file(bora, ayse, full):
    made = invoice(teams.verified(bora), ayse)
    journal.sweep()
    assert files.make_missing(now=NOW()) == 0
    assert files.content(document=made, now=NOW()).startswith(b"%PDF")
    full.undo()
    made.refresh_from_db()
    assert made.pdf_state == FileState.WAITING
    assert files.make_missing(now=NOW()) == 1
    made.refresh_from_db()
    assert made.file.storage.size(made.file.name)


def test_what_an_earlier_attempt_left_is_replaced(bora, ayse):
    made = invoice(teams.verified(bora), ayse)
    name = f"documents/{made.issued_on:%Y/%m}/{made.public_id}.pdf"
    made.file.storage.save(name, io.BytesIO(b"half"))
    assert files.make(document=made, now=NOW())
    assert made.file.name == name
    assert not files.make(document=made, now=NOW())


def test_a_lost_file_is_drawn_again(bora, ayse):
    made = invoice(teams.verified(bora), ayse)
    files.make(document=made, now=NOW())
    made.file.storage.delete(made.file.name)
    assert hashlib.sha256(files.content(document=made, now=NOW())).hexdigest() == made.sha256

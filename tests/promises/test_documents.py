"""Belgeler (row 10): edges of the range, numbers without a gap, one mail for each document."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from core import journal, proofs
from core.models import Mail
from finance import documents
from finance.documents import bundles
from finance.models import Bundle, Document, DocumentCounter
from finance.sold import Sold
from teams.models import Business
from tests.core.rivals import at_once

CODE = "finance.documents"
PAGE = "/panel/finans/belgeler/"


def issue(buyer, key, now=None, amount="120") -> Document:
    return documents.issue_sale(
        key=key,
        kind="invoice",
        issuer=Business.objects.get(name="Ihlamur Veteriner"),
        buyer=buyer,
        sold=[Sold("Muayene", Decimal(amount), Decimal(20))],
        now=now or timezone.now(),
    )


@pytest.fixture
def browser(ayse) -> Client:
    client = Client()
    client.force_login(ayse)
    return client


def local(day: str, hour: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(f"{day} {hour}"))


@pytest.mark.django_db
def test_documents_by_range_as_pdf_and_by_mail(browser, ayse):
    """Faturalarımı nereden indiririm?"""
    inside = [
        issue(ayse, "a", local("2025-03-01", "00:00")),
        issue(ayse, "b", local("2025-03-31", "23:59:59")),
    ]
    issue(ayse, "c", local("2025-02-28", "23:59:59"))
    issue(ayse, "d", local("2025-04-01", "00:00"))
    note = documents.issue_credit(key="e", of=inside[0], amount=Decimal(50), now=local("2025-03-15", "12:00"))

    chosen = {"donem": "aralik", "baslangic": "2025-03-01", "bitis": "2025-03-31"}
    page = browser.get(PAGE, chosen)
    shown = {row.number for row in page.context["page"].rows}
    assert shown == {note.number, *(one.number for one in inside)}
    assert "Finans" in page.content.decode()
    assert browser.get(f"{PAGE}{note.public_id}.pdf").content.startswith(b"%PDF")

    browser.post(f"{PAGE}dosya/", {**chosen, "hepsi": "1"})
    bundles.go_on(now=timezone.now())
    made = Bundle.objects.get(asked_by=ayse)
    assert b"".join(browser.get(f"{PAGE}dosya/{made.public_id}/").streaming_content).startswith(b"PK")

    browser.post(f"{PAGE}e-posta/", {"acik": "1"})
    outbox.outbox.clear()
    new = [issue(ayse, f"new {n}") for n in range(2)]
    for _round in range(4):
        journal.sweep(now=timezone.now() + timedelta(seconds=1))
    mails = Mail.objects.filter(template="finance/document", to=ayse.email)
    assert sorted(mail.subject for mail in mails) == [f"Fatura {one.number}" for one in new]
    assert sorted(m.attachments[0][0] for m in outbox.outbox if m.attachments) == [
        f"{one.number}.pdf" for one in new
    ]
    assert proofs.examine(CODE).state == "ok"


@pytest.mark.django_db(transaction=True)
def test_numbers_are_gapless_under_forty_at_once(ayse):
    this_year = timezone.localdate().year
    before = Document.objects.filter(series="IHL", year=this_year).count()
    made = at_once(lambda worker: issue(ayse, f"at once {worker}").sequence, 40)
    assert sorted(made) == list(range(before + 1, before + 41))
    assert DocumentCounter.objects.get(series="IHL", year=this_year).last == before + 40
    assert proofs.examine(CODE).state == "ok"

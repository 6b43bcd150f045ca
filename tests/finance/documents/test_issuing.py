"""Documents are issued once for each key, numbered without a gap, and never changed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from finance import documents
from finance.documents import issuing, lines
from finance.errors import CreditTooLarge
from finance.models import Document, DocumentCounter, EState
from tests.core.rivals import at_once
from tests.factories import teams
from tests.factories.finance import invoice, sold

pytestmark = pytest.mark.django_db
D, NOW = Decimal, timezone.now


@pytest.fixture
def shop(bora):
    return teams.verified(bora)


def credit(of, amount, key="refund 1"):
    return documents.issue_credit(key=key, of=of, amount=D(amount), now=NOW())


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def test_an_invoice_has_its_number_parties_and_totals(shop, ayse):
    made = invoice(shop, ayse, sold("110", "10"), sold("120", "20"))
    assert re.fullmatch(r"IHL20\d{2}000000001", made.number)
    assert (made.gross, made.vat, made.e_state) == (D("230"), D("30"), EState.WAITING)
    assert made.facts["by"]["name"] == "Ihlamur Veteriner Ltd. Şti."
    assert made.facts["to"]["family_name"] == "Yıldız"
    assert made.subject == "Kedi kumu +1"


def test_a_key_issues_once(shop, ayse):
    first = invoice(shop, ayse, key="sale")
    assert invoice(shop, ayse, key="sale") == first
    assert invoice(shop, ayse).sequence == 2


def test_each_issuer_series_and_year_counts_by_itself(shop, bora, ayse):
    other = teams.verified(bora, "Ihlara Kuaför", "groomer")
    old = invoice(shop, ayse, now=datetime(2025, 12, 31, 20, 59, tzinfo=UTC))
    new = invoice(shop, ayse, now=datetime(2025, 12, 31, 21, 0, tzinfo=UTC))  # midnight in Istanbul
    assert [old.number, new.number] == ["IHL2025000000001", "IHL2026000000001"]
    assert invoice(other, ayse).sequence == invoice(None, ayse).sequence == 1
    assert invoice(None, ayse, kind="receipt").series == "MAK"


def test_a_business_keeps_its_letters(shop, ayse):
    invoice(shop, ayse)
    shop.slug = "baska-ad"
    assert invoice(shop, ayse).series == "IHL"


def test_the_same_key_at_once_gives_one_number(transactional_db, shop, ayse):
    made = at_once(lambda _worker: invoice(shop, ayse, key="sale").number, 8)
    assert set(made) == {Document.objects.get().number}
    assert DocumentCounter.objects.get().last == 1


def test_what_was_rolled_back_leaves_no_gap(shop, ayse):
    with pytest.raises(RuntimeError), transaction.atomic():
        invoice(shop, ayse)
        raise RuntimeError
    assert invoice(shop, ayse).sequence == 1


def test_a_guest_gets_a_document_too(shop):
    made = invoice(shop, None, buyer_name="Zeynep Su Ak")
    assert (made.user, made.facts["to"]["first_name"]) == (None, "Zeynep Su")


@pytest.mark.parametrize(
    "change", [{"gross": D(1)}, {"facts": {}}, {"issued_on": "2020-01-01"}, {"number": "X"}]
)
def test_the_database_refuses_to_change_a_document(shop, ayse, change):
    made = invoice(shop, ayse)
    with refused("is never changed"), transaction.atomic():
        Document.objects.filter(pk=made.pk).update(**change)


def test_the_file_of_a_document_stays_as_well(shop, ayse):
    made = invoice(shop, ayse)
    Document.objects.filter(pk=made.pk).update(pdf_state="made", file="a.pdf", sha256="a" * 64)
    with refused("is never changed"), transaction.atomic():
        Document.objects.filter(pk=made.pk).update(sha256="b" * 64)


def test_documents_and_counters_are_never_removed(shop, ayse):
    invoice(shop, ayse)
    for table in ("finance_document", "finance_documentcounter"):
        with refused("never removed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


def test_nobody_counts_by_hand(shop, ayse):
    invoice(shop, ayse)
    with refused("follows its documents"), transaction.atomic():
        DocumentCounter.objects.update(last=7)


def test_a_number_without_a_document_is_refused(shop, ayse):
    """An insert that is left out by its own clause has counted already."""
    made = invoice(shop, ayse)
    fresh = Document(**{f.attname: getattr(made, f.attname) for f in Document._meta.concrete_fields[1:]})
    with refused("would be missing"), transaction.atomic():
        Document.objects.bulk_create([fresh], ignore_conflicts=True)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_credit_note_gives_back_by_line(shop, ayse):
    of = invoice(shop, ayse, sold("110", "10"), sold("120", "20"))
    note = credit(of, "115")
    assert [line.amount for line in lines.read(note.facts)] == [D("55"), D("60")]
    assert (note.gross, note.vat, note.of, note.user) == (D("115"), D("15"), of, ayse)
    assert note.series == of.series
    assert credit(of, "115") == note


def test_credit_notes_end_at_their_document(shop, ayse):
    of = invoice(shop, ayse)
    credit(of, "70")
    with pytest.raises(CreditTooLarge):
        credit(of, "50.01", "refund 2")
    assert credit(of, "50", "refund 2").vat == of.vat - D("11.67")


def test_the_database_refuses_too_much_credit(shop, ayse):
    """Without our own check: what a statement of somebody else would meet."""
    of = invoice(shop, ayse)
    with refused("has not so much left"), transaction.atomic():
        issuing.issue(
            key="x", kind="credit_note", issuer=shop, user=ayse, to=documents.Party("A B"), now=NOW(), of=of,
            content=[lines.Line("a", D("120.01"), D("20"), D("20"))],
        )  # fmt: skip


def test_two_refunds_at_once_stay_within(transactional_db, shop, ayse):
    of = invoice(shop, ayse)

    def back(worker):
        try:
            return credit(of, "50", f"refund {worker}").gross
        except CreditTooLarge:
            return D(0)

    assert sum(at_once(back, 6)) == D("100")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    some.lists(
        some.tuples(some.integers(1, 5000), some.sampled_from(["0", "1", "10", "20"])), min_size=1, max_size=5
    ),
    some.lists(some.integers(1, 4000), max_size=4),
)
def test_credit_notes_end_to_the_kurus(amounts, backs):
    content = lines.of_sold(sold(f"{a / 100:.2f}", p) for a, p in amounts)
    left, vat_left, notes = lines.gross(content), lines.vat(content), []
    for back in [*(D(b) / 100 for b in backs), left]:
        back = min(back, left)
        if not back:
            break
        vat = vat_left if back == left else (vat_left * back / left).quantize(D("0.01"))
        notes.append(lines.credited(content, notes, back, vat))
        assert all(0 <= line.vat <= line.amount for line in notes[-1])
        left, vat_left = left - back, vat_left - vat
    for place, line in enumerate(content):
        given_back = sum(note[place].amount for note in notes)
        assert given_back == line.amount if not left else given_back <= line.amount

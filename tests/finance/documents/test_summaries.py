"""Commission is invoiced by month, and a statement says what the books say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from finance import documents, ledger, services
from finance.errors import CreditTooLarge
from finance.models import AccountKind, DocumentKind
from tests.factories import teams
from tests.finance.test_sales import rate, taxes

pytestmark = pytest.mark.django_db
D = Decimal
MAY, JUNE, JULY = (datetime(2026, month, 20, 9, tzinfo=UTC) for month in (5, 6, 7))


@pytest.fixture
def shop(bora):
    rate()
    taxes()
    return teams.verified(bora)


@pytest.fixture
def clearing(db):
    return ledger.account(AccountKind.CLEARING, name="iyzico")


def sell(shop, clearing, now, key, gross="120"):
    return services.settle_sale(
        key=key, business=shop, module="store", gross=D(gross), vat=D("20"), source=clearing, now=now
    )


def back(line, now, key, amount):
    transit = ledger.account(AccountKind.TRANSIT, name="iyzico")
    return services.refund_sale(key=key, line=line, amount=D(amount), to=transit, now=now)


def month(shop, number, now=JULY):
    return documents.issue_commission_invoice(business=shop, month=date(2026, number, 1), now=now)


def test_the_commission_of_a_month_is_invoiced_once(shop, clearing):
    line = sell(shop, clearing, MAY, "sale 1")
    sell(shop, clearing, datetime(2026, 5, 31, 20, 59, tzinfo=UTC), "sale 2")
    sell(shop, clearing, datetime(2026, 5, 31, 21, 0, tzinfo=UTC), "sale of June")
    back(line, MAY, "refund", "60")
    made = month(shop, 5)
    assert (made.gross, made.vat) == (D("21.60"), D("3.60"))  # 12 + 12 - 6, and 20 % of it
    assert (made.kind, made.series, made.business) == (DocumentKind.COMMISSION_INVOICE, "DJV", shop)
    assert made.facts["lines"][0]["text"] == "Komisyon, Mayıs 2026 · Mağaza"
    assert month(shop, 5) == made


def test_a_month_without_commission_has_no_invoice(shop):
    assert month(shop, 5) is None


def test_a_month_that_runs_is_not_invoiced(shop):
    with pytest.raises(ValueError, match="over"):
        month(shop, 7)


def test_a_month_that_gave_back_more_credits_an_earlier_one(shop, clearing):
    line = sell(shop, clearing, MAY, "sale 1")
    invoice = month(shop, 5)
    back(line, JUNE, "refund", "60")
    note = month(shop, 6)
    assert (note.kind, note.of, note.gross, note.vat) == ("credit_note", invoice, D("7.20"), D("1.20"))
    assert month(shop, 6) == note


def test_without_an_invoice_to_credit_a_person_has_to_look(shop, clearing):
    line = sell(shop, clearing, MAY, "sale 1")
    back(line, JUNE, "refund", "60")
    with pytest.raises(CreditTooLarge):
        month(shop, 6)


def test_a_statement_says_what_the_books_say(shop, clearing):
    line = sell(shop, clearing, MAY, "sale 1")
    sell(shop, clearing, MAY, "sale 2", "60.00")
    back(line, JUNE, "refund", "60")
    services.earn(line=line, now=JUNE)
    payable = ledger.account(AccountKind.SELLER_PAYABLE, business=shop)
    way = ledger.account(AccountKind.PAYOUT)
    services.move(key="payout 1", kind="payout", giver=payable, taker=way, amount=D("30"), now=JUNE)
    made = documents.issue_statement(
        key="statement", business=shop, first=date(2026, 5, 1), last=date(2026, 6, 30), now=JULY
    )
    figures = {name: D(value) for name, value in made.facts["figures"].items()}
    assert (made.gross, made.vat, made.series) == (D("120"), D("30"), "HES")
    assert figures["paid_out"] == 30
    assert figures["left"] == figures["net"] - 30
    assert figures["gross"] == sum(
        figures[name] for name in ("commission", "commission_vat", "withholding", "net")
    )
    assert [row["day"] for row in made.facts["rows"]] == ["2026-05-20", "2026-06-20"]

"""What a seller reads about her sales."""

import csv
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import barcodes, figures
from commerce.services import parcels
from commerce.states import CancelReason, Word
from core.sheets import harmless
from teams import rights
from tests.factories import commerce, sales, teams

pytestmark = pytest.mark.django_db
SellerOrder = get_model("order", "SellerOrder")
NOON = datetime(2026, 6, 10, 12, tzinfo=timezone.get_default_timezone())
JUNE = figures.Range(date(2026, 6, 1), date(2026, 6, 30))


@pytest.fixture
def shop(bora):
    sales.rate()
    return commerce.shop(bora)


@pytest.fixture
def food(shop):
    return commerce.product(by=shop.partner, stock=500)


def sold(buyer, food, days=0, pieces=1):
    now = NOON + timedelta(days=days)
    return commerce.paid(commerce.placed(buyer, (food, pieces), now=now), now=now).parcels.get()


def sent(parcel, after):
    now = parcel.paid_at + after
    parcels.accept(parcel=parcel, by=None, now=now)
    parcels.prepare(parcel=parcel, by=None, now=now)
    parcels.ship(parcel=parcel, carrier="own", tracking="", by=None, now=now)


def test_sums(ayse, shop, food):
    in_time, late, gone = sold(ayse, food), sold(ayse, food, 1, 2), sold(ayse, food, 1)
    sent(in_time, timedelta(hours=2))
    sent(late, timedelta(hours=200))
    parcels.deliver(parcel=in_time, word=Word.BUYER, by=ayse, now=NOON + timedelta(days=1))
    parcels.cancel(parcel=gone, reason=CancelReason.SOLD_OUT, by=None, now=NOON + timedelta(days=2))
    late.lines.update(returned=1)
    sums = figures.sums(shop, JUNE, now=NOON + timedelta(days=20))
    assert (sums.number, sums.sold, sums.back) == (3, Decimal(480), Decimal(120))
    assert (sums.late, sums.late_share) == (1, Decimal("50.0"))
    assert (sums.pieces, sums.returned, sums.returns_share) == (3, 1, Decimal("33.3"))
    assert (sums.cancelled, sums.cancelled_share) == (1, Decimal("33.3"))
    assert sums.took == timedelta(hours=101)
    assert sums.average == Decimal("160.00")
    best = figures.best(shop, JUNE)
    assert [(one["pieces"], one["sold"]) for one in best] == [(3, Decimal(360))]


def test_days_without_sales_stand_there_too(ayse, shop, food):
    sold(ayse, food)
    bars = figures.bars(shop, JUNE)
    assert len(bars) == 30
    assert [bar.number for bar in bars if bar.number] == [1]
    assert bars[9].start == date(2026, 6, 10)
    weeks = figures.bars(shop, figures.Range(date(2026, 4, 1), date(2026, 6, 30)))
    assert sum(bar.number for bar in weeks) == 1
    assert all(bar.start.weekday() == 0 for bar in weeks)


def test_of_others_nothing_is_counted(ayse, cem, shop, food):
    sold(ayse, commerce.product(by=commerce.shop(cem, "Çınar Mama").partner))
    commerce.placed(ayse, (food, 1))
    assert figures.sums(shop, JUNE, now=NOON).number == 0


@pytest.mark.parametrize(
    "days", ["", "?bas=2026-06-01&son=2026-06-30", "?bas=2026-06-30&son=2026-06-01", "?bas=x"]
)
def test_a_link_never_breaks(client, bora, shop, days):
    client.force_login(bora)
    assert client.get(f"/isletme/{shop.slug}/magaza/satis-ozeti/{days}").status_code in (200, 422)


@pytest.mark.parametrize(("role", "status"), [(rights.ACCOUNTANT, 200), (rights.RECEPTION, 403)])
def test_who_reads_them(client, shop, cem, role, status):
    teams.member(shop, cem, role)
    client.force_login(cem)
    for path in ("", "indir.csv"):
        assert client.get(f"/isletme/{shop.slug}/magaza/satis-ozeti/{path}").status_code == status


def test_the_file_holds_own_rows_and_no_formula(client, ayse, bora, cem, shop, food):
    type(food).objects.filter(pk=food.pk).update(title="=HYPERLINK(1)")
    food.refresh_from_db()
    own = sold(ayse, food)
    other = sold(ayse, commerce.product(by=commerce.shop(cem, "Çınar Mama").partner))
    client.force_login(bora)
    address = f"/isletme/{shop.slug}/magaza/satis-ozeti/indir.csv?bas=2026-06-01&son=2026-06-30"
    for what in ("", "&ne=satir"):
        text = b"".join(client.get(address + what)).decode("utf-8-sig")
        rows = list(csv.reader(StringIO(text), delimiter=";"))
        assert [row[0] for row in rows[1:]] == [own.number]
        assert other.number not in text
    assert rows[1][3] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_cells_that_would_run_are_quoted(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("many", [1, 20])
def test_query_count_does_not_grow(client, ayse, bora, shop, food, django_assert_num_queries, many):
    for _ in range(many):
        sold(ayse, food)
    client.force_login(bora)
    page = f"/isletme/{shop.slug}/magaza/satis-ozeti/?bas=2026-06-01&son=2026-06-30"
    client.get(page)
    with django_assert_num_queries(FIGURES):
        client.get(page)


FIGURES = 14


def test_code_128():
    """The example of the standard's text book: the check sign of PJJ123C is 55."""
    assert barcodes.signs("PJJ123C")[-1] == 55
    bars = barcodes.code128("S-1")
    assert bars[0] == (10, 2)
    assert sum(bars[-1]) + 10 == barcodes.width("S-1")
    assert len({*barcodes._WIDTHS}) == 106
    assert {sum(map(int, one)) for one in barcodes._WIDTHS} == {11}
    with pytest.raises(ValueError, match="Ş"):
        barcodes.signs("Ş-1")

"""What one seller sends of an order is what is paid; stock is put aside without overselling."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from oscar.core.loading import get_model

from commerce import stock
from commerce.states import OrderStatus, ParcelStatus
from finance.models import Document
from payments import services as payments
from payments.errors import NotPayable
from tests.factories import commerce, sales

pytestmark = pytest.mark.django_db

SellerOrder = get_model("order", "SellerOrder")
StockRecord = get_model("partner", "StockRecord")


@pytest.fixture
def two_shops(bora, cem):
    sales.rate()
    return [commerce.shop(bora, "Işık Pet Market"), commerce.shop(cem, "Çınar Mama")]


@pytest.fixture
def goods(two_shops):
    return [commerce.product(by=shop.partner, stock=5) for shop in two_shops]


def test_one_payment_pays_the_parcels_of_all_sellers(ayse, goods):
    order = commerce.paid(commerce.placed(ayse, (goods[0], 2), (goods[1], 1), delivery="49.90"))
    assert order.status == OrderStatus.PAID
    assert [parcel.status for parcel in order.parcels.all()] == [ParcelStatus.NEW] * 2
    invoices = Document.objects.filter(user=ayse).order_by("pk")
    assert [paper.gross for paper in invoices] == [Decimal("289.90"), Decimal("169.90")]


def test_an_order_that_is_not_kept_any_more_cannot_be_paid(ayse, goods):
    order = commerce.placed(ayse, (goods[0], 1))
    parcel = order.parcels.get()
    with pytest.raises(NotPayable):
        payments.start_payment(key="late", payables=[parcel], payer=ayse, now=order.pay_until)


def test_stock_is_put_aside_all_or_nothing(goods):
    tags = [one.stockrecords.get() for one in goods]
    with pytest.raises(stock.SoldOut) as refused:
        stock.allocate({tags[0].pk: 2, tags[1].pk: 6})
    assert refused.value.missing == {tags[1].pk: 5}
    assert StockRecord.objects.exclude(num_allocated=None).count() == 0

    stock.allocate({tags[0].pk: 2})
    stock.take({tags[0].pk: 1})
    stock.free({tags[0].pk: 1})
    stock.put_back({tags[0].pk: 1})
    tags[0].refresh_from_db()
    assert (tags[0].num_in_stock, tags[0].num_allocated) == (5, 0)


def test_the_database_refuses_to_oversell(goods):
    tag = StockRecord.objects.filter(product=goods[0])
    with pytest.raises(IntegrityError, match="stock_holds_what_was_allocated"), transaction.atomic():
        tag.update(num_allocated=F("num_in_stock") + 1)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"goods": "1.00"}, "parcel_sums_up"),
        ({"refunded": "1000"}, "parcel_gives_back_what_it_took"),
        ({"status": "lost"}, "parcel_has_a_known_state"),
        ({"status": "preparing"}, "parcel_moves_once_paid"),
        ({"status": "shipped", "paid_at": "2026-01-01T00:00Z"}, "sent_parcel_says_how"),
    ],
)
def test_the_database_refuses_wrong_parcels(ayse, goods, change, name):
    commerce.placed(ayse, (goods[0], 1))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        SellerOrder.objects.update(**change)

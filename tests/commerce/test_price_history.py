"""Every price is kept by the database, and a price is struck through only as the law has it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from oscar.core.loading import get_model

from commerce import goods, hand, price_chart, prices
from commerce.models import OnSale, PriceChange, StockChange
from tests.factories import commerce

pytestmark = pytest.mark.django_db

Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
BEGIN = datetime(2026, 3, 1, 9, tzinfo=UTC)


def offer(path, begin=BEGIN):
    """A price tag that had these prices: [(day, price), …], the first when it was made."""
    made = commerce.product(price=None)
    tag = made.stockrecords.get()
    for day, price in path:
        with transaction.atomic(), hand.at_work(now=begin + timedelta(days=day)):
            StockRecord.objects.filter(pk=tag.pk).update(price=price and Decimal(price))
    tag.refresh_from_db()
    return tag


PATHS = {
    "never changed": ([(0, "100")], 40, None),
    "a discount after 40 days": ([(0, "100"), (40, "80")], 41, "100"),
    "two discounts within 30 days: the second counts from the first": (
        [(0, "100"), (40, "80"), (50, "70")],
        51,
        "80",
    ),
    "raised shortly before, then reduced to what it was": ([(0, "100"), (40, "130"), (45, "100")], 46, None),
    "raised shortly before, then reduced below": ([(0, "100"), (40, "130"), (45, "90")], 46, "100"),
    "raised 30 days before": ([(0, "100"), (40, "130"), (70, "110")], 71, "130"),
    "raised 29 days before": ([(0, "100"), (40, "130"), (69, "110")], 70, None),
    "a short low within the 30 days": ([(0, "100"), (50, "60"), (51, "100"), (70, "80")], 71, None),
    "a short low before the 30 days": ([(0, "100"), (30, "60"), (31, "100"), (70, "80")], 71, "100"),
    "no prices of 30 days yet": ([(0, "200"), (10, "100")], 11, None),
    "raised after a discount": ([(0, "100"), (40, "70"), (45, "90")], 46, None),
    "withdrawn in between: counted anew": ([(0, "100"), (40, None), (45, "80")], 46, None),
    "a discount that has lasted 30 days": ([(0, "100"), (40, "80")], 70, None),
    "a discount on its last day": ([(0, "100"), (40, "80")], 69, "100"),
}


@pytest.mark.parametrize("name", PATHS)
def test_struck_price(name):
    path, today, expected = PATHS[name]
    found = prices.struck(offer(path), BEGIN + timedelta(days=today))
    assert (found and found.price) == (expected and Decimal(expected))


HIDING = {
    "not offered": lambda tag, on: StockRecord.objects.filter(pk=tag.pk).update(is_offered=on),
    "not public": lambda tag, on: Product.objects.filter(pk=tag.product_id).update(is_public=on),
    "its seller has stopped": lambda tag, on: Partner.objects.filter(pk=tag.partner_id).update(is_selling=on),
}


@pytest.mark.parametrize("way", HIDING)
@pytest.mark.parametrize(("shown_on", "expected"), [(9, "100"), (15, None), (39, None)])
def test_a_price_that_nobody_could_pay_is_no_price_before(way, shown_on, expected):
    """100 since the first day, seen from `shown_on` on, 80 from the fortieth on."""
    tag = offer([(0, "100")])
    for day, on in [(0, False), (shown_on, True)]:
        with transaction.atomic(), hand.at_work(now=BEGIN + timedelta(days=day)):
            HIDING[way](tag, on)
    with transaction.atomic(), hand.at_work(now=BEGIN + timedelta(days=40)):
        StockRecord.objects.filter(pk=tag.pk).update(price=Decimal(80))
    tag.refresh_from_db()
    found = prices.struck(tag, BEGIN + timedelta(days=41))
    assert (found and found.price) == (expected and Decimal(expected))


def test_a_pack_is_on_sale_while_its_product_is_public():
    parent = commerce.product(structure="parent")
    tag = commerce.variant(parent, "3 kg", "10.00").stockrecords.get()
    assert OnSale.objects.filter(record=tag).exists()
    Product.objects.filter(pk=parent.pk).update(is_public=False)
    assert not OnSale.objects.filter(record=tag).exists()


def test_it_says_since_when_and_how_much():
    found = prices.struck(offer([(0, "100"), (40, "80")]), BEGIN + timedelta(days=41))
    assert (found.percent, found.since) == (20, BEGIN + timedelta(days=40))


def test_nobody_types_a_struck_price():
    tag = offer([(0, "100"), (40, "80")])
    StockRecord.objects.filter(pk=tag.pk).update(struck_price=Decimal(500), price_since=BEGIN)
    tag.struck_price = Decimal(400)
    tag.save()
    tag.refresh_from_db()
    assert (tag.struck_price, tag.price_since) == (Decimal(100), BEGIN + timedelta(days=40))


def test_no_path_goes_round_the_history():
    tag = commerce.product(price="120.00").stockrecords.get()
    StockRecord.objects.filter(pk=tag.pk).update(price=Decimal(110))
    tag.price = Decimal(105)
    StockRecord.objects.bulk_update([tag], ["price"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partner_stockrecord SET price = 101 WHERE id = %s", [tag.pk])
        cursor.execute("UPDATE partner_stockrecord SET price = 101 WHERE id = %s", [tag.pk])
    other = StockRecord(
        product=tag.product, partner=commerce.seller("Başka"), partner_sku="b", price=Decimal(9)
    )
    StockRecord.objects.bulk_create([other])
    told = PriceChange.objects.filter(record=tag).order_by("at", "pk").values_list("price", flat=True)
    assert list(told) == [Decimal(120), Decimal(110), Decimal(105), Decimal(101)]
    assert PriceChange.objects.get(record=other).price == Decimal(9)


@pytest.mark.parametrize("model", [PriceChange, StockChange])
@pytest.mark.parametrize("change", ["update", "delete", "truncate"])
def test_history_is_never_changed(model, change):
    tag = offer([(0, "100")])
    StockRecord.objects.filter(pk=tag.pk).update(num_in_stock=3)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="history"), transaction.atomic():
        if change == "update":
            model.objects.update(reason="x")
        elif change == "delete":
            model.objects.all().delete()
        else:
            connection.cursor().execute(f"TRUNCATE {model._meta.db_table}")


def test_history_outlives_its_price_tag():
    tag = offer([(0, "100")])
    tag.product.delete()
    assert PriceChange.objects.filter(record_id=tag.pk).count() == 1


def test_history_grows_forward_only():
    tag = offer([(40, "100")])
    with pytest.raises(IntegrityError, match="a later price"), transaction.atomic():
        PriceChange.objects.create(record=tag, price=Decimal(1), at=BEGIN)


def test_stock_is_kept_with_reason_and_person(bora, django_capture_on_commit_callbacks):
    tag = commerce.product(stock=10).stockrecords.get()
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert goods.set_stock(record=tag, number=7, reason="counted", note="raf A-12", by=bora, now=now)
    assert not goods.set_stock(record=tag, number=7, reason="counted", by=bora, now=now)
    StockRecord.objects.filter(pk=tag.pk).update(num_in_stock=6)
    rows = StockChange.objects.filter(record=tag).order_by("pk")
    assert [(row.delta, row.after, row.reason, row.note, row.by_id) for row in rows] == [
        (-3, 7, "counted", "raf A-12", bora.pk),
        (-1, 6, "", "", None),
    ]


def test_less_than_what_orders_have_is_refused(bora):
    tag = commerce.product(stock=10).stockrecords.get()
    StockRecord.objects.filter(pk=tag.pk).update(num_allocated=4)
    with pytest.raises(goods.BelowOrders):
        goods.set_stock(record=tag, number=3, reason="counted", by=bora, now=BEGIN)


def test_the_chart_has_a_step_for_each_price():
    tag = offer([(0, "100"), (40, "130"), (45, "90")])
    now = BEGIN + timedelta(days=60)
    chart = price_chart.draw(prices.steps(tag), now=now, days=90, lowest=Decimal(90))
    assert len(chart.lines) == 1
    assert chart.lines[0].count("L") == 5
    assert [label.price for label in chart.labels] == [
        Decimal(100),
        Decimal(90),
    ]  # 130 lasted too short for words
    assert price_chart.draw([], now=now, days=90, lowest=None) is None


def test_the_lowest_of_30_days_comes_with_the_list(django_assert_num_queries):
    now = BEGIN + timedelta(days=60)
    tags = [offer([(0, "100"), (40, "130")]).pk for _ in range(3)]
    with django_assert_num_queries(1):
        found = list(prices.with_lowest(StockRecord.objects.filter(pk__in=tags), now))
    assert [tag.lowest for tag in found] == [Decimal(100)] * 3

"""Rows that lists are read from follow the goods, whoever writes; kept answers go with what they show."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from oscar.core.loading import get_model

from commerce import listings, stock
from commerce.models import DueListing
from core.models import Purge
from tests.factories import commerce as make

pytestmark = pytest.mark.django_db(transaction=True)

Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
LIST = "/api/content/v2/store/products/"
ROW = """product_id, created, offer_id, price, unit_price, unit, can_be_bought, picture, shelves, options,
    sellers, words"""
COMPARE = f"""
    (SELECT {ROW} FROM commerce_listed EXCEPT ALL SELECT {ROW} FROM commerce_listing)
    UNION ALL
    (SELECT {ROW} FROM commerce_listing EXCEPT ALL SELECT {ROW} FROM commerce_listed)
"""


def differences() -> int:
    listings.refresh_all()
    with connection.cursor() as cursor:
        cursor.execute(COMPARE)
        return len(cursor.fetchall())


@pytest.fixture
def goods():
    cat = make.shelf("Kedi", code="kedi")
    food = make.shelf("Mama", cat, code="kedi/mama")
    dog = make.shelf("Köpek", code="kopek")
    one = make.product("Tavuklu kedi maması", "100.00", shelf=food)
    make.choose(one, "age", "yavru")
    make.weigh(one, 500)
    parent = make.product("Kemik", structure="parent", shelf=dog)
    make.variant(parent, "Büyük", "40.00")
    listings.refresh_all()
    return {"one": one, "parent": parent, "cat": cat, "food": food, "dog": dog}


def _rename_option(goods):
    get_model("catalogue", "AttributeOption").objects.filter(code="yavru").update(option="Bebek")


def _bulk(goods):
    Product.objects.bulk_create(
        [Product(title=f"Toplu {n}", slug=f"toplu-{n}", product_class=make.kind()) for n in range(3)]
    )


CHANGES = {
    "a price by UPDATE": lambda g: StockRecord.objects.filter(product=g["one"]).update(price="12.50"),
    "sold out by UPDATE": lambda g: StockRecord.objects.filter(product=g["one"]).update(num_in_stock=0),
    "put aside for an order": lambda g: stock.allocate({g["one"].stockrecords.get().pk: 10}),
    "a second, cheaper seller": lambda g: make.offer(g["one"], "90.00", by=make.seller("Çınar Mama")),
    "an offer that is gone": lambda g: StockRecord.objects.filter(product=g["one"]).delete(),
    "a title": lambda g: Product.objects.filter(pk=g["one"].pk).update(title="Hindili mama"),
    "a product withdrawn": lambda g: Product.objects.filter(pk=g["one"].pk).update(is_public=False),
    "a product deleted": lambda g: g["one"].delete(),
    "a variant withdrawn": lambda g: g["parent"].children.update(is_public=False),
    "a new variant": lambda g: make.variant(g["parent"], "Küçük", "10.00"),
    "another shelf": lambda g: g["one"].productcategory_set.update(category=g["dog"]),
    "off the shelf": lambda g: g["one"].productcategory_set.all().delete(),
    "a shelf renamed": lambda g: type(g["cat"]).objects.filter(pk=g["cat"].pk).update(name="Kediler"),
    "a seller renamed": lambda g: type(make.seller()).objects.update(name="Yeni Ad"),
    "a seller who stopped": lambda g: type(make.seller()).objects.update(is_selling=False),
    "a pack of another size": lambda g: make.weigh(g["one"], 250),
    "another age": lambda g: make.choose(g["one"], "age", "yasli"),
    "an option renamed": _rename_option,
    "stock that is not counted": lambda g: type(make.kind()).objects.update(track_stock=False),
    "many at once": _bulk,
}


@pytest.mark.parametrize("change", CHANGES)
def test_rows_follow(goods, change):
    CHANGES[change](goods)

    assert differences() == 0


def test_without_its_trigger_a_row_does_not_follow(goods):
    """The control: the comparison above sees it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partner_stockrecord DISABLE TRIGGER offers_updated")
    try:
        StockRecord.objects.filter(product=goods["one"]).update(price="12.50")
        assert differences() == 2  # the row as it is and as it should be
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE partner_stockrecord ENABLE TRIGGER offers_updated")


def test_stock_that_nobody_sees_change_touches_nothing(goods):
    tag = StockRecord.objects.filter(product=goods["one"])
    tag.update(num_in_stock=400)
    listings.refresh_all()
    Purge.objects.all().delete()
    tag.update(num_allocated=390)  # 10 are left

    assert not DueListing.objects.exists()
    assert not Purge.objects.exists()
    tag.update(num_allocated=F("num_allocated") + 7)  # the page says "only 3 left", lists say nothing
    assert list(Purge.objects.values_list("tag", flat=True)) == [f"product:{goods['one'].pk}"]
    tag.update(num_allocated=400)
    assert {"store", f"shelf:{goods['food'].pk}"} <= set(Purge.objects.values_list("tag", flat=True))


# --- Kept answers -------------------------------------------------------------------------


@pytest.fixture
def kept(settings, tmp_path):
    settings.RESPONSE_CACHE = True
    settings.MEDIA_ROOT = tmp_path


def read(address: str) -> str:
    return Client().get(address).content.decode()


def test_a_change_is_seen_at_once_where_it_is_shown(kept, goods):
    page, api = goods["one"].get_absolute_url(), f"{LIST}{goods['one'].pk}/"
    addresses = ["/magaza/", goods["food"].get_absolute_url(), page, api, LIST]
    assert all("100" in read(address) for address in addresses)
    StockRecord.objects.filter(product=goods["one"]).update(price="73.00")

    assert all("73" in read(address) for address in addresses)


def test_with_purges_switched_off_the_old_price_would_stay(kept, goods):
    """The control: it is the purge that makes the test above hold, not the age of the answer."""
    address = goods["food"].get_absolute_url()
    read(address)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partner_stockrecord DISABLE TRIGGER offers_updated")
    try:
        StockRecord.objects.filter(product=goods["one"]).update(price="73.00")
        assert "₺100,00" in read(address)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE partner_stockrecord ENABLE TRIGGER offers_updated")


def test_a_change_leaves_other_shelves_alone(kept, goods):
    other = goods["dog"].get_absolute_url()
    read(other)
    StockRecord.objects.filter(product=goods["one"]).update(price="73.00")
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        client.get(other)
    assert len(queries) == 1  # still kept


def test_availability_is_read_at_each_request(kept, goods):
    address = f"/api/content/v2/store/availability/?ids={goods['one'].pk}"
    assert "in_stock" in read(address)
    stock.allocate({goods["one"].stockrecords.get().pk: 10})

    assert "sold_out" in read(address)

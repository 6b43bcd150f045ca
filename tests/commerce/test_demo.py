"""Demo goods: enough of them, none forbidden, and loading twice changes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from oscar.core.loading import get_model

from commerce import demo
from commerce.demo import goods
from core import live, text

Product = get_model("catalogue", "Product")
pytestmark = pytest.mark.django_db

FORBIDDEN = {"ilac", "asi", "antibiyotik", "damla", "hap", "tablet", "merhem", "parazit", "pire", "kene"}
FORBIDDEN |= {"hormon", "vitamin", "recete", "canli"}


@pytest.fixture
def few(monkeypatch):
    """Three goods are enough to see how loading works, and much faster than all."""
    monkeypatch.setattr(demo, "GOODS", goods.GOODS[:3])


def test_load_fills_the_store_once(few):
    assert demo.load() == 3
    before = list(Product.objects.values("pk", "date_updated", "date_created"))
    with CaptureQueriesContext(connection) as queries:
        assert demo.load() == 0
    assert len(queries) == 1
    assert list(Product.objects.values("pk", "date_updated", "date_created")) == before


def test_load_mends_what_is_missing(few):
    demo.load()
    Product.objects.filter(upc=demo.upc(2)).delete()
    assert demo.load() == 1


def test_loaded_product_is_complete(few):
    demo.load()
    product = Product.objects.get(upc=demo.upc(1))
    image = product.images.get()

    assert {value.attribute.code for value in product.attribute_values.all()} >= {
        "species",
        "age",
        "net_weight_g",
    }
    assert product.stockrecords.get().partner.name == "Işık Pet Market"
    assert image.caption
    assert image.original.storage.exists(f"{image.original.name.removesuffix('.png')}.400.webp")


def test_live_block_counts_what_is_there(few):
    demo.load()
    data = live.get("commerce.catalogue").read()
    assert (data["products"], data["sellers"]) == (3, 3)


def test_table_of_goods():
    assert 38 <= len(goods.GOODS) <= 48
    assert len({good.title for good in goods.GOODS}) == len(goods.GOODS)
    for good in goods.GOODS:
        words = text.fold(good.title).replace(",", " ").split()
        assert not set(words) & FORBIDDEN, good.title
        assert set(good.shelves) <= set(goods.SHELVES)
        assert set(good.ages) <= set(goods.AGES)
        assert set(good.proteins) <= set(goods.PROTEINS)
        assert good.description.endswith(".")
    used = {shelf for good in goods.GOODS for shelf in good.shelves}
    assert used == {shelf for shelf in goods.SHELVES if "/" in shelf}

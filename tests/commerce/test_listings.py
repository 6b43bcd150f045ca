"""Rows that lists are read from follow the goods, whoever writes; kept answers go with what they show."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from decimal import Decimal
from unittest import mock

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import hand, listings, stock
from commerce.catalogue import queries
from commerce.models import DueListing, Listing, ProductText
from core.models import Purge
from core.response_cache.tags import LONGEST, collecting
from tests.factories import commerce as make

pytestmark = pytest.mark.django_db(transaction=True)

Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
LIST = "/api/content/v2/store/products/"
ROW = """product_id, created, offer_id, price, unit_price, unit, struck_price, struck_since, can_be_bought,
    picture, titles, rating, reviews_count, shelves, options, sellers, words"""
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
    ProductText.objects.create(product=parent, language="en", title="Bone", description="Long fun")
    listings.refresh_all()
    return {"one": one, "parent": parent, "cat": cat, "food": food, "dog": dog}


def _rename_option(goods):
    get_model("catalogue", "AttributeOption").objects.filter(code="yavru").update(option="Bebek")


def _strike(goods):
    """A month after its first price it costs less."""
    tag = StockRecord.objects.filter(product=goods["one"])
    with transaction.atomic(), hand.at_work(now=timezone.now() + timedelta(days=40)):
        tag.update(price="80.00")
    assert tag.get().struck_price == Decimal("100.00")


def _rename_in_english(goods):
    ProductText.objects.filter(product=goods["parent"]).update(title="Another bone")


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
    "an offer withdrawn": lambda g: StockRecord.objects.filter(product=g["one"]).update(is_offered=False),
    "an offer archived": lambda g: StockRecord.objects.filter(product=g["one"]).update(
        is_offered=False, archived_at=timezone.now()
    ),
    "a price struck": _strike,
    "words in English": lambda g: ProductText.objects.bulk_create(
        [ProductText(product=g["one"], language="en", title="Chicken food", description="For kittens")]
    ),
    "words in English changed": _rename_in_english,
    "words in English gone": lambda g: ProductText.objects.filter(product=g["parent"]).delete(),
    "stars": lambda g: Product.objects.filter(pk=g["one"].pk).update(rating=4.5, reviews_count=2),
    "a product held": lambda g: Product.objects.filter(pk=g["one"].pk).update(is_public=False, review="held"),
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
UNSEEN = {"stock that is not counted"}  # there was enough of it before
# Which neighbours a product page shows may be a minute old (`shown.LONGEST`); what it says of them may not.
PASSING = re.compile(r'nonce="[^"]*"|<section class="store-neighbours".*?</section>', re.DOTALL)


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


# --- What a row tells -----------------------------------------------------------------------


def listed(product):
    listings.refresh_all()
    return Listing.objects.filter(product=product).first()


def test_only_live_offers_count(goods):
    own = StockRecord.objects.filter(product=goods["one"])
    dear = make.offer(goods["one"], "150.00", by=make.seller("Çınar Mama"))
    own.exclude(pk=dear.pk).update(is_offered=False)

    row = listed(goods["one"])
    assert (row.offer_id, row.price, row.sellers) == (dear.pk, Decimal("150.00"), [dear.partner_id])
    type(dear.partner).objects.filter(pk=dear.partner_id).update(is_selling=False)
    assert listed(goods["one"]) is None  # who sold it has stopped, who might sell it does not
    assert not Product.objects.browsable().filter(pk=goods["one"].pk).exists()


def test_goods_without_an_offer_stay_and_show_no_price(goods):
    StockRecord.objects.filter(product=goods["one"]).update(is_offered=False)
    row = listed(goods["one"])

    assert (row.offer_id, row.price, row.can_be_bought) == (None, None, False)
    assert Product.objects.browsable().filter(pk=goods["one"].pk).exists()


@pytest.mark.parametrize("typed", ["kemik", "bone", "BONE", "fun"])
def test_goods_are_found_by_words_of_both_languages(goods, typed):
    page, english = read(f"/magaza/?q={typed}"), read(f"/en/magaza/?q={typed}")

    assert "Kemik" in page
    assert "Bone" not in page
    assert "Bone" in english


def test_the_api_gives_words_of_the_language_asked_for(goods):
    one = f"{LIST}{goods['parent'].pk}/"

    assert json.loads(read(one))["title"] == "Kemik"
    answer = json.loads(read(f"{one}?locale=en"))
    assert (answer["title"], answer["description"]) == ("Bone", "Long fun")
    titles = {row["title"] for row in json.loads(read(f"{LIST}?locale=en"))["items"]}
    assert titles == {"Bone", "Tavuklu kedi maması"}


def test_a_card_shows_stars(goods):
    Product.objects.filter(pk=goods["one"].pk).update(rating=4.25, reviews_count=8)

    assert "stars__count" in read("/magaza/")
    items = {row["id"]: row["rating"] for row in json.loads(read(LIST))["items"]}
    assert items == {goods["one"].pk: {"stars": 4.2, "count": 8}, goods["parent"].pk: None}


def test_a_struck_price_is_shown_for_thirty_days(goods, monkeypatch):
    _strike(goods)
    since = StockRecord.objects.get(product=goods["one"]).price_since
    for now, is_shown in [(since + timedelta(days=29), True), (since + timedelta(days=30), False)]:
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        assert ("<s>" in read("/magaza/")) is is_shown
        assert ("<s>" in read(goods["one"].get_absolute_url())) is is_shown
        struck = json.loads(read(f"{LIST}{goods['one'].pk}/"))["price"]["struck"]
        assert (struck and struck["amount"]) == ("100.00" if is_shown else None)


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


def test_a_kept_answer_ends_with_the_struck_price_it_shows(kept, goods):
    _strike(goods)
    since = StockRecord.objects.get(product=goods["one"]).price_since
    with collecting() as notes, mock.patch.object(timezone, "now", return_value=since + timedelta(days=29)):
        listings.refresh_all()
        queries.cards(Listing.objects.all())
        assert notes.keep_for == LONGEST  # it is shown for longer than answers are kept
    with (
        collecting() as notes,
        mock.patch.object(timezone, "now", return_value=since + timedelta(days=30, seconds=-7)),
    ):
        queries.cards(Listing.objects.all())
        assert notes.keep_for == timedelta(seconds=7)


@pytest.mark.parametrize("change", ["words in English", "stars", "a product held", "an offer withdrawn"])
def test_other_changes_are_seen_at_once(kept, goods, change):
    addresses = ["/en/magaza/", f"/en{goods['one'].get_absolute_url()}", f"{LIST}?locale=en"]
    before = [read(address) for address in addresses]
    CHANGES[change](goods)

    assert all(read(address) != old for address, old in zip(addresses, before, strict=True))


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_kept_says_after_each_change_what_is_true(kept, goods, settings, change):
    """On list, shelf, product page and search as well as in the API, in both languages."""
    one, parent = goods["one"], goods["parent"]
    paths = ["/magaza/", "/magaza/?q=mama", "/magaza/?age=yavru", goods["food"].get_absolute_url()]
    paths += [goods["dog"].get_absolute_url(), one.get_absolute_url(), parent.get_absolute_url()]
    store = LIST.removesuffix("products/")
    api = [LIST, f"{LIST}?q=kedi", f"{LIST}{one.pk}/", f"{LIST}{parent.pk}/", f"{store}categories/"]
    addresses = [*paths, *(f"/en{path}" for path in paths), *api, f"{LIST}?locale=en"]
    before = {address: seen(address) for address in addresses}
    CHANGES[change](goods)
    now = {address: seen(address) for address in addresses}
    settings.RESPONSE_CACHE = False

    assert now == {address: seen(address) for address in addresses}
    if change not in UNSEEN:
        assert now != before


def seen(address: str) -> tuple[int, str]:
    answer = Client().get(address)
    return answer.status_code, " ".join(PASSING.sub("", answer.content.decode()).split())


def test_a_seller_that_stops_is_gone_at_once(kept, goods):
    page = goods["one"].get_absolute_url()
    assert Client().get(page).status_code == 200
    type(make.seller()).objects.update(is_selling=False)

    assert Client().get(page).status_code == 404
    assert "Tavuklu" not in read("/magaza/")


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

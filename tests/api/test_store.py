"""The store for front ends: what it tells, what it keeps to itself, how long an answer is true."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commerce.models import Listing
from tests.factories import commerce as make

pytestmark = pytest.mark.django_db

STORE = "/api/content/v2/store/"
PRODUCTS = f"{STORE}products/"


@pytest.fixture(autouse=True)
def _pictures_in_tmp(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ask(client):
    def get(path: str = PRODUCTS, headers: dict | None = None, **query):
        return client.get(path, query, headers=headers or {})

    return get


@pytest.fixture
def titles(ask):
    return lambda **query: [item["title"] for item in ask(**query).json()["items"]]


def switch_off(seller: str) -> None:
    row = make.seller(seller)
    row.is_selling = False
    row.save()


# --- What it tells ------------------------------------------------------------------------


def test_a_list_tells_what_cards_show(ask):
    cat = make.shelf("Kedi", code="kedi")
    product = make.product("Tavuklu kedi maması", "1189.00", shelf=cat)
    make.choose(product, "age", "yavru")
    make.weigh(product, 3000)

    answer = ask().json()

    (item,) = answer["items"]
    assert item == {
        "id": product.pk,
        "title": "Tavuklu kedi maması",
        "url": product.get_absolute_url(),
        "price": {"amount": "1189.00", "currency": "TRY", "includes_vat": True, "struck": None},
        "price_from": False,
        "unit_price": {"amount": "396.33", "currency": "TRY", "unit": "kg"},
        "can_be_bought": True,
        "rating": None,
        "seller": {"code": make.seller().code, "name": "Işık Pet Market"},
        "image": None,
    }
    assert answer["meta"]["total_count"] == 1
    assert answer["facets"]["age"] == [{"code": "yavru", "label": "Yavru", "count": 1}]
    assert answer["facets"]["category"] == [{"id": cat.pk, "name": "Kedi", "count": 1}]


def test_a_product_tells_everything_a_page_shows(ask):
    cat = make.shelf("Kedi", code="kedi")
    parent = make.product("Mama", structure="parent", shelf=cat, withdrawal="hygiene", tax_class="list_2")
    make.variant(parent, "1 kg", "100.00", stock=3)
    big = make.variant(parent, "12 kg", "900.00", stock=0)
    make.offer(big, "950.00", stock=40, by=make.seller("Çınar Mama"))

    product = ask(f"{PRODUCTS}{parent.pk}/").json()

    assert product["price"]["amount"] == "100.00"
    assert product["price_from"] is True
    assert product["vat_percent"] == 10
    assert product["withdrawal"]["code"] == "hygiene"
    assert product["withdrawal"]["allowed"] is False
    assert [step["name"] for step in product["categories"]] == ["Kedi"]
    small, large = sorted(product["variants"], key=lambda one: one["id"])
    assert small["offers"][0]["availability"] == {"state": "few", "left": 3}
    assert [(one["seller"]["name"], one["availability"]["state"]) for one in large["offers"]] == [
        ("Çınar Mama", "in_stock"),  # what can be bought comes first
        ("Işık Pet Market", "sold_out"),
    ]


def test_filters_narrow_as_on_pages(titles):
    young = make.product("Yavru maması", "80.00", by=make.seller("Çınar Mama"))
    make.choose(young, "age", "yavru")
    make.product("Yaşlı maması", "120.00", stock=0)

    assert titles(age="yavru") == ["Yavru maması"]
    assert titles(seller=make.seller("Çınar Mama").code) == ["Yavru maması"]
    assert titles(in_stock="1") == ["Yavru maması"]
    assert titles(max_price="100") == ["Yavru maması"]
    assert titles(q="yasli mamalari") == ["Yaşlı maması"]
    assert titles(sort="dearest") == ["Yaşlı maması", "Yavru maması"]


@pytest.mark.parametrize("sort", ["new", "cheapest", "dearest", "unit"])
def test_pages_follow_each_other_without_a_gap(ask, sort):
    for number in range(7):
        made = make.product(f"Ürün {number}", price=None if number == 3 else f"{10 + number % 3}.00")
        if number % 2:
            make.weigh(made, 500)
    whole = [item["id"] for item in ask(sort=sort).json()["items"]]
    walked, cursor = [], ""
    while cursor is not None:
        page = ask(sort=sort, limit=2, **({"cursor": cursor} if cursor else {})).json()
        walked += [item["id"] for item in page["items"]]
        cursor = page["meta"]["next_cursor"]

    assert len(walked) == 7
    assert walked == whole


def test_categories_are_a_tree_with_numbers(ask):
    cat = make.shelf("Kedi", code="kedi")
    food = make.shelf("Mama", cat, code="kedi/mama")
    make.product(shelf=food)

    (top,) = ask(f"{STORE}categories/").json()["items"]
    assert (top["name"], top["count"]) == ("Kedi", 1)
    assert [(one["name"], one["count"]) for one in top["children"]] == [("Mama", 1)]


def test_availability_never_tells_how_many_there_are(ask):
    pks = [make.product(stock=stock).pk for stock in (0, 5, 6, 4000)]

    items = ask(f"{STORE}availability/", ids=",".join(map(str, pks))).json()["items"]

    assert [(one["state"], one["left"]) for one in items] == [
        ("sold_out", None),
        ("few", 5),
        ("in_stock", None),
        ("in_stock", None),
    ]


def test_suggestions_know_goods_shelves_sellers_and_mistakes(ask):
    cat = make.shelf("Kedi", code="kedi")
    make.product("Tavuklu kedi maması", shelf=cat, by=make.seller("Kedici Dükkân"))

    found = ask(f"{STORE}suggestions/", q="KEDİ").json()
    assert [one["title"] for one in found["products"]] == ["Tavuklu kedi maması"]
    assert [one["name"] for one in found["categories"]] == ["Kedi"]
    assert [one["name"] for one in found["sellers"]] == ["Kedici Dükkân"]
    assert ask(f"{STORE}suggestions/", q="tavukul").json()["did_you_mean"] == "tavuklu"
    assert ask(f"{STORE}suggestions/", q="k").json()["products"] == []


# --- What it keeps to itself --------------------------------------------------------------


def test_a_private_product_is_told_nowhere(ask, titles):
    hidden = make.product("Gizli ürün", is_public=False)
    parent = make.product("Görünen", structure="parent")
    variant = make.product("Gizli boy", parent=parent, structure="child", product_class=None, is_public=False)

    assert titles() == ["Görünen"]
    assert titles(q="gizli") == []
    assert ask(f"{PRODUCTS}{hidden.pk}/").status_code == 404
    assert ask(f"{PRODUCTS}{parent.pk}/").json()["variants"] == []
    assert ask(f"{STORE}availability/", ids=f"{hidden.pk},{variant.pk}").json()["items"] == []
    assert ask(f"{STORE}suggestions/", q="gizli").json()["products"] == []


def test_an_offer_of_a_seller_who_stopped_is_told_nowhere(ask):
    product = make.product("Mama", "80.00", by=make.seller("Duran Dükkân"))
    make.offer(product, "90.00", by=make.seller("Çınar Mama"))
    assert ask().json()["items"][0]["price"]["amount"] == "80.00"
    switch_off("Duran Dükkân")

    (item,) = ask().json()["items"]
    assert (item["price"]["amount"], item["seller"]["name"]) == ("90.00", "Çınar Mama")
    assert [one["code"] for one in ask().json()["facets"]["seller"]] == [make.seller("Çınar Mama").code]
    offers = ask(f"{PRODUCTS}{product.pk}/").json()["offers"]
    assert [one["seller"]["name"] for one in offers] == ["Çınar Mama"]
    assert ask(f"{STORE}suggestions/", q="duran").json()["sellers"] == []
    switch_off("Çınar Mama")
    assert ask(f"{STORE}availability/", ids=product.pk).json()["items"] == []


WRONG = {
    "products/?colour=red": "colour",
    "products/?min_price=abc": "min_price",
    "products/?sort=best": "sort",
    "products/?sort=relevance": "sort",
    "products/?limit=101": "limit",
    "products/?category=99999": "category",
    "products/?cursor=abc": "cursor",
    "products/?in_stock=yes": "in_stock",
    "products/?locale=de": "locale",
    "availability/": "",
    "availability/?ids=1,x": "ids",
    "availability/?ids=" + ",".join(map(str, range(101))): "ids",
    "suggestions/?words=x": "words",
}


@pytest.mark.parametrize("query", WRONG)
def test_what_cannot_be_read_is_refused_in_the_reader_s_language(client, query):
    answer = client.get(STORE + query, headers={"accept-language": "tr"})

    assert answer.status_code == 400
    assert answer.json()["message"] == "Bir parametre bilinmiyor ya da okunamıyor."
    assert set(answer.json()["fields"]) == ({WRONG[query]} if WRONG[query] else set())


@pytest.mark.parametrize("typed", ["", "AAAA", "WyJuZXciLCAxLCAyXQ==", "%FF", "W10="])
def test_a_forged_cursor_is_refused_or_begins_anew(ask, typed):
    make.product()
    assert ask(cursor=typed).status_code == (200 if not typed else 400)


def test_nobody_writes(client):
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(PRODUCTS).status_code == 405


# --- How long it is true ------------------------------------------------------------------


def test_lists_are_kept_as_content_is_and_stock_two_seconds(ask):
    product = make.product()
    listed, stock = ask(), ask(f"{STORE}availability/", ids=product.pk)

    assert listed["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert stock["Cache-Control"] == "public, max-age=2"
    for answer in (listed, stock):
        again = ask(answer.wsgi_request.get_full_path(), headers={"if-none-match": answer["ETag"]})
        assert again.status_code == 304
        assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [
        "products/?limit=100",
        "products/?q=mama&limit=100",
        "products/?age=yetiskin&sort=unit&limit=100",
        "categories/",
    ],
)
def test_many_goods_cost_as_many_queries_as_one(ask, path):
    cat = make.shelf("Kedi", code="kedi")

    def add(number: int) -> None:
        made = make.product(f"Kedi maması {number}", shelf=cat, by=make.seller(f"Satıcı {number}"))
        make.choose(made, "age", "yetiskin")
        make.weigh(made, 500)

    def cost() -> int:
        ask(STORE + path)
        with CaptureQueriesContext(connection) as queries:
            assert ask(STORE + path).status_code == 200
        return len(queries)

    add(0)
    one = cost()
    for number in range(1, 20):
        add(number)
    assert cost() == one <= 6
    assert Listing.objects.count() == 20


def test_stock_of_a_hundred_is_one_query(ask, django_assert_num_queries):
    pks = ",".join(str(make.product().pk) for _ in range(20))
    with django_assert_num_queries(1):
        assert len(ask(f"{STORE}availability/", ids=pks).json()["items"]) == 20

"""Store list, shelves and product pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from core import text
from tests.factories import commerce as make

pytestmark = pytest.mark.django_db

STORE = "/magaza/"


@pytest.fixture
def shelves():
    cat = make.shelf("Kedi", code="kedi")
    return {
        "cat": cat,
        "food": make.shelf("Mama", cat, code="kedi/mama"),
        "dog": make.shelf("Köpek", code="kopek"),
    }


def titles(response):
    return [card.face.title for card in response.context["cards"]]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_answer_in_both_languages(client, shelves, prefix):
    product = make.product(shelf=shelves["food"])
    language = "en" if prefix else "tr"
    with translation.override(language):
        addresses = [
            STORE,
            shelves["food"].get_absolute_url(),
            product.get_absolute_url(),
            reverse("basket:summary"),
        ]
    for address in addresses:
        response = client.get(address if address.startswith(prefix) and address != STORE else prefix + STORE)
        assert response.status_code == 200, address
        assertContains(response, f'<html lang="{language}"')


def test_english_page_marks_turkish_texts(client):
    address = make.product("Tavuklu kedi maması").get_absolute_url()

    assertContains(client.get(f"/en{address}"), '<h1 lang="tr">Tavuklu kedi maması</h1>')
    assertContains(client.get(address), "<h1>Tavuklu kedi maması</h1>")


def test_slugs_keep_turkish_letters_readable():
    assert make.product("Kedi maması").slug == "kedi-mamasi" == text.slug("Kedi maması")
    assert make.product("IŞIK İğne Çöp Ğ Ü").slug == "isik-igne-cop-g-u"
    assert make.shelf("Kuş ve balık yemi").slug == "kus-ve-balik-yemi"


@pytest.mark.parametrize("page", ["list", "shelf", "search", "facets"])
def test_list_costs_the_same_for_one_and_for_many(client, shelves, page):
    def address():
        return {
            "list": STORE,
            "shelf": f"{STORE}kategori/kedi_{shelves['cat'].pk}/",
            "search": f"{STORE}?q=mama",
            "facets": f"{STORE}?age=yetiskin&min_price=1&in_stock=1",
        }[page]

    def add(number):
        product = make.product(
            f"Kedi maması {number}", shelf=shelves["food"], by=make.seller(f"Satıcı {number}")
        )
        make.choose(product, "age", "yetiskin")
        make.weigh(product, 1500)

    add(0)
    client.get(address())  # warms what is cached for the life of the process
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert len(titles(client.get(address()))) == 1
    for number in range(1, 18):
        add(number)
    with CaptureQueriesContext(connection) as many:
        assert len(titles(client.get(address()))) == 18

    assert len(one) == len(many), [query["sql"][:120] for query in many]
    assert len(many) <= 12


def test_product_page_costs_the_same_with_few_and_many_neighbours(client, shelves):
    product = make.product(shelf=shelves["food"])
    make.choose(product, "age", "yetiskin", "yavru")
    make.product("Komşu", shelf=shelves["food"])
    client.get(product.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(product.get_absolute_url())
    for number in range(6):
        make.product(f"Komşu {number}", shelf=shelves["food"])
    make.choose(product, "protein", "tavuk", "hindi", "somon")
    with CaptureQueriesContext(connection) as many:
        client.get(product.get_absolute_url())

    assert len(few) == len(many)
    assert len(many) <= 18  # one of them asks for the VAT of today


def test_shelf_shows_what_lies_on_and_below_it(client, shelves):
    make.product("Kedi maması", shelf=shelves["food"])
    make.product("Köpek tasması", shelf=shelves["dog"])

    assert titles(client.get(f"{STORE}kategori/kedi_{shelves['cat'].pk}/")) == ["Kedi maması"]
    assert titles(client.get(f"{STORE}kategori/kedi/mama_{shelves['food'].pk}/")) == ["Kedi maması"]
    assert set(titles(client.get(STORE))) == {"Kedi maması", "Köpek tasması"}


def test_facets_narrow_and_count(client):
    old, young = make.product("Yaşlı maması"), make.product("Yavru maması", price="80.00")
    make.choose(old, "age", "yasli")
    make.choose(young, "age", "yavru")
    make.choose(young, "species", "kedi")

    response = client.get(f"{STORE}?age=yavru")
    assert titles(response) == ["Yavru maması"]
    counts = {
        choice.code: (choice.number, choice.is_chosen) for choice in response.context["groups"][0]["choices"]
    }
    assert counts == {"yasli": (1, False), "yavru": (1, True)}  # a facet does not narrow itself

    assert set(titles(client.get(f"{STORE}?age=yavru&age=yasli"))) == {"Yaşlı maması", "Yavru maması"}
    assert titles(client.get(f"{STORE}?age=yasli&species=kedi")) == []
    assert titles(client.get(f"{STORE}?max_price=80")) == ["Yavru maması"]
    assert titles(client.get(f"{STORE}?min_price=80,01")) == ["Yaşlı maması"]


def test_availability_and_seller_narrow(client):
    make.product("Tükenmiş", stock=0, by=make.seller("Işık"))
    make.product("Stokta", by=make.seller("Çınar"))

    assert titles(client.get(f"{STORE}?in_stock=1")) == ["Stokta"]
    assert titles(client.get(f"{STORE}?seller={make.seller('Işık').code}")) == ["Tükenmiş"]


def test_orders(client):
    for price in ("20.00", "10.00", "30.00"):
        make.product(f"Ürün {price}", price=price)
    make.product("Fiyatsız", price=None)

    cheapest = titles(client.get(f"{STORE}?sort=cheapest"))
    assert cheapest == ["Ürün 10.00", "Ürün 20.00", "Ürün 30.00", "Fiyatsız"]
    assert titles(client.get(f"{STORE}?sort=dearest")) == [
        "Ürün 30.00",
        "Ürün 20.00",
        "Ürün 10.00",
        "Fiyatsız",
    ]
    assert titles(client.get(STORE))[0] == "Fiyatsız"


def test_chosen_filters_can_be_taken_back_one_by_one(client):
    make.product()
    response = client.get(f"{STORE}?age=yavru&in_stock=1&max_price=50&q=mama")

    assert titles(response) == []
    chips = {chip["label"]: chip["url"] for chip in response.context["chips"]}
    assert chips["yavru"] == "?q=mama&max_price=50&in_stock=1&sort=relevance"
    assert len(chips) == 3
    for url in chips.values():
        assertContains(response, f'href="{STORE}{url.replace("&", "&amp;")}"')


@pytest.mark.parametrize(
    "words", ["mama", "MAMA", "kopek", "Köpek", "köpek mama", "kopek maması", "KÖPEK MAMASI", "isik"]
)
def test_search_folds_letters(client, shelves, words):
    make.product("Kuzulu köpek maması", shelf=shelves["dog"], by=make.seller("Işık Pet Market"))
    make.product("Akvaryum filtresi", by=make.seller("Güneş Ambar"))

    assert titles(client.get(STORE, {"q": words})) == ["Kuzulu köpek maması"]


def test_search_learns_new_shelf_and_title(client, shelves):
    product = make.product("Çubuk")
    assert titles(client.get(f"{STORE}?q=kopek")) == []
    product.productcategory_set.create(category=shelves["dog"])
    assert titles(client.get(f"{STORE}?q=kopek")) == ["Çubuk"]
    product.title = "Kemik"
    product.save()
    assert titles(client.get(f"{STORE}?q=kemik")) == ["Kemik"]


BAD_LISTS = {
    "page=abc": 404,
    "page=9999": 404,
    "page=-1": 404,
    "page=0": 404,
    "page=" + "9" * 400: 404,
    "min_price=abc": 200,
    "max_price=-1": 200,
    "max_price=1e999": 200,
    "min_price=" + "9" * 5000: 200,
    "q=" + "a" * 10_000: 200,
    "q=%27%22%3B--%3Cscript%3E": 200,
    "q=%26%7C%21%28%29%3A%2A": 200,
    "q=%00": 400,
    "q=%ff%fe": 200,
    "sort=drop+table": 200,
    "age=" + "x" * 5000: 200,
    "seller=%F0%9F%90%88": 200,
    "in_stock=yes": 200,
    "species=kedi&species=" + "&species=".join("abcdefghij"): 200,
}


@pytest.mark.parametrize("query", BAD_LISTS, ids=[query[:30] for query in BAD_LISTS])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_bad_input_never_breaks_the_list(client, query, prefix):
    make.product()
    assert client.get(f"{prefix}{STORE}?{query}").status_code == BAD_LISTS[query]


def test_unreadable_price_is_said(client):
    make.product()
    assertContains(client.get(f"{STORE}?min_price=%3Cb%3E"), "&lt;b&gt;")


def test_wrong_addresses(client, shelves):
    product = make.product("Kedi maması")
    pk = product.pk
    good = f"{STORE}kedi-mamasi_{pk}/"
    for address, status in {
        good: 200,
        f"{STORE}baska_{pk}/": 301,
        f"{STORE}_{pk}/": 301,
        f"{STORE}kedi-mamasi_0/": 404,
        f"{STORE}kedi-mamasi_{pk + 99}/": 404,
        f"{STORE}kedi-mamasi_9999999999/": 404,
        f"{STORE}kedi-mamasi_{'9' * 30}/": 404,
        f"{STORE}kedi-mamasi/": 404,
        f"{STORE}kategori/kedi_{shelves['cat'].pk}/": 200,
        f"{STORE}kategori/baska_{shelves['cat'].pk}/": 301,
        f"{STORE}kategori/kedi_99999/": 404,
        f"{STORE}kategori/kedi_9999999999/": 404,
        f"{STORE}catalogue/": 404,
        f"{STORE}dashboard/": 404,
        f"{STORE}basket/": 404,
    }.items():
        assert client.get(address).status_code == status, address
    assert client.get(f"{STORE}baska_{pk}/?x=1")["Location"] == f"{good}?x=1"


def test_product_that_is_not_public(client, admin, deniz, shelves):
    product = make.product("Gizli ürün", shelf=shelves["food"], is_public=False)
    address = product.get_absolute_url()

    assert client.get(address).status_code == 404
    assert titles(client.get(STORE)) == []
    client.force_login(deniz)
    assert client.get(address).status_code == 404
    client.force_login(admin)
    assert client.get(address).status_code == 200


def test_hidden_shelf_is_gone_with_all_below_it(client, shelves):
    shelves["cat"].is_public = False
    shelves["cat"].save()

    assert client.get(f"{STORE}kategori/kedi/mama_{shelves['food'].pk}/").status_code == 404
    assertNotContains(client.get(STORE), "kategori/kedi")


def test_variants_stand_on_the_page_of_their_product(client):
    parent = make.product("Mama", structure="parent")
    child = make.variant(parent, "3 kg", price="300.00")
    make.variant(parent, "12 kg", price="900.00", stock=0)

    response = client.get(parent.get_absolute_url())
    assertContains(response, "₺300,00")
    assertContains(response, f'value="{child.pk}"')
    assert client.get(child.get_absolute_url())["Location"] == parent.get_absolute_url()
    assert titles(client.get(STORE)) == ["Mama"]


def test_prices_and_unit_prices_are_shown_as_people_read_them(client):
    product = make.product(price="1189.00")
    make.weigh(product, 3000)

    turkish, english = client.get(product.get_absolute_url()), client.get(f"/en{product.get_absolute_url()}")
    assertContains(turkish, "₺1.189,00")
    assertContains(turkish, "₺396,33/kg")
    assertContains(english, "₺1,189.00")
    assertContains(turkish, "3 kg")


def test_text_of_sellers_is_never_markup(client):
    product = make.product("<script>alert(1)</script>", description="<img src=x onerror=alert(1)>")

    for address in (STORE, product.get_absolute_url()):
        assertNotContains(client.get(address), "<script>alert")
        assertNotContains(client.get(address), "<img src=x")


def test_visitor_gets_no_cookie_for_looking(client, shelves):
    product = make.product(shelf=shelves["food"])
    for address in (STORE, f"{STORE}?q=mama", product.get_absolute_url(), reverse("basket:summary")):
        response = client.get(address)
        assert not response.cookies, address

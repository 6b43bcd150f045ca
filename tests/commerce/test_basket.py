"""The basket: add, change, remove, put back, carry along at sign-in."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from oscar.core.loading import get_model
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories import commerce as make

Basket = get_model("basket", "Basket")
Line = get_model("basket", "Line")
pytestmark = pytest.mark.django_db

BASKET = "/magaza/sepet/"


def add(client, product, quantity=1, **data):
    return client.post(reverse("basket:add", args=[product.pk]), {"quantity": quantity, **data})


def lines(client):
    return {row.line.product.title: row.line.quantity for row in client.get(BASKET).context["rows"]}


def test_what_was_added_waits_in_the_basket(client):
    product = make.product("Kum", price="289.00")

    assertRedirects(add(client, product, 2), BASKET)
    response = client.get(BASKET)
    assert lines(client) == {"Kum": 2}
    assertContains(response, "₺578,00")
    assert response.context["basket"].total_incl_tax == Decimal("578.00")
    assert response.context["basket"].total_tax == 2 * Decimal("48.17")


def test_visitor_gets_only_the_basket_cookie(client):
    response = add(client, make.product())

    assert set(response.cookies) == {settings.OSCAR_BASKET_COOKIE_OPEN, "messages"}
    cookie = response.cookies[settings.OSCAR_BASKET_COOKIE_OPEN]
    assert cookie["httponly"]


def test_empty_basket_leads_to_the_store(client):
    response = client.get(BASKET)
    assertContains(response, 'href="/magaza/"')
    assert Basket.objects.count() == 0


def test_adding_twice_adds_up(client):
    product = make.product("Kum")
    add(client, product, 2)
    add(client, product, 3)
    assert lines(client) == {"Kum": 5}


def test_quantity_can_be_changed(client):
    add(client, make.product("Kum", stock=7))
    line = Line.objects.get()

    assertRedirects(client.post(reverse("basket:change", args=[line.pk]), {"quantity": 7}), BASKET)
    assert lines(client) == {"Kum": 7}
    client.post(reverse("basket:change", args=[line.pk]), {"quantity": 8})
    assert lines(client) == {"Kum": 7}


@pytest.mark.parametrize("way", ["remove", "zero"])
def test_removed_product_can_be_put_back(client, way):
    product = make.product("Kum")
    add(client, product, 3)
    line = Line.objects.get()

    if way == "remove":
        response = client.post(reverse("basket:remove", args=[line.pk]))
    else:
        response = client.post(reverse("basket:change", args=[line.pk]), {"quantity": 0})
    page = client.get(response["Location"])
    assert lines(client) == {}
    assertContains(page, reverse("basket:add", args=[product.pk]))
    add(client, product, page.context["removed"]["quantity"])
    assert lines(client) == {"Kum": 3}


@pytest.mark.parametrize(
    "query",
    [
        "removed=abc&quantity=1",
        "removed=0&quantity=1",
        "removed=%s" % ("9" * 30),
        "quantity=1",
        "removed=-1&quantity=x",
    ],
)
def test_invented_undo_is_ignored(client, query):
    response = client.get(f"{BASKET}?{query}")
    assert response.status_code == 200
    assert response.context["removed"] is None


@pytest.mark.parametrize(
    "quantity", ["-1", "0", "abc", "", "1.5", "1e3", str(10**9), "9" * 5000, "\0", "11", "٣x"]
)
def test_bad_quantity_adds_nothing_and_says_why(client, quantity):
    product = make.product(stock=10)
    response = add(client, product, quantity)

    assertRedirects(response, product.get_absolute_url(), fetch_redirect_response=False)
    assert Line.objects.count() == 0
    assert len(list(client.get(product.get_absolute_url()).context["messages"])) == 1


@pytest.mark.parametrize("quantity", ["-1", "abc", str(10**9), "9" * 5000, "\0", "11"])
def test_bad_change_changes_nothing(client, quantity):
    add(client, make.product(stock=10), 2)
    line = Line.objects.get()
    assertRedirects(client.post(reverse("basket:change", args=[line.pk]), {"quantity": quantity}), BASKET)
    line.refresh_from_db()
    assert line.quantity == 2


def test_what_cannot_be_sold_cannot_be_added(client):
    hidden = make.product(is_public=False)
    parent = make.product(structure="parent")
    child = make.variant(parent, "3 kg")

    for pk in (hidden.pk, child.pk, 0, hidden.pk + 999, 9_999_999_999, int("9" * 30)):
        assert client.post(f"{BASKET}ekle/{pk}/", {"quantity": 1}).status_code == 404, pk
    for product in (make.product(stock=0), make.product(price=None), parent):
        assertRedirects(add(client, product), product.get_absolute_url())
    assert Line.objects.count() == 0


def test_variant_is_added_by_its_product(client):
    parent = make.product("Mama", structure="parent")
    child = make.variant(parent, "3 kg", price="300.00")
    stranger = make.variant(make.product(structure="parent"), "Başka")

    add(client, parent, 1, child_id=stranger.pk)
    assert lines(client) == {}
    add(client, parent, 1, child_id=child.pk)
    assert lines(client) == {"3 kg": 1}


def test_only_post_changes_anything(client):
    add(client, make.product())
    pk = Line.objects.get().pk
    for address in (
        reverse("basket:add", args=[1]),
        reverse("basket:change", args=[pk]),
        reverse("basket:remove", args=[pk]),
    ):
        assert client.get(address).status_code == 405
    assert Line.objects.count() == 1


def test_line_of_another_basket_does_not_exist_here(client):
    add(client, make.product("Kum"))
    pk = Line.objects.get().pk
    stranger = Client(headers={"origin": "http://testserver"})

    for _ in ("without a basket", "with one"):
        assert stranger.post(reverse("basket:change", args=[pk]), {"quantity": 5}).status_code == 404
        assert stranger.post(reverse("basket:remove", args=[pk])).status_code == 404
        add(stranger, make.product("Tarak"))
    assert lines(client) == {"Kum": 1}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://testserver"}, 302),
        ({"referer": "http://testserver/magaza/"}, 302),
        ({"sec-fetch-site": "same-origin"}, 302),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://kotu.example"}, 403),
        ({"origin": "null"}, 403),
        ({"referer": "http://testserver.kotu.example/"}, 403),
        ({}, 403),
    ],
)
def test_foreign_pages_cannot_fill_a_basket(headers, status):
    product = make.product()
    browser = Client(enforce_csrf_checks=True, headers=headers)

    assert add(browser, product).status_code == status
    assert Line.objects.count() == (1 if status == 302 else 0)


def test_changing_needs_the_token(client):
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    add(strict, make.product())
    pk = Line.objects.get().pk
    assert strict.post(reverse("basket:remove", args=[pk])).status_code == 403
    token = strict.get(BASKET).cookies["csrftoken"].value
    assert strict.post(reverse("basket:remove", args=[pk]), {"csrfmiddlewaretoken": token}).status_code == 302


def test_baskets_become_one_at_sign_in(client, ayse):
    kum, tarak = make.product("Kum"), make.product("Tarak")
    own = Basket.objects.create(owner=ayse)
    own.lines.create(
        product=tarak,
        stockrecord=tarak.stockrecords.get(),
        line_reference=f"{tarak.pk}_{tarak.stockrecords.get().pk}",
    )
    add(client, kum, 2)

    client.force_login(ayse)
    assert lines(client) == {"Kum": 2, "Tarak": 1}
    assert Basket.open.filter(owner=ayse).count() == 1
    assert client.cookies[settings.OSCAR_BASKET_COOKIE_OPEN].value == ""
    assert lines(client) == {"Kum": 2, "Tarak": 1}


@pytest.mark.parametrize("cookie", ["", "1", "1:forged", "abc:def", "\u0131:x", "9" * 4000])
def test_forged_basket_cookie_opens_nothing(client, cookie):
    add(client, make.product())
    stranger = Client(headers={"origin": "http://testserver"})
    stranger.cookies[settings.OSCAR_BASKET_COOKIE_OPEN] = cookie.encode("ascii", "ignore").decode()

    response = stranger.get(BASKET)
    assert response.status_code == 200
    assert response.context["rows"] == []


def test_line_says_what_has_changed(client):
    product = make.product("Kum", price="100.00", stock=5)
    add(client, product, 4)
    tag = product.stockrecords.get()

    tag.price = Decimal("110.00")
    tag.save()
    assertContains(client.get(BASKET), "₺110,00")
    tag.num_in_stock = 2
    tag.save()
    assert "2" in client.get(BASKET).context["rows"][0].notice
    tag.num_in_stock = 0
    tag.save()
    assert client.get(BASKET).context["rows"][0].notice


def test_line_keeps_its_seller(client):
    product = make.product("Kum", price="100.00")
    add(client, product)
    make.offer(product, "90.00", by=make.seller("Çınar Mama"))

    row = client.get(BASKET).context["rows"][0]
    assert row.line.unit == Decimal("100.00")
    assertContains(client.get(BASKET), "Işık Pet Market")


def test_discount_is_counted_from_the_price_with_kdv(client):
    make.discount(10)
    add(client, make.product(price="120.00"), 2)

    response = client.get(BASKET)
    basket = response.context["basket"]
    assert (basket.total_incl_tax, basket.total_tax) == (Decimal("216.00"), Decimal("36.00"))
    assertContains(response, "Bahar indirimi")
    assertContains(response, "−₺24,00")


def test_basket_costs_the_same_for_one_and_for_many_lines(client):
    add(client, make.product("Kum 0"))
    client.get(BASKET)
    with CaptureQueriesContext(connection) as one:
        client.get(BASKET)
    for number in range(1, 12):
        add(client, make.product(f"Kum {number}", by=make.seller(f"Satıcı {number}")))
    client.get(BASKET)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(BASKET).context["rows"]) == 12

    assert len(one) == len(many), [query["sql"][:150] for query in many]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_cannot_be_ordered_does_not_reach_the_checkout(client, prefix):
    add(client, make.product())
    response = client.get(f"{prefix}/magaza/odeme/")
    assertRedirects(response, f"{prefix}{BASKET}")
    assertNotContains(client.get(f"{prefix}{BASKET}"), "/odeme/")


def test_visitor_without_a_basket_costs_no_query_for_it(client):
    """Oscar's middleware and the basket in the header of every page."""
    make.product()
    with CaptureQueriesContext(connection) as queries:
        client.get("/magaza/")
    assert not [query["sql"] for query in queries if "basket" in query["sql"] or "session" in query["sql"]]

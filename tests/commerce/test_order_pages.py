"""The page of an order: for its buyer, for a guest by her link, for nobody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from oscar.core.loading import get_model

from commerce import order_links
from core.models import Line
from tests.factories import commerce, sales

pytestmark = pytest.mark.django_db

Basket = get_model("basket", "Basket")
Order = get_model("order", "Order")


@pytest.fixture
def shop(bora):
    sales.rate()
    commerce.law()
    return commerce.shop(bora)


@pytest.fixture
def product(shop):
    return commerce.product("Kum", "120.00", by=shop.partner, stock=50)


@pytest.fixture
def order(ayse, product):
    return commerce.order_basket(commerce.basket(ayse, (product, 2)), ayse)


@pytest.fixture
def guests(product):
    return commerce.order_basket(commerce.basket(None, (product, 1)))


PARTS = ["", "sozlesme/1/", "ode/", "vazgec/", "tekrar/"]


def ask(client, path, part):
    return client.get(path) if part in PARTS[:2] else client.post(path)


@pytest.mark.parametrize("part", PARTS)
def test_a_strangers_order_is_gone(client, ayse, deniz, order, guests, part):
    mine, hers = f"/panel/siparisler/{order.number}/{part}", f"/siparis/{guests.number}/{part}"
    assert ask(Client(), mine, part).status_code == 302
    for path in (mine, hers, f"/siparis/{order.number}/{part}", f"{hers}?anahtar=x"):
        client.force_login(deniz)
        assert ask(client, path, part).status_code == 404, path
    assert ask(Client(), hers, part).status_code == 404
    assert Order.objects.filter(status="pending").count() == 2


def test_paper_and_state_stand_on_it(client, ayse, product):
    order = commerce.paid(commerce.order_basket(commerce.basket(ayse, (product, 2)), ayse))
    client.force_login(ayse)
    page = client.get(f"/panel/siparisler/{order.number}/")
    text = page.content.decode()
    for words in ("Kum", "₺289,90", "Standart teslimat", "Onay bekliyor", "Fatura"):
        assert words in text, words
    _document, url = page.context["documents"][0]
    assert client.get(url).content.startswith(b"%PDF")
    _parcel, contract = page.context["parcels"][0]
    answer = client.get(contract)
    assert answer.content.startswith(b"%PDF")
    assert order.parcels.get().contract.pdf_state == "made"
    assert Client().get(url).status_code == 302


def test_unpaid_it_asks_for_payment(client, ayse, order):
    client.force_login(ayse)
    assert "Şimdi öde" in client.get(f"/panel/siparisler/{order.number}/").content.decode()
    answer = client.post(f"/panel/siparisler/{order.number}/ode/")
    assert answer["Location"].startswith("/odeme/")
    assert client.get(answer["Location"]).status_code == 200
    assert client.post(f"/panel/siparisler/{order.number}/ode/")["Location"] == answer["Location"]


def test_a_guest_comes_by_her_link_and_it_leaves_the_address(client, guests):
    link = order_links.path(guests)
    answer = client.get(link)
    assert answer["Location"] == f"/siparis/{guests.number}/"
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert page.context["order"] == guests
    assert client.get(f"/siparis/{guests.number}/sozlesme/1/").content.startswith(b"%PDF")
    assert client.get(f"/siparis/{guests.number}/sozlesme/2/").status_code == 404


def test_a_member_reaches_hers_in_the_panel(client, ayse, order):
    client.force_login(ayse)
    assert client.get(f"/siparis/{order.number}/")["Location"] == f"/panel/siparisler/{order.number}/"


def test_list_is_filtered_and_searched(client, ayse, product, order):
    paid = commerce.paid(commerce.order_basket(commerce.basket(ayse, (product, 1)), ayse))
    client.force_login(ayse)

    def numbers(query):
        return {one.number for one in client.get(f"/panel/siparisler/?{query}").context["page"]}

    assert numbers("") == {order.number, paid.number}
    assert numbers("durum=odeme") == {order.number}
    assert numbers("durum=yolda") == {paid.number}
    assert numbers("durum=tamam") == numbers("durum=iptal") == numbers("ara=yok") == set()
    assert numbers(f"ara={paid.number}") == {paid.number}
    assert numbers("ara=Kum") == {order.number, paid.number}


def test_bought_again_what_is_gone_is_said(client, ayse, shop, product):
    other = commerce.product("Tasma", "50.00", by=shop.partner)
    order = commerce.order_basket(commerce.basket(ayse, (product, 2), (other, 1)), ayse)
    other.delete()
    client.force_login(ayse)
    answer = client.post(f"/panel/siparisler/{order.number}/tekrar/", follow=True)
    assert "Şu an satılmıyor: Tasma" in answer.content.decode()
    assert Basket.open.get(owner=ayse).lines.get().quantity == 2


@pytest.mark.parametrize("many", [1, 8])
def test_queries_of_the_page_do_not_grow(client, ayse, shop, many):
    goods = [(commerce.product(f"Ürün {n}", "10", by=shop.partner), 1) for n in range(many)]
    order = commerce.paid(commerce.order_basket(commerce.basket(ayse, *goods), ayse))
    client.force_login(ayse)
    client.get(f"/panel/siparisler/{order.number}/")
    with CaptureQueriesContext(connection) as found:
        client.get(f"/panel/siparisler/{order.number}/")
    assert len(found) == QUERIES, [one["sql"][:120] for one in found]


QUERIES = 22


def test_a_way_of_delivery_is_kept_by_its_seller(client, bora, shop):
    client.force_login(bora)
    here = f"/isletme/{shop.slug}/magaza/teslimat/"
    assert "Standart teslimat" in client.get(here).content.decode()
    given = {"name": "Kurye", "price": "39,90", "free_above": "", "days_from": "2", "days_to": "1"}
    answer = client.post(f"{here}ekle/", given | {"provinces": ["34"], "is_open": "on"})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"days_to"})
    client.post(f"{here}ekle/", given | {"days_to": "3", "provinces": ["34"], "is_open": "on"})
    option = shop.delivery_options.get()
    assert (str(option.price), option.provinces) == ("39.90", ["34"])
    assert client.post(f"{here}ekle/", given | {"days_to": "3"}).status_code == 422
    assert client.get(f"{here}{option.pk}/sil/").status_code == 200
    client.post(f"{here}{option.pk}/sil/")
    assert not shop.delivery_options.exists()
    assert Line.objects.filter(name="commerce.delivery_changed").count() == 2

"""Who sells, said in public: the page of a seller, the links to it, the contract."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from oscar.core.loading import get_model

from commerce import papers, sellers
from core import journal
from teams import events
from teams.models import Business
from teams.states import MOVES, Status
from tests.factories import commerce, teams

pytestmark = pytest.mark.django_db
Partner = get_model("partner", "Partner")


@pytest.fixture
def shop(bora):
    return commerce.shop(bora)


def page_of(shop, client):
    return client.get(f"/magaza/satici/{shop.partner.code}/")


def test_it_says_who_sells_and_how_it_delivers(client, shop):
    commerce.product(by=shop.partner, stock=5)
    page = page_of(shop, client).content.decode()
    for said in (
        shop.legal_name,
        shop.mersis,
        shop.kep,
        shop.trade_registry,
        shop.email,
        "Standart teslimat",
    ):
        assert said in page
    assert f"/magaza/?seller={shop.partner.code}" in page


def test_a_craftsman_is_told_with_the_chamber(client, shop):
    nothing = dict.fromkeys(teams.TRADER, "")
    Business.objects.filter(pk=shop.pk).update(**nothing, chamber="Beşiktaş Esnaf Odası, 34-1")
    page = page_of(shop, client).content.decode()
    assert "Beşiktaş Esnaf Odası, 34-1" in page
    assert "MERSİS numarası" not in page


def test_an_identity_number_is_not_told_whole(client, shop):
    Business.objects.filter(pk=shop.pk).update(tax_number="10000000146")
    assert "10000000146" not in page_of(shop, client).content.decode()


def test_who_bought_may_still_look_up_a_seller_that_stopped(client, shop):
    MOVES.move(shop, Status.SUSPENDED, event=events.SUSPENDED)
    journal.sweep()
    answer = page_of(shop, client)
    assert shop.mersis in answer.content.decode()
    assert "şu an satış yapmıyor" in answer.content.decode()


def test_there_is_no_page_without_a_business_that_we_know(client, bora):
    unknown = commerce.seller("Işık")
    assert client.get(f"/magaza/satici/{unknown.code}/").status_code == 404
    unknown.business = teams.business(bora, "Taslak", "shop")
    unknown.save()
    assert client.get(f"/magaza/satici/{unknown.code}/").status_code == 404
    assert client.get("/magaza/satici/yok/").status_code == 404


def test_the_product_page_leads_to_each_seller_in_one_query_more_for_none(client, bora, cem, shop):
    product = commerce.product(by=shop.partner, stock=5)
    with CaptureQueriesContext(connection) as one:
        page = client.get(product.get_absolute_url()).content.decode()
    assert f"/magaza/satici/{shop.partner.code}/" in page
    other = commerce.shop(cem, "Çınar Mama")
    product.stockrecords.create(partner=other.partner, partner_sku="x", price=1, num_in_stock=1)
    with CaptureQueriesContext(connection) as two:
        page = client.get(product.get_absolute_url()).content.decode()
    assert f"/magaza/satici/{other.partner.code}/" in page
    assert len(two) == len(one)


def test_the_contract_names_the_seller_as_the_law_wants(shop):
    said = dict(papers.identity(shop, shop.locations.get()))
    assert said["MERSİS numarası"] == shop.mersis
    assert said["KEP adresi"] == shop.kep
    assert said["Ticaret sicili"] == shop.trade_registry


def test_without_these_facts_nothing_is_sold(client, bora):
    shop = teams.verified(bora, "Taze Dükkân", "shop", mersis="")
    assert not sellers.may_sell(shop)
    client.force_login(bora)
    page = client.get("/isletme/taze-dukkan/urunler/")
    assert "MERSİS" in page.content.decode()
    assert not Partner.objects.exists()
    Business.objects.filter(pk=shop.pk).update(chamber="Oda, 1")
    client.get("/isletme/taze-dukkan/urunler/")
    assert Partner.objects.get(business=shop).is_selling


def test_a_seller_that_loses_them_stops(shop):
    Business.objects.filter(pk=shop.pk).update(kep="")
    shop.refresh_from_db()
    assert sellers.follow(shop)
    assert not Partner.objects.get(business=shop).is_selling

"""Webhooks of the store: which goods to read anew, told once, to whoever asked, and of drafts nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from api import events
from api.models import Delivery, Webhook
from commerce import events as store
from commerce import goods, sellers
from core import journal
from core.models import Line
from teams.models import Business
from tests.factories import commerce, sales

pytestmark = pytest.mark.django_db
Product = get_model("catalogue", "Product")


@pytest.fixture
def shop(bora):
    sales.taxes()
    sales.rate()
    return commerce.shop(bora)


@pytest.fixture
def food(shop):
    return commerce.product(by=shop.partner, stock=9)


@pytest.fixture
def hook():
    return Webhook.objects.create(url="https://ornek.test/", events=list(events.STORE))


def told(name: str) -> list[dict]:
    while journal.sweep():
        pass
    return [line.data for line in Line.objects.filter(name=name).order_by("pk")]


def test_a_new_price_names_its_product(hook, food, bora):
    goods.set_price(record=food.stockrecords.get(), price=Decimal("1"), by=bora, now=timezone.now())
    [data] = told(events.PRODUCTS_CHANGED)
    assert (data["products"], data["seller"]) == ([food.pk], "")
    assert Delivery.objects.get(line__name=events.PRODUCTS_CHANGED).webhook == hook


def test_a_draft_is_not_told_and_what_leaves_is(hook, shop, food, bora):
    Product.objects.filter(pk=food.pk).update(is_public=False)
    journal.write(store.PRODUCT_SAVED, subject=food)
    assert told(events.PRODUCTS_CHANGED) == []
    goods.withdraw(partner=shop.partner, product=food, by=bora, now=timezone.now())
    assert [data["products"] for data in told(events.PRODUCTS_CHANGED)] == [[food.pk]]


def test_an_order_and_its_cancellation_move_stock(hook, food, ayse):
    order = commerce.placed(ayse, (food, 2))
    journal.write(store.ORDER_PLACED, subject=order)
    assert [data["products"] for data in told(events.STOCK_CHANGED)] == [[food.pk]]
    commerce.paid(order)
    parcel = order.parcels.get()
    journal.write(store.PARCEL_CANCELLED, subject=parcel)
    assert [data["products"] for data in told(events.STOCK_CHANGED)] == [[food.pk]] * 2


def test_a_seller_who_counts_moves_stock(hook, food, bora):
    tag = food.stockrecords.get()
    for number in (4, 4):  # the second time nothing changes
        goods.set_stock(record=tag, number=number, reason="counted", by=bora, now=timezone.now())
    assert [data["products"] for data in told(events.STOCK_CHANGED)] == [[food.pk]]


def test_a_seller_that_stops_is_told_by_its_code(hook, shop, food):
    Business.objects.filter(pk=shop.pk).update(kep="")
    shop.refresh_from_db()
    sellers.follow(shop)
    [data] = told(events.PRODUCTS_CHANGED)
    assert (data["products"], data["seller"]) == ([], shop.partner.code)


def test_nothing_is_written_while_nobody_listens(food, bora):
    Webhook.objects.create(url="https://ornek.test/", events=list(events.CONTENT))
    Webhook.objects.create(url="https://ornek.test/2/", events=list(events.STORE), active=False)
    goods.set_price(record=food.stockrecords.get(), price=Decimal("1"), by=bora, now=timezone.now())
    assert told(events.PRODUCTS_CHANGED) == told(events.STOCK_CHANGED) == []

"""A basket becomes an order exactly once, exactly as it was confirmed."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import services, stock
from commerce.errors import AlreadyOrdered, BasketChanged, NothingToOrder, TextsMissing
from commerce.models import Contract, DeliveryOption
from commerce.order.parcels import SellerOrder
from commerce.states import OrderStatus, ParcelStatus
from core import business_days
from core.models import Line as JournalLine
from legal.models import Version
from teams import modules
from teams import services as teams
from teams.models import Business
from teams.states import Status
from tests.factories import commerce, sales

pytestmark = pytest.mark.django_db

Basket = get_model("basket", "Basket")
Order = get_model("order", "Order")
OrderDiscount = get_model("order", "OrderDiscount")
OrderLine = get_model("order", "Line")
Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
Voucher = get_model("voucher", "Voucher")
D = Decimal


@pytest.fixture
def two_shops(bora, cem):
    sales.rate()
    commerce.law()
    return [commerce.shop(bora, "Işık Pet Market"), commerce.shop(cem, "Çınar Mama")]


@pytest.fixture
def goods(two_shops):
    first, second = two_shops
    return [
        commerce.product("Kedi maması", "189.90", by=first.partner, stock=5),
        commerce.product("Tasma", "75.50", by=second.partner, stock=5),
        commerce.product("Kum", "240.00", by=second.partner, stock=5),
    ]


def allocated(product):
    return product.stockrecords.get().num_allocated or 0


def refused(basket, user=None, **more):
    with pytest.raises(BasketChanged) as error:
        commerce.order_basket(basket, user, **more)
    assert not Order.objects.exists()
    assert Basket.objects.get(pk=basket.pk).status == Basket.OPEN
    return {(one.title, one.text) for one in error.value.changes}


def test_an_order_of_two_sellers(ayse, goods):
    basket = commerce.basket(ayse, (goods[0], 2), (goods[1], 1), (goods[2], 1))
    order = commerce.order_basket(basket, ayse)
    first, second = order.parcels.order_by("position")
    assert (first.goods, first.delivery, first.total) == (D("379.80"), D("49.90"), D("429.70"))
    assert (second.goods, second.delivery) == (D("315.50"), D("49.90"))
    assert order.total_incl_tax == first.total + second.total
    assert (order.status, first.status) == (OrderStatus.PENDING, ParcelStatus.UNPAID)
    assert order.pay_until > timezone.now()
    assert [allocated(one) for one in goods] == [2, 1, 1]
    assert Basket.objects.get(pk=basket.pk).status == Basket.SUBMITTED
    assert order.shipping_address.line4 == "Kadıköy"
    assert len(order.number) == 10
    assert JournalLine.objects.filter(name="commerce.order_placed").count() == 1


def test_lines_are_frozen_with_price_vat_and_right_of_return(ayse, goods):
    order = commerce.order_basket(commerce.basket(ayse, (goods[0], 2)), ayse)
    line = order.lines.get()
    assert (line.line_price_incl_tax, line.vat_percent) == (D("379.80"), D(20))
    assert line.line_price_incl_tax - line.line_price_excl_tax == D("63.30")
    assert (line.title, line.withdrawal, line.num_allocated) == ("Kedi maması", "allowed", 2)


def test_each_parcel_has_what_was_confirmed(ayse, goods):
    order = commerce.order_basket(commerce.basket(ayse, (goods[0], 1), (goods[1], 1)), ayse)
    for parcel in order.parcels.all():
        facts = parcel.contract.facts
        assert parcel.business.legal_name in str(facts["seller"])
        assert parcel.contract.information.document == "on-bilgilendirme"
        assert facts["lines"][0]["title"] in ("Kedi maması", "Tasma")
        assert parcel.contract.informed_at <= parcel.contract.agreed_at


def test_pressed_twice_it_is_one_order(ayse, goods):
    basket = commerce.basket(ayse, (goods[0], 1))
    agreed = commerce.seen(basket, ayse)
    first = commerce.order_basket(basket, ayse, key="k", agreed=agreed)
    assert commerce.order_basket(basket, ayse, key="k", agreed=agreed) == first
    assert allocated(goods[0]) == 1


def test_another_tab_orders_nothing_more(ayse, goods):
    basket = commerce.basket(ayse, (goods[0], 1))
    agreed = commerce.seen(basket, ayse)
    first = commerce.order_basket(basket, ayse, key="one", agreed=agreed)
    with pytest.raises(AlreadyOrdered) as error:
        commerce.order_basket(basket, ayse, key="other", agreed=agreed)
    assert error.value.order == first


def test_anothers_key_or_basket_orders_nothing(ayse, deniz, goods):
    basket = commerce.basket(ayse, (goods[0], 1))
    agreed = commerce.seen(basket, ayse)
    with pytest.raises(NothingToOrder):
        commerce.order_basket(basket, deniz, agreed=agreed)
    commerce.order_basket(basket, ayse, key="k", agreed=agreed)
    with pytest.raises(NothingToOrder):
        commerce.order_basket(commerce.basket(deniz, (goods[1], 1)), deniz, key="k")


def test_an_empty_basket_orders_nothing(ayse, goods):
    with pytest.raises(NothingToOrder):
        commerce.order_basket(commerce.basket(ayse), ayse)


def test_a_guest_orders_by_mail_and_name(goods):
    order = commerce.order_basket(commerce.basket(None, (goods[0], 1)))
    assert (order.user, order.email, order.buyer_name) == (None, "misafir@ornek.test", "Deniz Korkmaz")


# --- What changed while she was in the checkout ----------------------------------------------


def test_changed_price_is_named(ayse, goods):
    basket = commerce.basket(ayse, (goods[0], 1))
    agreed = commerce.seen(basket, ayse)
    StockRecord.objects.filter(product=goods[0]).update(price="199.90")
    assert refused(basket, ayse, agreed=agreed) == {("Kedi maması", "Artık ₺199,90; sen ₺189,90 görmüştün.")}


def test_deleted_product_is_named(ayse, goods):
    basket = commerce.basket(ayse, (goods[0], 1), (goods[1], 1))
    agreed = commerce.seen(basket, ayse)
    goods[0].delete()
    assert ("Kedi maması", "Artık satılmıyor.") in refused(basket, ayse, agreed=agreed)


def test_unpublished_product_is_named(ayse, goods):
    basket = commerce.basket(ayse, (goods[0], 1))
    agreed = commerce.seen(basket, ayse)
    Product.objects.filter(pk=goods[0].pk).update(is_public=False)
    assert [title for title, _text in refused(basket, ayse, agreed=agreed)] == ["Kedi maması"]


def test_suspended_seller_is_named(ayse, goods, two_shops):
    basket = commerce.basket(ayse, (goods[0], 1))
    agreed = commerce.seen(basket, ayse)
    Business.objects.filter(pk=two_shops[0].pk).update(status=Status.SUSPENDED)
    assert "satış yapmıyor" in str(refused(basket, ayse, agreed=agreed))


def test_a_seller_whose_store_is_off_sells_nothing(ayse, goods, two_shops, bora):
    basket = commerce.basket(ayse, (goods[0], 1))
    agreed = commerce.seen(basket, ayse)
    teams.switch_module(business=two_shops[0], module=modules.STORE, is_on=False, by=bora)
    assert "satış yapmıyor" in str(refused(basket, ayse, agreed=agreed))


def test_gone_stock_is_named(ayse, goods):
    basket = commerce.basket(ayse, (goods[0], 2))
    agreed = commerce.seen(basket, ayse)
    StockRecord.objects.filter(product=goods[0]).update(num_in_stock=1)
    assert "1 adet" in str(refused(basket, ayse, agreed=agreed))


def test_expired_voucher_is_named_with_the_new_total(ayse, goods):
    commerce.voucher()
    basket = commerce.basket(ayse, (goods[0], 1))
    basket.vouchers.add(Voucher.objects.get())
    agreed = commerce.seen(basket, ayse)
    Voucher.objects.update(end_datetime=timezone.now() - timedelta(minutes=1))
    assert [title for title, _text in refused(basket, ayse, agreed=agreed)] == ["PATI10"]


def test_changed_quantity_of_another_tab_is_named(ayse, goods):
    basket = commerce.basket(ayse, (goods[0], 1))
    agreed = commerce.seen(basket, ayse)
    basket.lines.update(quantity=3)
    assert [title for title, _text in refused(basket, ayse, agreed=agreed)] == ["Kedi maması"]


def test_what_was_never_shown_is_not_ordered(ayse, goods):
    from commerce.agreeing import Agreed

    assert refused(commerce.basket(ayse, (goods[0], 1)), ayse, agreed=Agreed(sha256="x"))


def test_new_text_of_law_is_confirmed_anew(ayse, goods):
    basket = commerce.basket(ayse, (goods[0], 1))
    agreed = commerce.seen(basket, ayse)
    agreed = type(agreed)(**{**vars(agreed), "sha256": "0" * 64})
    assert [title for title, _text in refused(basket, ayse, agreed=agreed)] == ["Sözleşme"]


def test_without_texts_of_law_nothing_is_sold(ayse, goods):
    basket = commerce.basket(ayse, (goods[0], 1))
    agreed = commerce.seen(basket, ayse)
    Version.objects.filter(document="cayma-formu").update(status="superseded")
    with pytest.raises(TextsMissing):
        services.place(
            key="k", basket=basket, user=ayse, wish=commerce.wish(ayse), agreed=agreed, now=timezone.now()
        )
    assert not Order.objects.exists()


def test_seller_without_a_business_sells_nothing(ayse, goods):
    loose = commerce.product("Oyuncak", by=commerce.seller("Sahipsiz"))
    assert "satış yapmıyor" in str(refused(commerce.basket(ayse, (loose, 1)), ayse))


# --- Delivery, vouchers ----------------------------------------------------------------------


def option(business, **more):
    given = {"name": "Kurye", "price": "30", "days_from": 1, "days_to": 2}
    return DeliveryOption.objects.create(business=business, **(given | more))


def test_delivery_of_the_seller_and_free_above(ayse, goods, two_shops):
    fast = option(two_shops[0], name="Hızlı", price="80", position=1)
    option(two_shops[0], free_above="300")
    basket = commerce.basket(ayse, (goods[0], 2))
    free = commerce.seen(basket, ayse)
    assert free.deliveries == (("Işık Pet Market", "0"),)
    chosen = commerce.wish(ayse, deliveries={two_shops[0].pk: str(fast.pk)})
    parcel = commerce.order_basket(basket, ayse, wish=chosen).parcels.get()
    assert (parcel.delivery, parcel.delivery_name) == (D("80.00"), "Hızlı")
    assert parcel.promised_on
    assert parcel.ship_by is None  # said with the payment


def test_a_seller_that_does_not_go_there_is_named(ayse, goods, two_shops):
    option(two_shops[0], provinces=["06"])
    changes = refused(commerce.basket(ayse, (goods[0], 1)), ayse)
    assert changes == {("Işık Pet Market", "Bu satıcı İstanbul iline göndermiyor.")}


def test_voucher_is_split_to_the_kurus_and_used(ayse, goods):
    commerce.voucher(percent=33)
    basket = commerce.basket(ayse, (goods[0], 3), (goods[1], 1), (goods[2], 1))
    basket.vouchers.add(Voucher.objects.get())
    order = commerce.order_basket(basket, ayse)
    lines = order.lines.all()
    off = sum(line.line_price_before_discounts_incl_tax - line.line_price_incl_tax for line in lines)
    assert off == OrderDiscount.objects.get(order=order).amount
    assert off == sum(one.amount for line in lines for one in line.discounts.all())
    for parcel in order.parcels.all():
        assert parcel.goods == sum(line.line_price_incl_tax for line in parcel.lines.all())
    used = Voucher.objects.get()
    assert (used.num_orders, used.total_discount) == (1, off)
    assert used.applications.get().user == ayse


def test_single_use_voucher_is_used_once(ayse, deniz, goods):
    commerce.voucher(usage=Voucher.SINGLE_USE)
    for person, total in ((ayse, D("170.91")), (deniz, D("189.90"))):
        basket = commerce.basket(person, (goods[0], 1))
        basket.vouchers.add(Voucher.objects.get())
        assert commerce.order_basket(basket, person).parcels.get().goods == total


def test_all_free_is_paid_at_once(ayse, goods, two_shops):
    option(two_shops[0], price="0")
    commerce.voucher(percent=100)
    basket = commerce.basket(ayse, (goods[0], 1))
    basket.vouchers.add(Voucher.objects.get())
    order = commerce.order_basket(basket, ayse)
    order.refresh_from_db()
    assert (order.status, order.parcels.get().status) == (OrderStatus.PAID, ParcelStatus.NEW)


# --- Guards of the database ------------------------------------------------------------------


def test_a_parcel_without_its_contract_is_impossible(ayse, goods):
    order = commerce.order_basket(commerce.basket(ayse, (goods[0], 1)), ayse)
    with pytest.raises(IntegrityError, match="contract_id"), transaction.atomic():
        SellerOrder.objects.filter(order=order).update(contract=None)


def test_a_line_without_its_parcel_is_impossible(ayse, goods):
    order = commerce.order_basket(commerce.basket(ayse, (goods[0], 1)), ayse)
    with pytest.raises(IntegrityError, match="parcel_id"), transaction.atomic():
        OrderLine.objects.filter(order=order).update(parcel=None)


@pytest.mark.parametrize(
    "change", [{"facts": {"a": 1}}, {"agreed_at": "2026-01-01T00:00Z"}, {"ip": "127.0.0.9"}]
)
def test_a_contract_cannot_be_changed(ayse, goods, change):
    commerce.order_basket(commerce.basket(ayse, (goods[0], 1)), ayse)
    with pytest.raises(IntegrityError, match="can neither be"), transaction.atomic():
        Contract.objects.update(**change)
    with pytest.raises(IntegrityError, match="can neither be"), transaction.atomic():
        Contract.objects.all()._raw_delete("default")


def test_agreeing_before_being_informed_is_impossible(ayse, goods, two_shops):
    now = timezone.now()
    made = commerce.contract(two_shops[0], now)
    made.pk, made.agreed_at, made.public_id = (
        None,
        now - timedelta(seconds=1),
        "5b0a8a4e-0f59-4d13-a2b7-111111111111",
    )
    with pytest.raises(IntegrityError, match="buyer_is_informed_before_she_agrees"), transaction.atomic():
        made.save(force_insert=True)


def test_queries_of_placing_an_order(ayse, goods):
    """Three lines of two sellers; the number does not grow with lines."""
    basket = commerce.basket(ayse, (goods[0], 1), (goods[1], 1), (goods[2], 1))
    wish, agreed = commerce.wish(ayse), commerce.seen(basket, ayse)
    fresh = Basket.objects.get(pk=basket.pk)
    with CaptureQueriesContext(
        connection,
    ) as found:
        services.place(key="k", basket=fresh, user=ayse, wish=wish, agreed=agreed, now=timezone.now())
    spoken = [one["sql"] for one in found if "SAVEPOINT" not in one["sql"]]
    assert len(spoken) <= 25, "\n".join(spoken)


def test_locks_are_taken_in_the_order_of_the_house(ayse, goods):
    """Each of them, in one sequence for everybody."""
    commerce.voucher()
    basket = commerce.basket(ayse, (goods[0], 1))
    basket.vouchers.add(Voucher.objects.get())
    agreed = commerce.seen(basket, ayse)
    with CaptureQueriesContext(connection) as found:
        commerce.order_basket(basket, ayse, agreed=agreed)
    said = [one["sql"] for one in found if " FOR UPDATE" in one["sql"] or " FOR SHARE" in one["sql"]]
    assert [re.findall(r'OF "(\w+)"|(teams_business)', sql)[-1] for sql in said] == [
        ("basket_basket", ""),
        ("", "teams_business"),
        ("voucher_voucher", ""),
        ("offer_conditionaloffer", ""),
        ("partner_stockrecord", ""),
    ]


@pytest.mark.parametrize(
    ("waited", "moved"), [(timedelta(hours=23), 0), (timedelta(days=7), 5)], ids=["card", "transfer"]
)
def test_the_promised_day_stays_as_in_the_contract(ayse, goods, waited, moved):
    """Only money that was more than a day under way moves it, as the contract says."""
    placed = timezone.make_aware(timezone.datetime(2026, 6, 1, 10))
    order = commerce.order_basket(commerce.basket(ayse, (goods[0], 1)), ayse, now=placed)
    parcel = order.parcels.get()
    arrives = dict(parcel.contract.facts["delivery"])["Teslim"]
    assert f"{parcel.promised_on.day} Haziran 2026" in arrives
    facts = parcel.from_payment(placed + waited)
    assert business_days.between(parcel.promised_on, facts["promised_on"]) == moved


def test_without_a_number_there_is_none(ayse, goods):
    """As the page says it: sold out."""
    basket = commerce.basket(ayse, (goods[0], 1))
    agreed = commerce.seen(basket, ayse)
    StockRecord.objects.filter(product=goods[0]).update(num_in_stock=None)
    assert "tükendi" in str(refused(basket, ayse, agreed=agreed))
    with pytest.raises(stock.SoldOut):
        stock.allocate({goods[0].stockrecords.get().pk: 1})


def test_what_is_not_counted_is_made_to_order(ayse, goods):
    """As the page says it: it can always be bought, and no number moves."""
    type(commerce.kind()).objects.update(track_stock=False)
    StockRecord.objects.filter(product=goods[0]).update(num_in_stock=None)
    order = commerce.order_basket(commerce.basket(ayse, (goods[0], 3), (goods[1], 9)), ayse)
    assert order.lines.count() == 2
    assert [allocated(one) for one in goods] == [0, 0, 0]
    stock.take({goods[0].stockrecords.get().pk: 3})
    stock.free({goods[1].stockrecords.get().pk: 9})
    assert [allocated(one) for one in goods] == [0, 0, 0]

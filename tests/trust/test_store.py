"""T03, T04: many buyers at the last pieces and at one voucher, against a real database."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from accounts.models import User
from commerce import locks, services, stock
from commerce.errors import BasketChanged
from payments import services as payments
from tests.core.rivals import at_once
from tests.factories import commerce, sales
from tests.payments.conftest import provider  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

Order = get_model("order", "Order")
StockRecord = get_model("partner", "StockRecord")
Voucher = get_model("voucher", "Voucher")


def people(count: int) -> list[User]:
    return [
        User.objects.create_user(f"alici{number}@ornek.test", None, first_name="Alıcı", last_name=str(number))
        for number in range(count)
    ]


def shelves(owner, *stocks: int) -> list:
    sales.rate()
    commerce.law()
    shop = commerce.shop(owner)
    return [
        commerce.product(f"Ürün {number}", "100.00", by=shop.partner, stock=left)
        for number, left in enumerate(stocks)
    ]


def ready(buyers, goods, seed, codes=(), mixed=True):
    """Baskets with the same goods put in in other sequences, and what each buyer has confirmed."""
    chance, found = random.Random(seed), []
    for buyer in buyers:
        order = list(goods)
        if mixed:
            chance.shuffle(order)
        basket = commerce.basket(buyer, *((one, 1) for one in order))
        vouchers = list(codes)
        chance.shuffle(vouchers)
        for code in vouchers:
            basket.vouchers.add(Voucher.objects.get(code=code))
        found.append((buyer, basket, commerce.seen(basket, buyer)))
    return found


def press(row):
    buyer, basket, agreed = row
    return services.place(
        key=f"press {basket.pk}",
        basket=basket,
        user=buyer,
        wish=commerce.wish(buyer),
        agreed=agreed,
        now=timezone.now(),
    )


def kinds(done: list) -> Counter:
    return Counter(type(one).__name__ if isinstance(one, Exception) else "ordered" for one in done)


def standing() -> str:
    rows = StockRecord.objects.order_by("pk").values_list("num_allocated", "num_in_stock")
    return " ".join(f"{kept or 0}/{there}" for kept, there in rows)


# --- T03 ------------------------------------------------------------------------------------


@pytest.mark.trust("T03")
def test_the_last_pieces_are_sold_once(verdict, seed, bora):
    rows = ready(people(20), shelves(bora, 3, 50, 50), seed)
    done = kinds(at_once(lambda n: press(rows[n]), 20))
    passed = done == {"ordered": 3, BasketChanged.__name__: 17} and Order.objects.count() == 3
    passed &= standing() == "3/3 3/50 3/50"
    verdict(f"{dict(done)}, allocated/stock {standing()}", "3 ordered, 17 told kindly, 3/3", passed)


@pytest.mark.trust("T03")
def test_one_piece_and_64_buyers_take_money_once(verdict, seed, bora, provider):  # noqa: F811
    rows = ready(people(64), shelves(bora, 1), seed)

    def buy(number):
        order = press(rows[number])
        payment = payments.start_payment(
            key=f"order {order.number}",
            payables=list(order.parcels.all()),
            payer=order.user,
            now=timezone.now(),
        )
        attempt = payments.choose(
            payment=payment,
            provider="scripted",
            method="card",
            wallet_amount=Decimal(0),
            now=timezone.now(),
        )
        provider.pay(attempt.reference)
        payments.take_callback(
            provider="scripted", callback=provider.message(attempt.reference), now=timezone.now()
        )

    done = kinds(at_once(buy, 64))
    taken = provider.total
    passed = (
        done == {"ordered": 1, BasketChanged.__name__: 63} and taken == Order.objects.get().total_incl_tax
    )
    verdict(f"{dict(done)}, {len(provider.charges)} charges of {taken}", "1 order, 1 charge", passed)


@pytest.mark.trust("T03")
def test_200_baskets_on_one_sellers_stock(verdict, seed, bora):
    goods = shelves(bora, 30, 40, 50)
    rows = ready(people(200), goods, seed)
    done: Counter = Counter()
    for start in range(0, 200, 50):  # as many at once as the database takes connections
        done += kinds(at_once(lambda n, start=start: press(rows[start + n]), 50))
    passed = done == {"ordered": 30, BasketChanged.__name__: 170} and standing() == "30/30 30/40 30/50"
    verdict(f"{dict(done)}, allocated/stock {standing()}", "30 ordered, 170 told kindly", passed)


@pytest.mark.trust("T03")
def test_without_lock_and_guard_it_is_oversold(verdict, seed, bora, monkeypatch):
    """Both switched off: the lock of the rows, and the bound of the database."""
    from django.db import connection

    def unlocked(pieces):
        import time

        found = {row.pk: row for row in StockRecord.objects.filter(pk__in=pieces)}
        time.sleep(0.2)
        return found

    monkeypatch.setattr(stock, "locked", unlocked)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partner_stockrecord DROP CONSTRAINT stock_holds_what_was_allocated")
    rows = ready(people(10), shelves(bora, 3), seed)
    done = kinds(at_once(lambda n: press(rows[n]), 10))
    kept = StockRecord.objects.get().num_allocated
    verdict(f"{dict(done)}, allocated {kept} of 3 with lock and guard off", "> 3", kept > 3)


# --- T04 ------------------------------------------------------------------------------------


@pytest.mark.trust("T04")
def test_single_use_voucher_is_used_once(verdict, seed, bora):
    goods = shelves(bora, 100)
    commerce.voucher("TEK", usage=Voucher.SINGLE_USE)
    rows = ready(people(20), goods, seed, ["TEK"])
    done = kinds(at_once(lambda n: press(rows[n]), 20))
    used = Voucher.objects.get()
    passed = done == {"ordered": 1, BasketChanged.__name__: 19}
    passed &= (used.num_orders, used.applications.count()) == (1, 1)
    verdict(f"{dict(done)}, used {used.applications.count()}×", "1 use, 19 told kindly", passed)


@pytest.mark.trust("T04")
def test_a_persons_limit_is_kept(verdict, seed, bora, ayse):
    """Five baskets of one person at once, one use each person."""
    goods = shelves(bora, 100)
    commerce.voucher("KISI", usage=Voucher.ONCE_PER_CUSTOMER)
    rows = []
    for _number in range(5):
        basket = commerce.Basket.objects.create(owner=ayse)
        basket.strategy = commerce.Selector().strategy()
        basket.add_product(goods[0], 1)
        basket.vouchers.add(Voucher.objects.get())
        rows.append((ayse, basket, commerce.seen(basket, ayse)))
    done = kinds(at_once(lambda n: press(rows[n]), 5))
    used = Voucher.objects.get().applications.count()
    passed = done == {"ordered": 1, BasketChanged.__name__: 4} and used == 1
    verdict(f"{dict(done)}, used {used}×", "1 use of 5", passed)


@pytest.mark.trust("T04")
def test_two_vouchers_in_opposite_order(verdict, seed, bora):
    goods = shelves(bora, 100, 100)
    for code in ("BIR", "IKI"):
        commerce.voucher(code, percent=5)
    rows = ready(people(20), goods, seed, ["BIR", "IKI"])
    done = kinds(at_once(lambda n: press(rows[n]), 20))
    used = sorted(Voucher.objects.values_list("num_orders", flat=True))
    deadlocks = [name for name in done if name not in ("ordered", BasketChanged.__name__)]
    uses = sum(Voucher.objects.get(code=code).applications.count() for code in ("BIR", "IKI"))
    passed = not deadlocks and sum(used) == uses and done["ordered"] == 20
    verdict(f"{dict(done)}, uses {used}", "20 ordered, 0 deadlocks", passed)


@pytest.mark.trust("T04")
def test_without_the_lock_a_voucher_is_used_twice(verdict, seed, bora, monkeypatch):
    """The lock of the voucher switched off, and goods that nobody else wants."""

    def unlocked(**which):
        import time

        found = list(Voucher.objects.filter(**which))
        time.sleep(0.3)
        return found

    monkeypatch.setattr(locks, "vouchers", unlocked)
    goods = shelves(bora, *([5] * 8))
    commerce.voucher("TEK", usage=Voucher.SINGLE_USE)
    rows = [ready([buyer], [goods[n]], seed, ["TEK"])[0] for n, buyer in enumerate(people(8))]
    kinds(at_once(lambda n: press(rows[n]), 8))
    used = Voucher.objects.get().applications.count()
    verdict(f"used {used}× with the lock off", "> 1", used > 1)

"""Unpaid orders end by themselves, unless money may still come; late money goes back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import rules, services
from commerce.states import OrderStatus, ParcelStatus
from core import journal
from core.models import Mail
from core.states import MoveRefused
from finance.models import AccountKind, Document
from notifications.models import Notice
from payments import services as payments
from payments.errors import NotPayable
from payments.models import OpenMethod, Refund
from payments.providers.base import Outcome, State
from tests.factories import commerce, sales
from tests.payments.conftest import provider  # noqa: F401
from tests.payments.things import stands

pytestmark = pytest.mark.django_db

Basket = get_model("basket", "Basket")
Order = get_model("order", "Order")
StockRecord = get_model("partner", "StockRecord")
Voucher = get_model("voucher", "Voucher")
ConditionalOffer = get_model("offer", "ConditionalOffer")


@pytest.fixture
def shop(bora):
    sales.rate()
    commerce.law()
    return commerce.shop(bora)


@pytest.fixture
def product(shop):
    return commerce.product("Kum", "120.00", by=shop.partner, stock=5)


@pytest.fixture
def order(ayse, product):
    commerce.voucher(usage=Voucher.SINGLE_USE)
    basket = commerce.basket(ayse, (product, 2))
    basket.vouchers.add(Voucher.objects.get())
    return commerce.order_basket(basket, ayse)


def begin(order):
    return payments.start_payment(
        key=f"order {order.number}", payables=list(order.parcels.all()), payer=order.user, now=timezone.now()
    )


def choose(payment, way="scripted", method="card"):
    return payments.choose(
        payment=payment, provider=way, method=method, wallet_amount=Decimal(0), now=timezone.now()
    )


def later(order):
    order.refresh_from_db()
    return order.pay_until + timedelta(seconds=1)


def state(order):
    order.refresh_from_db()
    tag = StockRecord.objects.get(pk=order.lines.get().stockrecord_id)
    return order.status, order.parcels.get().status, tag.num_allocated


KEPT = (OrderStatus.PENDING, ParcelStatus.UNPAID, 2)
GONE = (OrderStatus.CANCELLED, ParcelStatus.CANCELLED, 0)


def test_before_its_time_it_is_kept(order):
    assert services.release_due(now=order.pay_until - timedelta(seconds=1)) == 0
    assert state(order) == KEPT


def test_unpaid_it_ends_and_gives_everything_back(order, ayse, product):
    used = Voucher.objects.get()
    assert (used.num_orders, used.applications.count()) == (1, 1)
    assert services.release_due(now=later(order)) == 1
    assert services.release_due(now=timezone.now() + timedelta(days=9)) == 0
    assert state(order) == GONE
    used.refresh_from_db()
    assert (used.num_orders, used.total_discount, used.applications.count()) == (0, 0, 0)
    assert ConditionalOffer.objects.get().num_applications == 0
    again = commerce.basket(ayse, (product, 1))
    again.vouchers.add(used)
    assert commerce.order_basket(again, ayse).discounts.exists()


def test_its_buyer_is_told_and_gets_it_into_the_basket_again(order, ayse, client):
    services.release_due(now=later(order))
    journal.sweep()
    mail = Mail.objects.get(template="commerce/released")
    assert f"/panel/siparisler/{order.number}/" in mail.text
    assert Notice.objects.filter(kind="commerce.order_released", recipient=ayse).exists()
    client.force_login(ayse)
    client.post(f"/panel/siparisler/{order.number}/tekrar/")
    assert Basket.open.get(owner=ayse).lines.get().quantity == 2


def test_a_page_of_the_bank_that_is_open_keeps_it(order, provider):  # noqa: F811
    attempt = choose(begin(order))
    assert services.release_due(now=later(order)) == 0
    assert state(order) == KEPT
    order.refresh_from_db()
    assert order.pay_until > timezone.now() + rules.ASK_AGAIN_AFTER
    payments.settle(attempt=attempt, outcome=Outcome(State.REFUSED), now=timezone.now())
    assert services.release_due(now=later(order)) == 1
    assert state(order) == GONE


def test_silence_of_a_bank_keeps_it(order, provider):  # noqa: F811
    provider.at_start = "lost"
    choose(begin(order))
    assert services.release_due(now=later(order)) == 0
    assert state(order) == KEPT


def test_a_transfer_keeps_it_until_it_has_to_be_here(order, provider):  # noqa: F811
    OpenMethod.objects.get_or_create(provider="transfer", method="transfer")
    attempt = choose(begin(order), "transfer", "transfer")
    assert services.release_due(now=later(order)) == 0
    order.refresh_from_db()
    assert order.pay_until >= attempt.expires_at
    assert state(order) == KEPT


def test_late_money_goes_back_by_itself(order, provider):  # noqa: F811
    payment = begin(order)
    attempt = choose(payment)
    payments.settle(attempt=attempt, outcome=Outcome(State.REFUSED), now=timezone.now())
    services.release_due(now=later(order))
    provider.pay(attempt.reference)
    payments.take_callback(
        provider="scripted", callback=provider.message(attempt.reference), now=timezone.now()
    )
    payments.send_due(now=timezone.now())
    assert state(order) == GONE
    assert Refund.objects.get().amount == payment.amount
    assert provider.total == 0
    assert not Document.objects.exists()
    assert stands(AccountKind.PASSING) == 0


def test_what_is_over_is_not_begun_to_be_paid(order):
    services.release_due(now=later(order))
    with pytest.raises(NotPayable):
        begin(order)


def test_paid_it_is_not_released(order, provider):  # noqa: F811
    attempt = choose(begin(order))
    provider.pay(attempt.reference)
    payments.take_callback(
        provider="scripted", callback=provider.message(attempt.reference), now=timezone.now()
    )
    assert services.release_due(now=timezone.now() + timedelta(days=30)) == 0
    assert state(order) == (OrderStatus.PAID, ParcelStatus.NEW, 2)


def test_its_buyer_calls_it_off(order, ayse, client):
    payment = begin(order)
    client.force_login(ayse)
    client.post(f"/panel/siparisler/{order.number}/vazgec/")
    assert state(order) == GONE
    payment.refresh_from_db()
    assert payment.status == "cancelled"
    with pytest.raises(MoveRefused):
        services.cancel_unpaid(order=order, by=ayse, now=timezone.now())
    journal.sweep()
    assert not Mail.objects.filter(template="commerce/released").exists()


def test_seller_hears_of_a_paid_order(order, bora, provider):  # noqa: F811
    attempt = choose(begin(order))
    journal.sweep()
    assert not Notice.objects.filter(kind="commerce.new_order").exists()
    provider.pay(attempt.reference)
    payments.take_callback(
        provider="scripted", callback=provider.message(attempt.reference), now=timezone.now()
    )
    journal.sweep()
    assert Notice.objects.filter(kind="commerce.new_order").count() == 1

"""An order on the page of the real bank: wrong figures, two tabs, too late, and the back button."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import services
from commerce.states import OrderStatus, ParcelStatus
from core import journal
from finance.models import CommissionLine, Document, DocumentKind
from payments import services as payments
from payments.models import Attempt, OpenMethod, Payment, Reason, Refund
from payments.states import AttemptStatus, PaymentStatus
from tests.commerce import test_checkout as checkout
from tests.factories import commerce, sales
from tests.payments import hosted
from tests.payments.bank import bank, bank_process  # noqa: F401

pytestmark = pytest.mark.django_db

Order = get_model("order", "Order")
StockRecord = get_model("partner", "StockRecord")


@pytest.fixture
def goods(bora, cem):
    sales.rate()
    commerce.law()
    for provider in ("iyzico", "paytr"):
        OpenMethod.objects.update_or_create(provider=provider, method="card", defaults={"is_open": True})
    first, second = commerce.shop(bora, "Işık Pet Market"), commerce.shop(cem, "Çınar Mama")
    return [
        commerce.product("Kedi maması", "189.90", by=first.partner, stock=5),
        commerce.product("Tasma", "75.50", by=second.partner, stock=5),
    ]


@pytest.fixture
def placed(client, bank, goods):  # noqa: F811
    """A guest's order of two sellers, and its page at the bank."""
    checkout.fill(client, (goods[0], 1), (goods[1], 1))
    page = checkout.to_pay(client, checkout.GUEST)
    assert checkout.confirm(client, page, card="iyzico").status_code == 302
    return Order.objects.get(), Attempt.objects.get(), page


def states(order):
    order.refresh_from_db()
    return order.status, {parcel.status for parcel in order.parcels.all()}


def address(attempt, part=""):
    return f"/odeme/{attempt.payment.public_id}/{part}"


def words(answer):
    return answer.content.decode()


@pytest.mark.parametrize("change", ["amount", "currency"])
def test_figures_that_changed_at_the_bank_settle_nothing_and_a_person_looks(client, bank, placed, change):  # noqa: F811
    order, attempt, _page = placed
    answer = hosted.go_back(client, hosted.press(attempt, change))
    hosted.tell(bank, attempt)
    attempt.refresh_from_db()
    assert attempt.status == AttemptStatus.ATTENTION
    assert states(order) == (OrderStatus.PENDING, {ParcelStatus.UNPAID})
    assert not Document.objects.exists()
    assert not CommissionLine.objects.exists()
    assert "bir çalışan bakıyor" in words(answer)


def test_an_order_that_ran_out_is_not_paid_any_more(client, bank, goods):  # noqa: F811
    checkout.fill(client, (goods[0], 1))
    checkout.confirm(client, checkout.to_pay(client, checkout.GUEST), card="iyzico")
    order, attempt = Order.objects.get(), Attempt.objects.get()
    later = timezone.now() + timedelta(hours=3)
    with time_machine.travel(later, tick=True):
        services.release_due(now=timezone.now())
        payments.ask_due(now=timezone.now())
        services.release_due(now=timezone.now() + timedelta(hours=1))
        assert states(order) == (OrderStatus.CANCELLED, {ParcelStatus.CANCELLED})
        assert StockRecord.objects.get(product=goods[0]).num_allocated == 0
        page = f"/siparis/{order.number}/"
        assert "Şimdi öde" not in words(client.get(page))
        again = client.post(f"{page}ode/", follow=True)
        assert "Bu ödeme bitti" in words(again)
        shown = client.post(address(attempt), {"method": "card", "card": "paytr"}, follow=True)
        assert "Bu ödeme bitti" in words(shown)
    assert Attempt.objects.count() == 1
    assert bank.total("iyzico") == 0


def test_money_that_comes_after_the_order_was_released_goes_back_by_itself(client, bank, placed):  # noqa: F811
    order, attempt, _page = placed
    services.cancel_unpaid(order=order, by=None, now=timezone.now())
    hosted.go_back(client, hosted.press(attempt))
    payments.send_due(now=timezone.now())
    assert states(order) == (OrderStatus.CANCELLED, {ParcelStatus.CANCELLED})
    assert bank.total("iyzico") == 0
    assert Refund.objects.get().reason == Reason.LATE
    assert not Document.objects.filter(kind=DocumentKind.INVOICE).exists()


def test_two_tabs_that_pay_both_are_charged_once(client, bank, placed):  # noqa: F811
    order, first, _page = placed
    client.post(address(first), {"method": "card", "card": "paytr"})
    second = Attempt.objects.get(provider="paytr")
    left, right = hosted.press(first), hosted.press(second)
    hosted.go_back(client, left)
    hosted.go_back(client, right)
    hosted.tell(bank, second)
    payments.send_due(now=timezone.now())

    assert states(order) == (OrderStatus.PAID, {ParcelStatus.NEW})
    assert bank.total("iyzico") + bank.total("paytr") == order.total_incl_tax
    assert Refund.objects.get().reason == Reason.TWICE
    assert Document.objects.filter(kind=DocumentKind.INVOICE).count() == 2
    assert CommissionLine.objects.count() == 2


def test_the_same_page_in_two_tabs_takes_the_money_once(client, bank, placed):  # noqa: F811
    order, attempt, _page = placed
    hosted.go_back(client, hosted.press(attempt))
    assert "Bu ödeme alındı" in hosted.press(attempt).get_text()
    assert "Bu ödeme alındı" in hosted.opened(attempt).get_text()
    assert bank.total("iyzico") == order.total_incl_tax


def test_back_after_paying_leads_to_the_end_from_every_page(client, bank, placed):  # noqa: F811
    order, attempt, page = placed
    hosted.go_back(client, hosted.press(attempt))
    while journal.sweep():
        pass
    assert client.get(address(attempt, "sayfa/"))["Location"] == address(attempt)
    assert "ödendi" in words(client.get(address(attempt)))
    again = checkout.confirm(client, page, card="iyzico")
    assert again["Location"].startswith(f"/siparis/{order.number}/")
    other = client.post(address(attempt), {"method": "card", "card": "paytr"})
    assert other["Location"] == address(attempt)
    assert client.get(checkout.PAY, follow=True).redirect_chain[-1][0] == checkout.BASKET
    assert "Şimdi öde" not in words(client.get(f"/siparis/{order.number}/"))
    assert Order.objects.count() == Payment.objects.count() == Attempt.objects.count() == 1
    assert Payment.objects.get().status == PaymentStatus.PAID


def test_a_stranger_neither_pays_nor_sees_it(placed):
    _order, attempt, _page = placed
    for part in ("", "sayfa/", "durum/"):
        assert Client().get(address(attempt, part)).status_code == 404

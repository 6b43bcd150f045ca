"""One payment for a basket and a time that is kept: settled together, given back apart."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from booking import riding
from booking import services as bookings
from booking.models import Booking
from booking.states import By
from commerce.states import OrderStatus
from finance.models import Document
from payments import riders
from payments import services as payments
from payments.models import OpenMethod, Payment
from tests.booking.conftest import visit  # noqa: F401
from tests.commerce.test_checkout import (  # noqa: F401
    BASKET,
    PAY,
    Order,
    bank,
    confirm,
    fill,
    goods,
    provider,
    shops,
    to_pay,
)
from tests.factories import booking as make

pytestmark = pytest.mark.django_db

RIDE = "/magaza/odeme/birlikte/"
GOODS = Decimal("189.90") + Decimal("49.90")


@pytest.fixture
def kept(visit, ayse):  # noqa: F811
    return make.held(visit, ayse, make.at(make.monday(2), 9))


@pytest.fixture
def at_the_till(client, bank, goods, ayse, kept):  # noqa: F811
    """Ayşe with goods in her basket, at the last step, and a time that is kept for her."""
    client.force_login(ayse)
    fill(client, (goods[0], 1))
    to_pay(client)
    return client


def pay(bank, order):  # noqa: F811
    reference = Payment.objects.get().attempts.get().reference
    bank.pay(reference)
    payments.take_callback(provider="scripted", callback=bank.message(reference), now=timezone.now())
    order.refresh_from_db()


def ride(client, booking):
    return client.post(RIDE, {"ek": f"booking-{booking.pk}"}, follow=True)


def test_one_payment_settles_both(at_the_till, bank, kept):  # noqa: F811
    page = ride(at_the_till, kept)
    assert page.context["to_pay"] == GOODS + kept.due
    assert "₺739,80" in page.content.decode()
    confirm(at_the_till, page)
    payment, order = Payment.objects.get(), Order.objects.get()
    assert (payment.amount, payment.items.count()) == (GOODS + kept.due, 2)
    assert bank.orders[0].amount == payment.amount
    pay(bank, order)
    kept.refresh_from_db()
    assert (order.status, kept.status, kept.paid) == (OrderStatus.PAID, "confirmed", kept.due)
    assert Document.objects.count() == 2


def test_each_part_goes_back_by_itself(at_the_till, bank, kept, ayse):  # noqa: F811
    confirm(at_the_till, ride(at_the_till, kept))
    pay(bank, Order.objects.get())
    kept.refresh_from_db()
    back = bookings.cancel(booking=kept, role=By.CUSTOMER, by=ayse, now=timezone.now())
    refund = Payment.objects.get().refunds.get()
    assert (back, refund.amount, refund.item.payable) == (kept.due, kept.due, kept)
    assert Order.objects.get().status == OrderStatus.PAID


def test_nothing_rides_unasked_and_it_gets_out_again(at_the_till, kept):
    page = at_the_till.get(PAY)
    assert (page.context["to_pay"], page.context["riding"]) == (GOODS, [])
    assert "Bu ödemeye ekle" in page.content.decode()
    ride(at_the_till, kept)
    page = ride(at_the_till, kept)
    assert page.context["to_pay"] == GOODS
    confirm(at_the_till, page)
    assert Payment.objects.get().amount == GOODS


def test_pressed_twice_it_is_one_payment(at_the_till, kept):
    page = ride(at_the_till, kept)
    first, second = confirm(at_the_till, page), confirm(at_the_till, page)
    assert first["Location"].split("/")[2] == second["Location"].split("/")[2]
    assert Payment.objects.count() == 1


def test_a_strangers_time_does_not_ride(at_the_till, visit, deniz):  # noqa: F811
    other = make.held(visit, deniz, make.at(make.monday(2), 11))
    assert ride(at_the_till, other).context["to_pay"] == GOODS


def test_what_ends_at_the_bank_or_costs_nothing_does_not_ride(kept, ayse):
    now = timezone.now()
    assert [one.thing for one in riders.waiting(ayse, now=now)] == [kept]
    assert not riders.waiting(ayse, now=kept.until - riding.STILL)
    Booking.objects.filter(pk=kept.pk).update(due=0)
    assert not riders.waiting(ayse, now=now)


def test_what_is_paid_and_waits_for_its_answer_does_not_ride(visit, ayse):  # noqa: F811
    visit.on_request = True
    asked = make.held(visit, ayse, make.at(make.monday(2), 9))
    make.pay(asked)
    assert (asked.status, riders.waiting(ayse, now=timezone.now())) == ("requested", [])


def test_a_time_that_ended_meanwhile_is_said_and_not_charged(at_the_till, kept):
    page = ride(at_the_till, kept)
    Booking.objects.filter(pk=kept.pk).update(until=timezone.now() - timedelta(seconds=1))
    answer = confirm(at_the_till, page)
    assert Payment.objects.get().amount == GOODS
    assert "artık senin için tutulmuyor" in at_the_till.get(answer["Location"], follow=True).content.decode()


def test_what_runs_out_waits_for_no_transfer(at_the_till, kept, settings):
    OpenMethod.objects.update_or_create(provider="transfer", method="transfer", defaults={"is_open": True})
    assert "transfer" in offered(at_the_till.get(PAY))
    assert "transfer" not in offered(ride(at_the_till, kept))


def offered(page) -> set[str]:
    return {method for method, ways in page.context["form"].by_method.items() if ways}


def test_when_the_time_is_over_the_order_is_paid_alone(at_the_till, bank, kept):  # noqa: F811
    """The joint payment ends with what is kept; the order stays, and has a payment of its own."""
    confirm(at_the_till, ride(at_the_till, kept))
    joint = Payment.objects.get()
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        bookings.end_due(now=timezone.now())
        order = Order.objects.get()
        at_the_till.post(f"/panel/siparisler/{order.number}/ode/")
        alone = Payment.objects.exclude(pk=joint.pk).get()
    assert (alone.amount, alone.items.count()) == (GOODS, 1)
    kept.refresh_from_db()
    assert kept.status == "expired"


def test_a_guest_has_nothing_that_rides(client, bank, goods):  # noqa: F811
    from tests.commerce.test_checkout import GUEST

    fill(client, (goods[0], 1))
    assert to_pay(client, GUEST).context["riders"] == []


def test_for_a_guest_nobody_is_asked(kept, monkeypatch):
    """What is kept for nobody in particular is not hers."""
    monkeypatch.setattr(riders, "_finders", [lambda user, now: [kept]])
    assert riders.waiting(None, now=timezone.now()) == []

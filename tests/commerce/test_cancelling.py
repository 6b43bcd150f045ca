"""A buyer cancels before it is sent: stock, money, papers, and who wins when both press at once."""

from __future__ import annotations

import threading
import uuid
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import events, locks, stock
from commerce.after_errors import AlreadySent, AmountChanged, NothingChosen, TooMany
from commerce.models import Cancellation
from commerce.services import cancelling
from commerce.states import PARCELS, OrderStatus, ParcelStatus
from core import journal
from core.models import Mail
from core.states import MoveRefused
from finance.models import Document, DocumentKind
from notifications.models import Notice
from payments.models import Refund
from payments.services.accounts import wallet
from tests.factories import after, commerce, sales

pytestmark = pytest.mark.django_db

Line = get_model("order", "Line")
SellerOrder = get_model("order", "SellerOrder")
StockRecord = get_model("partner", "StockRecord")


@pytest.fixture
def shop(bora):
    sales.rate()
    return commerce.shop(bora)


@pytest.fixture
def good(shop):
    return commerce.product(price="100.00", stock=5, by=shop.partner)


@pytest.fixture
def parcel(ayse, good):
    return after.bought(ayse, (good, 3), delivery="49.90").parcels.get()


def cancel(parcel, pieces=None, **more):
    facts = {"key": uuid.uuid4().hex, "by": parcel.order.user, "now": timezone.now()} | more
    return cancelling.cancel(parcel=parcel, pieces=pieces, **facts)


def kept(good):
    tag = StockRecord.objects.get(product=good)
    return tag.num_in_stock, tag.num_allocated


def test_all_of_it_with_delivery_the_same_day(ayse, parcel, good):
    made = cancel(parcel)
    parcel.refresh_from_db()
    assert (parcel.status, parcel.cancel_reason, parcel.refunded) == ("cancelled", "buyer", Decimal("349.90"))
    assert parcel.order.status == OrderStatus.CANCELLED
    assert kept(good) == (5, 0)
    assert (made.amount, made.delivery, made.is_whole) == (Decimal("349.90"), Decimal("49.90"), True)
    assert made.refund.reason == "cancelled"
    assert made.refund.parts.get().settled_at.date() == timezone.now().date()
    account = wallet(ayse)
    account.refresh_from_db()
    assert account.balance == Decimal("349.90")
    credit = Document.objects.get(user=ayse, kind=DocumentKind.CREDIT_NOTE)
    assert credit.gross == Decimal("349.90")


def test_a_piece_leaves_the_rest_and_its_delivery(parcel, good):
    line = parcel.lines.get()
    made = cancel(parcel, {line.pk: 1})
    parcel.refresh_from_db()
    line.refresh_from_db()
    assert (made.amount, made.delivery, made.is_whole) == (Decimal("100.00"), 0, False)
    assert (parcel.status, line.cancelled, line.num_allocated) == ("new", 1, 2)
    assert kept(good) == (5, 2)
    rest = cancel(parcel)
    parcel.refresh_from_db()
    assert (rest.amount, parcel.status, parcel.refunded) == (Decimal("249.90"), "cancelled", parcel.total)


def test_one_seller_of_two_leaves_the_order(ayse, cem, good):
    other = commerce.product(price="50.00", by=commerce.shop(cem, "Çınar Mama").partner)
    order = after.bought(ayse, (good, 1), (other, 1))
    cancel(order.parcels.get(position=1))
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    cancel(order.parcels.get(position=2))
    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELLED


def test_pressed_twice_is_one_cancellation(parcel):
    line = parcel.lines.get()
    one = cancel(parcel, {line.pk: 1}, key="once")
    assert cancel(parcel, {line.pk: 1}, key="once") == one
    line.refresh_from_db()
    assert (Cancellation.objects.count(), Refund.objects.count(), line.cancelled) == (1, 1, 1)


@pytest.mark.parametrize("pieces", [{}, {0: 1}, {"line": 4}, {"line": -1}])
def test_what_is_not_there_cannot_be_cancelled(parcel, pieces):
    line = parcel.lines.get()
    chosen = {line.pk if pk == "line" else pk: number for pk, number in pieces.items()}
    with pytest.raises((NothingChosen, TooMany)):
        cancel(parcel, chosen)


def test_another_amount_than_was_read_is_not_taken(parcel):
    with pytest.raises(AmountChanged):
        cancel(parcel, expected=Decimal("1.00"))
    assert not Refund.objects.exists()


@pytest.mark.parametrize("status", ["shipped", "delivered"])
def test_on_its_way_it_is_too_late(parcel, status):
    getattr(after, status)(parcel)
    with pytest.raises(AlreadySent):
        cancel(parcel)


def test_what_went_back_as_goodwill_is_not_given_twice(ayse, parcel):
    from commerce import money_back
    from payments import services as payments

    facts = {"reason": "goodwill", "by": None, "now": timezone.now()}
    payments.refund_item(key="kind", item=money_back.item_of(parcel), amount=Decimal("300"), **facts)
    assert cancel(parcel).amount == Decimal("49.90")
    parcel.refresh_from_db()
    assert parcel.refunded == parcel.total


def test_buyer_and_seller_are_told_once(parcel, bora):
    cancel(parcel)
    journal.sweep()
    journal.sweep()
    assert Mail.objects.filter(template="commerce/cancelled").count() == 1
    assert Notice.objects.filter(recipient=bora, kind="commerce.cancelled_by_buyer").count() == 1


def ship(parcel, now):
    """As the seller's button does it: stock, then the parcel."""
    with transaction.atomic():
        locks.parcel(parcel.pk, with_stock=True)
        lines = list(parcel.lines.all())
        PARCELS.move(
            parcel, ParcelStatus.SHIPPED, event=events.PARCEL_SHIPPED, shipped_at=now, carrier="yurtici"
        )
        stock.take({line.stockrecord_id: line.quantity - line.cancelled for line in lines})


def race(*calls):
    """Each in a thread with a connection of its own; what each gave or raised."""
    start, outcomes = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        try:
            start.wait()
            outcomes[number] = call()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def prepared(parcel):
    now = timezone.now()
    PARCELS.move(parcel, ParcelStatus.ACCEPTED, event=events.PARCEL_ACCEPTED)
    PARCELS.move(parcel, ParcelStatus.PREPARING, event=events.PARCEL_PREPARED, prepared_at=now)
    return parcel


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(4))
def test_cancel_and_ship_at_once_has_one_winner(parcel, good, turn):
    prepared(parcel)
    mine, theirs = (SellerOrder.objects.select_related("order__user").get(pk=parcel.pk) for _ in range(2))
    outcomes = race(lambda: cancel(mine), lambda: ship(theirs, timezone.now()))
    parcel.refresh_from_db()
    lost = [one for one in outcomes if isinstance(one, AlreadySent | MoveRefused)]
    assert len(lost) == 1, outcomes
    if parcel.status == ParcelStatus.SHIPPED:
        assert (Refund.objects.count(), kept(good)) == (0, (2, 0))
    else:
        assert (parcel.status, Refund.objects.count(), kept(good)) == ("cancelled", 1, (5, 0))


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_win(parcel, monkeypatch):
    """The guard switched off: the parcel is read, not locked, while the seller ships it."""
    prepared(parcel)
    monkeypatch.setattr(locks, "parcel", lambda pk, with_stock=False: SellerOrder.objects.get(pk=pk))
    between = threading.Event()
    line = parcel.lines.get()
    real = cancelling._free

    def shipped_meanwhile(plan):
        other = threading.Thread(target=_ship_elsewhere, args=(parcel,))
        other.start()
        other.join()
        between.set()
        real(plan)

    monkeypatch.setattr(cancelling, "_free", shipped_meanwhile)
    cancel(SellerOrder.objects.select_related("order__user").get(pk=parcel.pk), {line.pk: 1})
    parcel.refresh_from_db()
    assert between.is_set()
    assert (parcel.status, Refund.objects.count()) == ("shipped", 1)  # sent, and paid back all the same


def _ship_elsewhere(parcel):
    now = timezone.now()
    try:
        row = SellerOrder.objects.get(pk=parcel.pk)
        PARCELS.move(
            row, ParcelStatus.SHIPPED, event=events.PARCEL_SHIPPED, shipped_at=now, carrier="yurtici"
        )
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_cancellations_of_one_order_do_not_wait_for_each_other(ayse, cem, good):
    """A refund locks all that its payment is for: taken in one sequence, nobody ends in a deadlock."""
    other = commerce.product(price="50.00", by=commerce.shop(cem, "Çınar Mama").partner)
    order = after.bought(ayse, (good, 1), (other, 1))
    one, two = order.parcels.select_related("order__user").order_by("position")
    outcomes = race(lambda: cancel(two), lambda: cancel(one))
    assert all(isinstance(outcome, Cancellation) for outcome in outcomes), outcomes
    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_is_one_refund(parcel):
    rows = [SellerOrder.objects.select_related("order__user").get(pk=parcel.pk) for _ in range(2)]
    outcomes = race(*[lambda row=row: cancel(row, key="once") for row in rows])
    assert outcomes[0] == outcomes[1]
    assert Refund.objects.count() == 1

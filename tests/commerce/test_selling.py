"""A seller runs its parcels: from her yes to the money that is hers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import events, stock
from commerce.models import LateParcel
from commerce.parcel_errors import NotLate, NotOnItsWay, NumberIsWrong
from commerce.services import parcels, sweeping
from commerce.states import CancelReason, OrderStatus, ParcelStatus, Word
from core.models import Line as JournalLine
from core.states import MoveRefused
from finance import ledger
from finance.models import AccountKind
from payments.models import Refund
from payments.services.accounts import wallet
from tests.core.rivals import at_once
from tests.factories import commerce, sales

pytestmark = pytest.mark.django_db
SellerOrder = get_model("order", "SellerOrder")
DAY = timedelta(days=1)
NUMBER = "903118472610"


@pytest.fixture
def shop(bora):
    sales.taxes()
    sales.rate()
    return commerce.shop(bora)


@pytest.fixture
def food(shop):
    return commerce.product(by=shop.partner, stock=5)


@pytest.fixture
def order(ayse, food):
    return commerce.paid(commerce.placed(ayse, (food, 2)))


@pytest.fixture
def parcel(order):
    return order.parcels.get()


def ready(parcel, by=None, now=None):
    now = now or timezone.now()
    parcels.accept(parcel=parcel, by=by, now=now)
    parcels.prepare(parcel=parcel, by=by, now=now)
    return parcel


def sent(parcel, by=None, now=None):
    now = now or timezone.now()
    parcels.ship(parcel=ready(parcel, by, now), carrier="yurtici", tracking=NUMBER, by=by, now=now)
    return parcel


def delivered(parcel, now=None):
    parcels.deliver(parcel=sent(parcel, now=now), word=Word.SELLER, by=None, now=now or timezone.now())
    return parcel


def tag(food):
    row = food.stockrecords.get()
    return row.num_in_stock, row.num_allocated


def payable(shop):
    return ledger.balance(ledger.account(AccountKind.SELLER_PAYABLE, business=shop))


def test_from_the_yes_to_the_money(parcel, shop, food, bora):
    now = timezone.now()
    delivered(parcel, now)
    assert tag(food) == (3, 0)
    assert parcel.tracking_url.endswith(NUMBER)
    assert sweeping.close_due(now=now + 16 * DAY) == 0
    assert payable(shop) == 0
    assert sweeping.close_due(now=now + 17 * DAY) == 1
    line = parcels.paid_item(parcel).line
    assert payable(shop) == line.net == Decimal("209.20")  # 240 less 24, its VAT and 2 of withholding
    assert sweeping.close_due(now=now + 17 * DAY) == 0
    parcel.refresh_from_db()
    assert parcel.status == ParcelStatus.CLOSED
    names = [events.PARCEL_ACCEPTED, events.PARCEL_PREPARED, events.PARCEL_SHIPPED, events.PARCEL_DELIVERED]
    assert JournalLine.objects.filter(name__in=[*names, events.PARCEL_CLOSED]).count() == 5


@pytest.mark.parametrize("verb", ["accept", "prepare"])
def test_pressed_twice_it_happens_once(parcel, bora, verb):
    if verb == "prepare":
        parcels.accept(parcel=parcel, by=bora, now=timezone.now())
    act = getattr(parcels, verb)
    act(parcel=parcel, by=bora, now=timezone.now())
    with pytest.raises(MoveRefused):
        act(parcel=parcel, by=bora, now=timezone.now())


def test_the_copy_in_hand_does_not_decide(parcel, bora):
    old = SellerOrder.objects.get(pk=parcel.pk)
    parcels.accept(parcel=parcel, by=bora, now=timezone.now())
    with pytest.raises(MoveRefused):
        parcels.accept(parcel=old, by=bora, now=timezone.now())


def test_what_nobody_prepared_is_not_sent(parcel, food):
    with pytest.raises(MoveRefused):
        parcels.ship(parcel=parcel, carrier="own", tracking="", by=None, now=timezone.now())
    assert tag(food) == (5, 2)


@pytest.mark.parametrize(
    ("carrier", "typed", "words"),
    [
        ("yurtici", "90311847261", "1 hane eksik: bu firmada 12 hanedir."),
        ("yurtici", "9031184726100", "1 hane fazla: bu firmada 12 hanedir."),
        ("yurtici", "9031184726AB", "Yurtiçi Kargo"),
        ("yurtici", "", "makbuz"),
        ("ups", "2Z999AA10123456784", "UPS"),
        ("horse", "1", "firma"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused(parcel, carrier, typed, words):
    ready(parcel)
    with pytest.raises(NumberIsWrong) as refused:
        parcels.ship(parcel=parcel, carrier=carrier, tracking=typed, by=None, now=timezone.now())
    assert words in str(refused.value.message)


@pytest.mark.parametrize(
    ("carrier", "typed", "kept"),
    [
        ("yurtici", " 9031 1847 2610 ", "903118472610"),
        ("ptt", "kp02012345678", "KP02012345678"),
        ("ptt", "RR123456789TR", "RR123456789TR"),
        ("ups", "1Z 999AA1 01 2345 6784", "1Z999AA10123456784"),
        ("own", "", ""),
    ],
)
def test_a_number_is_kept_as_its_carrier_writes_it(parcel, carrier, typed, kept):
    parcels.ship(parcel=ready(parcel), carrier=carrier, tracking=typed, by=None, now=timezone.now())
    parcel.refresh_from_db()
    assert parcel.tracking == kept


def test_a_number_is_corrected_on_its_way_only(parcel, bora):
    with pytest.raises(NotOnItsWay):
        parcels.correct(parcel=parcel, carrier="yurtici", tracking=NUMBER, by=bora)
    sent(parcel)
    parcels.correct(parcel=parcel, carrier="aras", tracking="1234567890123", by=bora)
    parcels.correct(parcel=parcel, carrier="aras", tracking="1234567890123", by=bora)
    parcel.refresh_from_db()
    assert (parcel.carrier, parcel.tracking) == ("aras", "1234567890123")
    assert JournalLine.objects.filter(name=events.PARCEL_CORRECTED).count() == 1


def test_cancelled_by_the_seller_everything_goes_back(parcel, order, food, ayse, bora, shop):
    now = timezone.now()
    parcels.accept(parcel=parcel, by=bora, now=now)
    before = ledger.balance(wallet(ayse))
    parcels.cancel(
        parcel=parcel, reason=CancelReason.SOLD_OUT, by=bora, now=now, note="Son paket yırtık çıktı"
    )
    assert tag(food) == (5, 0)
    assert ledger.balance(wallet(ayse)) - before == Decimal("240.00")
    assert ledger.balance(ledger.account(AccountKind.SELLER_RESERVE, business=shop)) == 0
    parcel.refresh_from_db()
    order.refresh_from_db()
    assert (parcel.status, parcel.refunded) == (ParcelStatus.CANCELLED, Decimal("240.00"))
    assert parcel.lines.get().cancelled == 2
    assert order.status == OrderStatus.CANCELLED
    with pytest.raises(MoveRefused):
        parcels.cancel(parcel=parcel, reason=CancelReason.SOLD_OUT, by=bora, now=now)
    assert Refund.objects.count() == 1


def test_one_parcel_of_two_is_cancelled_the_other_goes_on(ayse, food, cem):
    other = commerce.product(by=commerce.shop(cem, "Çınar Mama").partner)
    order = commerce.paid(commerce.placed(ayse, (food, 1), (other, 1)))
    first, second = order.parcels.order_by("position")
    parcels.cancel(parcel=first, reason=CancelReason.OTHER, by=None, now=timezone.now())
    order.refresh_from_db()
    second.refresh_from_db()
    assert (order.status, second.status) == (OrderStatus.PAID, ParcelStatus.NEW)


def test_a_part_given_back_before_is_not_given_twice(parcel, bora):
    from payments import services as payments

    now = timezone.now()
    item = parcels.paid_item(parcel)
    payments.refund_item(key="part", item=item, amount=Decimal(40), reason="goodwill", by=bora, now=now)
    parcels.cancel(parcel=parcel, reason=CancelReason.PRICE, by=bora, now=now)
    assert sorted(Refund.objects.values_list("amount", flat=True)) == [Decimal(40), Decimal(200)]


def test_unpaid_and_sent_parcels_are_not_cancelled(ayse, food, parcel):
    unpaid = commerce.placed(ayse, (food, 1)).parcels.get()
    for one in (unpaid, sent(parcel)):
        with pytest.raises(MoveRefused):
            parcels.cancel(parcel=one, reason=CancelReason.OTHER, by=None, now=timezone.now())
    assert parcels.paid_item(unpaid) is None
    assert tag(food) == (3, 1)


def test_the_buyer_need_not_wait_for_what_is_late(parcel, ayse):
    now = timezone.now()
    with pytest.raises(NotLate):
        parcels.cancel_late(parcel=parcel, by=ayse, now=now)
    parcels.cancel_late(parcel=parcel, by=ayse, now=now + 30 * DAY)
    parcel.refresh_from_db()
    assert (parcel.status, parcel.cancel_reason) == (ParcelStatus.CANCELLED, CancelReason.LATE)


def test_a_parcel_that_left_is_not_cancelled_as_late(parcel, ayse):
    sent(parcel)
    with pytest.raises(MoveRefused):
        parcels.cancel_late(parcel=parcel, by=ayse, now=timezone.now() + 30 * DAY)


def test_silent_parcels_count_as_delivered_and_say_so(parcel):
    now = timezone.now()
    sent(parcel, now=now)
    assert sweeping.deliver_due(now=now + 9 * DAY) == 0
    assert sweeping.deliver_due(now=now + 10 * DAY) == 1
    assert sweeping.deliver_due(now=now + 10 * DAY) == 0
    parcel.refresh_from_db()
    assert (parcel.status, parcel.delivered_by) == (ParcelStatus.DELIVERED, Word.TIMER)


def test_what_is_on_its_way_back_keeps_a_parcel_open(parcel, monkeypatch):
    now = timezone.now()
    delivered(parcel, now)
    monkeypatch.setattr(sweeping, "_narrow", [lambda rows: rows.exclude(pk=parcel.pk)])
    assert sweeping.close_due(now=now + 40 * DAY) == 0


def test_a_return_opened_while_the_sweeper_ran_keeps_it_open(parcel, monkeypatch):
    now = timezone.now()
    delivered(parcel, now)
    asked = []

    def narrow(rows):
        asked.append(1)
        return rows if len(asked) == 1 else rows.none()

    monkeypatch.setattr(sweeping, "_narrow", [narrow])
    assert sweeping.close_due(now=now + 40 * DAY) == 0
    parcel.refresh_from_db()
    assert parcel.status == ParcelStatus.DELIVERED


def test_late_parcels_are_told_of_once(parcel):
    now = parcel.ship_by
    assert sweeping.watch_late(now=now - timedelta(minutes=1)) == 0
    assert sweeping.watch_late(now=now) == 1
    assert sweeping.watch_late(now=now) == 0
    sent(parcel, now=now)
    after = now + 15 * DAY
    assert sweeping.watch_late(now=after) == 1
    assert sweeping.watch_late(now=after) == 0
    assert sorted(LateParcel.objects.values_list("kind", flat=True)) == ["arrive", "leave"]


def test_a_killed_sweeper_leaves_the_rest_to_the_next(ayse, food, monkeypatch):
    now = timezone.now()
    rows = [sent(commerce.paid(commerce.placed(ayse, (food, 1))).parcels.get(), now=now) for _ in range(3)]
    real, done = parcels.deliver, []

    def deliver(**facts):
        if done:
            raise KeyboardInterrupt
        done.append(real(**facts))

    monkeypatch.setattr(parcels, "deliver", deliver)
    with pytest.raises(KeyboardInterrupt):
        sweeping.deliver_due(now=now + 11 * DAY)
    monkeypatch.setattr(parcels, "deliver", real)
    assert sweeping.deliver_due(now=now + 11 * DAY) == len(rows) - 1


@pytest.mark.django_db(transaction=True)
def test_two_members_at_once_send_it_once(ayse, food):
    parcel = ready(commerce.paid(commerce.placed(ayse, (food, 2))).parcels.get())

    def send(_number):
        own = SellerOrder.objects.get(pk=parcel.pk)
        parcels.ship(parcel=own, carrier="own", tracking="", by=None, now=timezone.now())

    results = at_once(send, 2)
    assert sorted(type(one).__name__ for one in results) == ["MoveRefused", "NoneType"]
    assert tag(food) == (3, 0)


@pytest.mark.django_db(transaction=True)
def test_cancelled_by_two_at_once_the_money_goes_back_once(ayse, food):
    parcel = commerce.paid(commerce.placed(ayse, (food, 2))).parcels.get()

    def cancel(_number):
        own = SellerOrder.objects.get(pk=parcel.pk)
        parcels.cancel(parcel=own, reason=CancelReason.OTHER, by=None, now=timezone.now())

    results = at_once(cancel, 2)
    assert sorted(type(one).__name__ for one in results) == ["MoveRefused", "NoneType"]
    assert Refund.objects.count() == 1
    assert tag(food) == (5, 0)


def test_stock_row_is_locked_before_the_parcel(parcel, monkeypatch):
    seen = []
    real = stock.locked
    monkeypatch.setattr(stock, "locked", lambda rows: seen.append(dict(rows)) or real(rows))
    parcels.cancel(parcel=parcel, reason=CancelReason.OTHER, by=None, now=timezone.now())
    assert len(seen[0]) == 1

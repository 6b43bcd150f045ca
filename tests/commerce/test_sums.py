"""Whatever is in a basket: page, order, parcels, lines, documents and books agree to the kuruş."""

from decimal import Decimal
from itertools import count

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from oscar.core.loading import get_model

from commerce import services
from commerce.models import DeliveryOption
from finance.models import CommissionLine, Document, DocumentKind
from payments import services as payments
from payments.models import PaymentItem, Reason
from tests.factories import commerce, sales
from tests.payments.things import nothing_under_way

pytestmark = pytest.mark.django_db

Benefit = get_model("offer", "Benefit")
Order = get_model("order", "Order")
Voucher = get_model("voucher", "Voucher")
D = Decimal
_numbers = count(1)

kurus = some.integers(min_value=1, max_value=99999).map(lambda number: D(number) / 100)
lines = some.lists(
    some.tuples(
        some.integers(min_value=0, max_value=1),  # which seller
        kurus,
        some.integers(min_value=1, max_value=7),
        some.sampled_from(["standard", "list_2", "list_1"]),
    ),
    min_size=1,
    max_size=5,
)
vouchers = some.one_of(
    some.none(),
    some.tuples(some.just(Benefit.PERCENTAGE), some.integers(min_value=1, max_value=100).map(D)),
    some.tuples(some.just(Benefit.FIXED), kurus),
)


class Undo(Exception):
    """Each example leaves the database as it was."""


@pytest.fixture
def shops(bora, cem):
    sales.rate("12.35")
    sales.taxes()
    commerce.law()
    return [commerce.shop(bora, "Bir"), commerce.shop(cem, "İki")]


def order_of(person, shops, wanted, voucher, delivery):
    for shop in shops:
        DeliveryOption.objects.create(business=shop, name="Kurye", price=delivery, days_from=1, days_to=2)
    goods = [
        (commerce.product(f"Ürün {n}", price, 100, by=shops[who].partner, tax_class=kind), pieces)
        for n, (who, price, pieces, kind) in enumerate(wanted)
    ]
    basket = commerce.basket(person, *goods)
    if voucher:
        made = commerce.voucher(f"K{next(_numbers)}", percent=10)
        Benefit.objects.filter(pk=made.offers.get().benefit_id).update(type=voucher[0], value=voucher[1])
        basket.vouchers.add(made)
    agreed = commerce.seen(basket, person)
    return agreed, services.place(
        key=f"sum {basket.pk}",
        basket=basket,
        user=person,
        wish=commerce.wish(person),
        agreed=agreed,
        now=timezone.now(),
    )


def check_order(agreed, order):
    parcels = list(order.parcels.all())
    rows = list(order.lines.all())
    assert D(agreed.total) == order.total_incl_tax == sum(one.total for one in parcels)
    assert order.shipping_incl_tax == sum(one.delivery for one in parcels)
    for parcel in parcels:
        assert parcel.goods == sum(line.line_price_incl_tax for line in parcel.lines.all())
        assert sum(one.amount for one in parcel.sold()) == parcel.total
    off = sum(one.line_price_before_discounts_incl_tax - one.line_price_incl_tax for one in rows)
    assert off == sum(one.amount for one in order.discounts.all())
    assert off == sum(one.amount for line in rows for one in line.discounts.all())
    vat = sum(one.vat for parcel in parcels for one in parcel.sold())
    assert order.total_incl_tax - order.total_excl_tax == vat
    assert all(one.line_price_incl_tax >= 0 for one in rows)


def check_money(order):
    order = commerce.paid(order)
    assert order.status == "paid"
    parcels = [one for one in order.parcels.all() if one.total]
    items = {one.payable_id: one for one in PaymentItem.objects.filter(payment__payer=order.user)}
    papers = Document.objects.filter(kind=DocumentKind.INVOICE, user=order.user)
    assert sorted(one.gross for one in papers) == sorted(one.total for one in parcels)
    for parcel in parcels:
        line = items[parcel.pk].line
        paper = line.documents.get(kind=DocumentKind.INVOICE)
        assert (
            (line.gross, line.vat)
            == (paper.gross, paper.vat)
            == (parcel.total, sum(x.vat for x in parcel.sold()))
        )
        kept = line.commission + line.commission_vat + line.withholding
        assert line.gross == kept + line.net
    assert nothing_under_way()
    return items, parcels


def check_refund(items, parcels, user):
    for parcel in parcels:
        half = (parcel.total / 2).quantize(D("0.01")) or parcel.total
        for part, amount in enumerate((half, parcel.total - half)):
            if amount:
                facts = {"reason": Reason.CANCELLED, "by": user, "now": timezone.now()}
                item = PaymentItem.objects.get(pk=items[parcel.pk].pk)
                payments.refund_item(key=f"back {parcel.pk} {part}", item=item, amount=amount, **facts)
        parcel.refresh_from_db()
        assert parcel.refunded == parcel.total
        line = CommissionLine.objects.get(pk=items[parcel.pk].line_id)
        notes = line.documents.filter(kind=DocumentKind.CREDIT_NOTE)
        assert sum(note.gross for note in notes) == line.gross
        assert sum(note.vat for note in notes) == line.vat
    assert nothing_under_way()


@settings(max_examples=12, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(wanted=lines, voucher=vouchers, delivery=some.sampled_from([D(0), D("49.90"), D("0.01")]))
def test_everything_agrees_to_the_kurus(ayse, shops, wanted, voucher, delivery):
    try:
        with transaction.atomic():
            agreed, order = order_of(ayse, shops, wanted, voucher, delivery)
            check_order(agreed, order)
            if order.total_incl_tax:
                items, parcels = check_money(order)
                check_refund(items, parcels, ayse)
            raise Undo
    except Undo:
        pass


def test_the_check_sees_a_lost_kurus(ayse, shops):
    """Its own control: one kuruş off a line, and it fails."""
    agreed, order = order_of(ayse, shops, [(0, D("10.01"), 3, "standard")], None, D("49.90"))
    line = order.lines.get()
    line.line_price_incl_tax -= D("0.01")
    line.save()
    with pytest.raises((AssertionError, ValueError)):
        check_order(agreed, order)
    assert Order.objects.count() == 1


def test_a_line_that_a_voucher_made_free_stands_on_no_document(ayse, shops):
    """Once it stopped the settlement of money that had already come."""
    wanted = [(0, D("130.00"), 1, "standard"), (0, D("0.01"), 3, "list_2")]
    agreed, order = order_of(ayse, shops, wanted, (Benefit.PERCENTAGE, D(90)), D(0))
    check_order(agreed, order)
    check_money(order)

"""The database keeps the store's promises even from code that forgot them: each sentence, broken once.

What other tests break already (parcels, returns, contracts, reviews) is not repeated here.
"""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from oscar.core.loading import get_model

from commerce.models import (
    Cancellation,
    Contract,
    DeliveryOption,
    LateParcel,
    ReturnRequest,
    ShippingTerms,
    TalkMessage,
)
from commerce.models.talks import Side
from commerce.order.parcels import SellerOrder
from commerce.services import cancelling, returning, talking
from commerce.states import ParcelStatus
from tests.factories import commerce, sales

pytestmark = pytest.mark.django_db

Order = get_model("order", "Order")
ProductAlert = get_model("customer", "ProductAlert")
StockRecord = get_model("partner", "StockRecord")
NOW = "2026-01-01T00:00Z"


@pytest.fixture
def shop(bora):
    sales.rate()
    return commerce.shop(bora)


@pytest.fixture
def good(shop):
    return commerce.product("Kum", "120.00", by=shop.partner, stock=50)


@pytest.fixture
def parcel(ayse, good):
    return commerce.paid(commerce.placed(ayse, (good, 3))).parcels.get()


@pytest.fixture
def rows(parcel, shop, good):
    """One of each kind of row that is broken below."""
    now = timezone.now()
    line = parcel.lines.get().pk
    cancelling.cancel(parcel=parcel, pieces={line: 1}, key="a", by=None, now=now)
    talking.write(parcel=parcel, side=Side.BUYER, text="Merhaba", by=None, now=now)
    SellerOrder.objects.update(
        status=ParcelStatus.DELIVERED, shipped_at=now, carrier="aras", delivered_at=now
    )
    returning.announce(parcel=parcel, pieces={line: 1}, ground="withdrawal", key="b", by=None, now=now)
    DeliveryOption.objects.create(business=shop, name="Kurye", price=30, days_from=1, days_to=2)
    ShippingTerms.objects.create(business=shop)
    LateParcel.objects.create(parcel=parcel, kind="leave", due_at=now, told_at=now)


BROKEN = [
    (StockRecord, {"price": 0}, "price_is_above_zero"),
    (StockRecord, {"archived_at": NOW}, "archived_offer_is_not_offered"),
    (Order, {"status": "lost"}, "order_has_a_known_state"),
    (SellerOrder, {"delivered_at": None}, "delivered_parcel_says_when"),
    (SellerOrder, {"delivered_by": "moon"}, "parcel_arrived_by_a_known_word"),
    (Cancellation, {"delivery": -1}, "cancellation_takes_nothing"),
    (Cancellation, {"refund": None}, "cancelled_money_goes_back"),
    (Cancellation.lines.rel.related_model, {"pieces": 0}, "cancelled_line_has_pieces"),
    (ReturnRequest.lines.rel.related_model, {"pieces": 0}, "return_line_has_pieces"),
    (ReturnRequest.lines.rel.related_model, {"amount": -1}, "return_line_costs_nothing_less"),
    (DeliveryOption, {"price": -1}, "delivery_costs_nothing_or_more"),
    (DeliveryOption, {"free_above": 0}, "delivery_costs_nothing_or_more"),
    (DeliveryOption, {"days_to": 0, "days_from": 0}, "delivery_arrives_in_time"),
    (DeliveryOption, {"days_from": 3}, "delivery_arrives_in_time"),
    (DeliveryOption, {"provinces": ["99"]}, "delivery_goes_to_known_provinces"),
    (ShippingTerms, {"pickup": "11:00"}, "carrier_comes_after_the_last_order"),
    (ShippingTerms, {"days": 6}, "seller_prepares_within_days"),
    (LateParcel, {"kind": "x"}, "lateness_is_of_a_known_kind"),
    (TalkMessage, {"side": "x"}, "parcel_message_has_a_side"),
    (TalkMessage, {"text": ""}, "parcel_message_says_something"),
]


@pytest.mark.parametrize(
    ("model", "change", "name"), BROKEN, ids=[f"{n}-{next(iter(c))}" for _m, c, n in BROKEN]
)
def test_the_database_refuses(rows, model, change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**change)


def twice(row):
    """The same once more."""
    row.pk = None
    for field in row._meta.fields:
        if field.unique and not field.primary_key:
            setattr(row, field.attname, field.get_default())
    row.save(force_insert=True)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (DeliveryOption, "seller_names_a_delivery_once"),
        (LateParcel, "parcel_is_called_late_once"),
        (Cancellation.lines.rel.related_model, "cancellation_has_a_line_once"),
        (ReturnRequest.lines.rel.related_model, "return_has_a_line_once"),
    ],
)
def test_the_database_refuses_a_second_one(rows, model, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        twice(model.objects.get())


@pytest.mark.parametrize(
    ("other", "name"),
    [({"position": 2}, "seller_sends_one_parcel_of_an_order"), ({}, "parcel_has_its_place")],
)
def test_a_seller_has_one_parcel_of_an_order(parcel, shop, cem, other, name):
    if not other:
        other = {"business": commerce.shop(cem, "Çınar Mama")}
    given = {"contract": commerce.contract(shop), "goods": 1, "total": 1, "placed_at": timezone.now()}
    given |= {"order": parcel.order, "business": shop, "position": parcel.position}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        SellerOrder.objects.create(**(given | other))


def test_whoever_waits_waits_once(ayse, good):
    for given, name in (
        ({"user": ayse}, "person_waits_for_goods_once"),
        ({"email": "a@ornek.test"}, "address_waits_for_goods_once"),
    ):
        ProductAlert.objects.create(product=good, status="Active", **given)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ProductAlert.objects.create(product=good, status="Active", **given)


def test_a_contract_that_says_nothing_is_none(shop):
    made = commerce.contract(shop)
    for change in ({"sha256": "x"}, {"facts": {}}):
        row = Contract.objects.get(pk=made.pk)
        row.pk, row.public_id = None, Contract._meta.get_field("public_id").get_default()
        for name, value in change.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError, match="contract_says_something"), transaction.atomic():
            row.save(force_insert=True)


def test_more_is_never_given_back_than_is_left(parcel):
    """The verb's own check, before the database is asked."""
    line = parcel.lines.get().pk
    with pytest.raises(cancelling.AmountChanged):
        cancelling.cancel(
            parcel=parcel, pieces={line: 1}, key="c", by=None, now=timezone.now(), expected=Decimal(1)
        )
    assert not Cancellation.objects.exists()

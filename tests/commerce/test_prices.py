"""Prices include KDV, and the offer that can be bought comes first."""

from decimal import Decimal

import pytest
from oscar.core.loading import get_class

from commerce import listings, proofs, tax
from commerce.models import Listing
from core.proofs import State
from finance.models import TaxRate
from tests.factories import commerce as make

Selector = get_class("partner.strategy", "Selector")
pytestmark = pytest.mark.django_db


def info(product):
    strategy = Selector().strategy()
    return strategy.fetch_for_parent(product) if product.is_parent else strategy.fetch_for_product(product)


@pytest.mark.parametrize(
    ("tax_class", "price", "included"),
    [
        ("standard", "120.00", "20.00"),
        ("list_2", "110.00", "10.00"),
        ("list_1", "101.00", "1.00"),
        ("standard", "0.01", "0.00"),
        ("standard", "1189.00", "198.17"),
    ],
)
def test_kdv_is_inside_the_price_tag(tax_class, price, included):
    price_info = info(make.product(price=price, tax_class=tax_class)).price

    assert price_info.incl_tax == Decimal(price)
    assert price_info.tax == Decimal(included)
    assert price_info.excl_tax + price_info.tax == Decimal(price)
    assert price_info.currency == "TRY"


def test_unknown_tax_class_has_no_rate():
    with pytest.raises(ValueError, match="list_9"):
        tax.percent("list_9")


def test_variant_is_taxed_like_its_product():
    parent = make.product(structure="parent", tax_class="list_2")
    child = make.variant(parent, "1 kg", price="110.00")

    assert info(child).price.tax == Decimal("10.00")


@pytest.mark.parametrize(
    ("offers", "chosen"),
    [
        ([("90.00", 0), ("100.00", 5)], "100.00"),  # the cheaper one is sold out
        ([("90.00", 3), ("100.00", 5)], "90.00"),
        ([("90.00", 0), ("80.00", 0)], "80.00"),
        ([(None, 9), ("80.00", 1)], "80.00"),
    ],
)
def test_cheapest_offer_in_stock_is_chosen_and_the_database_agrees(offers, chosen):
    product = make.product(price=offers[0][0], stock=offers[0][1])
    make.offer(product, *offers[1], by=make.seller("Çınar Mama"))

    assert info(product).price.incl_tax == Decimal(chosen)
    assert _listed(product).price == Decimal(chosen)


def test_parent_starts_at_its_cheapest_variant():
    parent = make.product(structure="parent")
    make.variant(parent, "12 kg", price="900.00")
    make.variant(parent, "3 kg", price="300.00")
    make.variant(parent, "1 kg", price="100.00", stock=0)

    assert info(parent).price.incl_tax == Decimal("300.00")
    assert info(parent).availability.is_available_to_buy
    row = _listed(parent)
    assert (row.price, row.can_be_bought) == (Decimal("300.00"), True)


def test_product_without_a_price_cannot_be_bought():
    product = make.product(price=None)

    assert not info(product).price.exists
    assert not info(product).availability.is_available_to_buy


def test_proof_holds_and_can_fail():
    make.product()
    assert proofs.prices_include_vat().state == State.OK

    TaxRate.objects.filter(tax__startswith="vat_").update(percent=0)
    tax.forget()
    result = proofs.prices_include_vat()
    assert result.state == State.FAILED
    assert "sku-" in result.detail


def _listed(product):
    listings.refresh()
    return Listing.objects.get(product=product)

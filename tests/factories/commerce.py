"""The smallest goods that can be sold."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

from oscar.core.loading import get_model

Category = get_model("catalogue", "Category")
Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductClass = get_model("catalogue", "ProductClass")
StockRecord = get_model("partner", "StockRecord")
AttributeOption = get_model("catalogue", "AttributeOption")
AttributeOptionGroup = get_model("catalogue", "AttributeOptionGroup")
Benefit = get_model("offer", "Benefit")
Condition = get_model("offer", "Condition")
ConditionalOffer = get_model("offer", "ConditionalOffer")
Range = get_model("offer", "Range")

_numbers = count(1)


def kind():
    return ProductClass.objects.get_or_create(slug="goods", defaults={"name": "Ürün"})[0]


def shelf(name="Kedi", parent=None, **fields):
    return parent.add_child(name=name, **fields) if parent else Category.add_root(name=name, **fields)


def seller(name="Işık Pet Market"):
    return Partner.objects.get_or_create(name=name)[0]


def offer(product, price="120.00", stock=10, by=None):
    return StockRecord.objects.create(
        product=product,
        partner=by or seller(),
        partner_sku=f"sku-{next(_numbers)}",
        price=None if price is None else Decimal(price),
        num_in_stock=stock,
    )


def product(title="Tavuklu kedi maması", price="120.00", stock=10, shelf=None, by=None, **fields):
    fields.setdefault("product_class", kind())
    made = Product.objects.create(title=title, **fields)
    if shelf:
        made.productcategory_set.create(category=shelf)
    if not made.is_parent:
        offer(made, price, stock, by)
    return made


def variant(parent, title, price="120.00", stock=10):
    return product(title, price, stock, parent=parent, structure=Product.CHILD, product_class=None)


def choose(made, code, *options):
    """Give the product values of a facet: `choose(product, "age", "yavru")`."""
    group, _ = AttributeOptionGroup.objects.get_or_create(code=code, defaults={"name": code})
    made.product_class.attributes.get_or_create(
        code=code, defaults={"name": code, "type": "multi_option", "option_group": group}
    )
    rows = [
        AttributeOption.objects.get_or_create(
            code=option, defaults={"group": group, "option": option.title()}
        )[0]
        for option in options
    ]
    made.attr.invalidate()
    setattr(made.attr, code, rows)
    made.save()


def weigh(made, grams):
    made.product_class.attributes.get_or_create(
        code="net_weight_g", defaults={"name": "Net miktar", "type": "integer"}
    )
    made.attr.invalidate()
    made.attr.net_weight_g = grams
    made.save()


def discount(percent=10, name="Bahar indirimi"):
    """An offer on everything, as staff set it up in the dashboard."""
    goods = Range.objects.create(name=name, includes_all_products=True)
    condition = Condition.objects.create(range=goods, type=Condition.COUNT, value=1)
    benefit = Benefit.objects.create(range=goods, type=Benefit.PERCENTAGE, value=percent)
    return ConditionalOffer.objects.create(name=name, condition=condition, benefit=benefit)

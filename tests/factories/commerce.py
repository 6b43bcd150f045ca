"""The smallest goods that can be sold."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone
from oscar.core.loading import get_class, get_model

from commerce import agreeing, papers, quotes, services, stock, tax
from commerce.models import Contract
from commerce.wishes import Place, Wish
from core import business_days
from finance import ledger
from finance.models import AccountKind
from payments import services as payments
from payments.services.accounts import wallet

from . import legal, teams

Basket = get_model("basket", "Basket")
Country = get_model("address", "Country")
Order = get_model("order", "Order")
SellerOrder = get_model("order", "SellerOrder")
ShippingAddress = get_model("order", "ShippingAddress")
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
Voucher = get_model("voucher", "Voucher")
Selector = get_class("partner.strategy", "Selector")

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


def shop(owner, name="Işık Pet Market"):
    """A verified business that sells in the store."""
    made = teams.verified(owner, name, "shop", email="bilgi@ornek.test")
    Partner.objects.create(name=name, business=made)
    return made


def placed(buyer, *wanted, number="", now=None, delivery="0", guest_email=""):
    """An order nobody has paid yet: `placed(ayse, (product, 2), (other, 1))`, one parcel for each seller."""
    now = now or timezone.now()
    tags = [(one.stockrecords.select_related("partner__business").get(), pieces) for one, pieces in wanted]
    stock.allocate({tag.pk: pieces for tag, pieces in tags})
    goods = sum(tag.price * pieces for tag, pieces in tags)
    businesses = list(dict.fromkeys(tag.partner.business for tag, _pieces in tags))
    total = goods + Decimal(delivery) * len(businesses)
    order = Order.objects.create(
        number=number or f"S-{next(_numbers):05}",
        user=buyer,
        guest_email=guest_email,
        shipping_address=_address(),
        currency="TRY",
        total_incl_tax=total,
        total_excl_tax=total,
        shipping_incl_tax=Decimal(delivery) * len(businesses),
        shipping_excl_tax=Decimal(delivery) * len(businesses),
        date_placed=now,
        pay_until=now + timedelta(hours=1),
    )
    for position, business in enumerate(businesses, 1):
        own = [(tag, pieces) for tag, pieces in tags if tag.partner.business == business]
        _parcel(order, position, business, own, Decimal(delivery), now)
    return order


def _parcel(order, position, business, own, delivery, now):
    goods = sum(tag.price * pieces for tag, pieces in own)
    parcel = SellerOrder.objects.create(
        order=order,
        contract=contract(business, now),
        position=position,
        business=business,
        goods=goods,
        delivery=delivery,
        total=goods + delivery,
        placed_at=now,
        promised_on=business_days.after(timezone.localdate(now), 3),
        ship_by=now + timedelta(days=1),
    )
    for tag, pieces in own:
        percent = tax.percent(tag.product.effective_tax_class)
        price = tag.price * pieces
        order.lines.create(
            parcel=parcel,
            product=tag.product,
            partner=tag.partner,
            partner_name=tag.partner.name,
            partner_sku=tag.partner_sku,
            stockrecord=tag,
            title=tag.product.get_title(),
            quantity=pieces,
            num_allocated=pieces,
            vat_percent=percent,
            withdrawal=tag.product.withdrawal,
            unit_price_incl_tax=tag.price,
            line_price_incl_tax=price,
            line_price_excl_tax=price - tax.included_in(price, tag.product.effective_tax_class),
            line_price_before_discounts_incl_tax=price,
            line_price_before_discounts_excl_tax=price,
        )


def law():
    """The texts without which nothing is sold."""
    return [
        legal.in_force("on-bilgilendirme", "Ön bilgilendirme formu", [("Cayma hakkı", "<p>14 gün.</p>")]),
        legal.in_force(
            "mesafeli-satis", "Mesafeli satış sözleşmesi", [("Taraflar", "<p>Satıcı, alıcı.</p>")]
        ),
        legal.in_force("cayma-formu", "Cayma bildirimi", [("Bildirim", "<p>Cayıyorum.</p>")], "form"),
    ]


def contract(business, now=None):
    """What its buyer was told and agreed to; a parcel cannot be without it."""
    now = now or timezone.now()
    information, terms, _form = law()
    facts = {"seller": [["Satıcı", business.name]], "lines": [], "totals": [], "total": "", "buyer": []}
    facts |= {"delivery": []} | {
        name: {"title": version.title, "version": "1", "clauses": [["Madde", "Metin."]]}
        for name, version in (("information", information), ("terms", terms), ("form", _form))
    }
    return Contract.objects.create(
        business=business,
        information=information,
        terms=terms,
        facts=facts,
        sha256="a" * 64,
        informed_at=now,
        agreed_at=now,
        locale="tr",
    )


PLACE = Place("Deniz Korkmaz", "34", "Kadıköy", "Caferağa", "Moda Caddesi", "118", "4", "34710")


def wish(user=None, place=PLACE, **more):
    given = {"email": user.email if user else "misafir@ornek.test", "name": place.name}
    given |= {"phone": "+905321234567", "ship_to": place, "invoice_to": place.party(email=given["email"])}
    return Wish(**(given | more))


def basket(user, *wanted):
    """An open basket: `basket(ayse, (product, 2))`. Without a user a guest's."""
    made = Basket.open.get_or_create(owner=user)[0] if user else Basket.objects.create()
    made.strategy = Selector().strategy()
    for one, pieces in wanted:
        made.add_product(one, pieces)
    return made


def seen(basket, user=None, wish=None, now=None):
    """What the page of the checkout would show and have confirmed."""
    now, wished = now or timezone.now(), wish or globals()["wish"](user)
    facts = {"province": wished.ship_to.province, "chosen": wished.deliveries}
    quote = quotes.make(basket, user=user, now=now, **facts)
    _texts, filled = papers.papers(quote, wished, now=now)
    return agreeing.seen(quote, filled)


def order_basket(basket, user=None, key="", wish=None, now=None, agreed=None):
    """Through the verb itself, as the checkout does it."""
    law()
    now, wished = now or timezone.now(), wish or globals()["wish"](user)
    agreed = agreed or seen(basket, user, wished, now)
    return services.place(
        key=key or f"key {basket.pk}", basket=basket, user=user, wish=wished, agreed=agreed, now=now
    )


def voucher(code="PATI10", percent=10, usage="Multi-use", days=1, **more):
    """Takes some percent off everything, as staff set it up in the dashboard."""
    now = timezone.now()
    offer_ = discount(percent, f"Kupon {code}")
    ConditionalOffer.objects.filter(pk=offer_.pk).update(offer_type=ConditionalOffer.VOUCHER, **more)
    times = {"start_datetime": now - timedelta(days=1), "end_datetime": now + timedelta(days=days)}
    made = Voucher.objects.create(name=f"Kupon {code}", code=code, usage=usage, **times)
    made.offers.add(offer_)
    return made


def _address():
    country = Country.objects.get_or_create(
        iso_3166_1_a2="TR", defaults={"printable_name": "Türkiye", "name": "Türkiye"}
    )[0]
    return ShippingAddress.objects.create(
        first_name="Deniz",
        last_name="Korkmaz",
        line1="Caferağa Moda Caddesi No: 118 D: 4",
        line4="Kadıköy",
        state="İstanbul",
        postcode="34710",
        country=country,
    )


def paid(order, now=None):
    """Paid by our own wallet, through the room of money: settled, documented, in the books."""
    now = now or timezone.now()
    user = order.user
    total = sum(parcel.total for parcel in order.parcels.all())
    gift = [(ledger.account(AccountKind.PROMOTION), -total), (wallet(user), total)]
    ledger.post(key=f"gift for {order.number}", kind="gift", legs=gift, now=now)
    payment = payments.start_payment(
        key=f"order {order.number}", payables=list(order.parcels.order_by("pk")), payer=user, now=now
    )
    payments.choose(payment=payment, provider="wallet", method="wallet", wallet_amount=total, now=now)
    order.refresh_from_db()
    return order

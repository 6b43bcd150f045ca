"""Verbs of sellers about their goods: what they write, what they offer, what is in stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from commerce import events, goods_queries, hand, screening
from commerce.models import ProductText
from core import journal, text
from core.errors import Refused

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")

MOST_PICTURES = 8


class NotComplete(Refused):
    """`lacks` says in words what is missing before it can be published."""

    code = "not_complete"
    message = _("Something is missing before this can be published.")

    def __init__(self, lacks: Sequence[Any]) -> None:
        super().__init__()
        self.lacks = list(lacks)
        self.message = " ".join(str(one) for one in lacks)


class BelowOrders(Refused):
    code = "below_orders"
    message = _("More than that is put aside for orders.")


class SoldByOthers(Refused):
    code = "sold_by_others"
    message = _("Other sellers sell this too, so its packs stay as they are.")


class TooManyPictures(Refused):
    code = "too_many_pictures"
    message = _("A product has at most eight pictures.")


@dataclass(frozen=True)
class Facts:
    """What a product says about itself. `texts`: language → (title, description)."""

    title: str
    description: str = ""
    gtin: str = ""
    tax_class: str = ""
    withdrawal: str = ""
    categories: tuple[int, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """A price tag. `pack` names a variant ("3 kg"); a product without variants has one without a name."""

    sku: str
    price: Decimal | None = None
    stock: int = 0
    low_stock: int | None = None
    pack: str = ""


@transaction.atomic
def make_product(
    *, partner: Any, kind: Any, facts: Facts, offers: Sequence[Offer], by: Any, now: datetime
) -> Any:
    """A draft of this seller; with named packs it is a product of variants."""
    has_packs = any(offer.pack for offer in offers)
    structure = Product.PARENT if has_packs else Product.STANDALONE
    product = Product(product_class=kind, structure=structure, owner=partner, is_public=False)
    _write(product, facts, now)
    for offer in offers:
        target = _variant(product, offer.pack) if has_packs else product
        add_offer(partner=partner, product=target, offer=offer, by=by, now=now)
    journal.write(
        events.PRODUCT_SAVED, actor=by, subject=product, data={"seller": partner.pk, "is_new": True}
    )
    return product


@transaction.atomic
def edit_product(*, product: Any, facts: Facts, by: Any, now: datetime) -> None:
    """By the seller who wrote it. The words are read anew."""
    product = Product.objects.select_for_update().get(pk=product.pk)
    _write(product, facts, now)
    journal.write(events.PRODUCT_SAVED, actor=by, subject=product, data={"seller": product.owner_id})


def _write(product: Any, facts: Facts, now: datetime) -> None:
    product.title, product.description = facts.title, facts.description
    product.slug = text.slug(facts.title)[:200] or "urun"
    product.upc = facts.gtin or None
    product.tax_class, product.withdrawal = facts.tax_class, facts.withdrawal
    if product.is_public and not (facts.tax_class and facts.withdrawal):
        product.is_public = False
    for code, value in facts.attributes.items():
        setattr(product.attr, code, value)
    product.save()
    _put_on_shelves(product, facts.categories)
    _translate(product, facts.texts)
    screening.settle(product, now=now)


def _put_on_shelves(product: Any, categories: Sequence[int]) -> None:
    rows = product.productcategory_set
    rows.exclude(category__in=categories).delete()
    known = set(rows.values_list("category_id", flat=True))
    for category in dict.fromkeys(categories):
        if category not in known:
            rows.create(category_id=category)


def _translate(product: Any, texts: Mapping[str, tuple[str, str]]) -> None:
    for language, (title, description) in texts.items():
        if title:
            values = {"title": title, "description": description}
            ProductText.objects.update_or_create(product=product, language=language, defaults=values)
        else:
            ProductText.objects.filter(product=product, language=language).delete()


def _variant(parent: Any, pack: str) -> Any:
    return Product.objects.create(
        structure=Product.CHILD,
        parent=parent,
        title=pack,
        slug=text.slug(pack)[:200] or "paket",
        is_public=parent.is_public,
    )


@transaction.atomic
def add_variant(*, partner: Any, product: Any, offer: Offer, by: Any, now: datetime) -> Any:
    """One more pack. A product that had none becomes one of packs; its own offer is the first of them."""
    product = Product.objects.select_for_update().get(pk=product.pk)
    if not product.is_parent:
        _open_packs(partner, product)
    variant = _variant(product, offer.pack)
    add_offer(partner=partner, product=variant, offer=offer, by=by, now=now)
    journal.write(events.PRODUCT_SAVED, actor=by, subject=product, data={"pack": offer.pack})
    return variant


def _open_packs(partner: Any, product: Any) -> None:
    if product.stockrecords.exclude(partner=partner).exists():
        raise SoldByOthers
    product.structure = Product.PARENT
    first = _variant(product, goods_queries.pack_of(product) or str(_("Standard")))
    product.stockrecords.update(product=first)
    product.save()


@transaction.atomic
def add_offer(
    *, partner: Any, product: Any, offer: Offer, by: Any, now: datetime, is_offered: bool = True
) -> Any:
    with hand.at_work(by=by, now=now):
        return StockRecord.objects.create(
            partner=partner,
            product=product,
            partner_sku=offer.sku,
            price=offer.price,
            num_in_stock=offer.stock,
            low_stock_threshold=offer.low_stock,
            is_offered=is_offered,
        )


@transaction.atomic
def set_price(*, record: Any, price: Decimal | None, by: Any, now: datetime, reason: str = "") -> bool:
    """True when it is another price than before; orders that wait keep theirs."""
    locked = StockRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if locked.price == price:
        return False
    locked.price = price
    with hand.at_work(by=by, reason=reason, now=now):
        locked.save(update_fields=["price", "date_updated"])
    data = {"price": str(price), "before": str(record.price)}
    journal.write(events.OFFER_CHANGED, actor=by, subject=locked, data=data)
    return True


@transaction.atomic
def set_stock(*, record: Any, number: int, reason: str, by: Any, now: datetime, note: str = "") -> bool:
    """How many there are on the shelf. Raises BelowOrders."""
    locked = StockRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if number < (locked.num_allocated or 0):
        raise BelowOrders
    if locked.num_in_stock == number:
        return False
    locked.num_in_stock = number
    with hand.at_work(by=by, reason=reason, note=note, now=now):
        locked.save(update_fields=["num_in_stock", "date_updated"])
    journal.write(events.STOCK_SET, actor=by, subject=locked, data={"number": number, "reason": reason})
    return True


@transaction.atomic
def describe_offer(*, record: Any, sku: str, low_stock: int | None, by: Any) -> None:
    record.partner_sku, record.low_stock_threshold = sku, low_stock
    record.save(update_fields=["partner_sku", "low_stock_threshold", "date_updated"])


@transaction.atomic
def publish(*, partner: Any, product: Any, by: Any, now: datetime) -> None:
    """Everybody can see and buy it. Raises NotComplete."""
    product = Product.objects.select_for_update().get(pk=product.pk)
    if lacks := goods_queries.lacks(product, partner):
        raise NotComplete(lacks)
    own = goods_queries.offers_on(product, partner)
    own.filter(archived_at=None).update(is_offered=True)
    product.is_public = True
    product.save()
    offered = own.filter(archived_at=None).values("product_id")
    product.children.filter(pk__in=offered).update(is_public=True)
    _tell(events.PRODUCT_PUBLISHED, product, partner, by)


@transaction.atomic
def withdraw(*, partner: Any, product: Any, by: Any, now: datetime) -> None:
    """This seller offers it no more; when nobody else does, it leaves the store."""
    product = Product.objects.select_for_update().get(pk=product.pk)
    goods_queries.offers_on(product, partner).update(is_offered=False)
    _leave_store(product)
    _tell(events.PRODUCT_WITHDRAWN, product, partner, by)


@transaction.atomic
def archive(*, partner: Any, product: Any, by: Any, now: datetime) -> None:
    """Out of the lists, with its history kept."""
    product = Product.objects.select_for_update().get(pk=product.pk)
    goods_queries.offers_on(product, partner).update(is_offered=False, archived_at=now)
    _leave_store(product)
    _tell(events.PRODUCT_ARCHIVED, product, partner, by)


@transaction.atomic
def restore(*, partner: Any, product: Any, by: Any, now: datetime) -> None:
    """Back in the lists, as a draft."""
    product = Product.objects.select_for_update().get(pk=product.pk)
    goods_queries.offers_on(product, partner).update(archived_at=None)
    _tell(events.PRODUCT_RESTORED, product, partner, by)


def _leave_store(product: Any) -> None:
    if not goods_queries.all_offers(product).filter(is_offered=True).exists():
        Product.objects.filter(pk=product.pk).update(is_public=False)
        product.children.update(is_public=False)


def _tell(event: str, product: Any, partner: Any, by: Any) -> None:
    journal.write(event, actor=by, subject=product, data={"seller": partner.pk})


@transaction.atomic
def add_picture(*, product: Any, jpeg: bytes, by: Any) -> Any:
    """`jpeg` is drawn anew already (`core.photos.checked_image`). Raises TooManyPictures."""
    Product.objects.select_for_update().get(pk=product.pk)
    order = product.images.count()
    if order >= MOST_PICTURES:
        raise TooManyPictures
    picture = ProductImage(product=product, caption=product.title, display_order=order)
    picture.original.save(f"{product.slug or 'urun'}.jpg", ContentFile(jpeg), save=False)
    picture.save()
    journal.write(events.PRODUCT_SAVED, actor=by, subject=product, data={"picture": picture.pk})
    return picture


@transaction.atomic
def remove_picture(*, picture: Any, by: Any) -> None:
    key = picture.pk
    picture = ProductImage.objects.select_related("product").get(pk=key)  # Oscar renumbers what it knows of
    product = picture.product
    picture.delete()
    journal.write(events.PRODUCT_SAVED, actor=by, subject=product, data={"picture_removed": key})


@transaction.atomic
def put_first(*, picture: Any, by: Any) -> None:
    """This one stands on the lists."""
    others = list(picture.product.images.exclude(pk=picture.pk).order_by("display_order", "pk"))
    for order, one in enumerate([picture, *others]):
        ProductImage.objects.filter(pk=one.pk).update(display_order=order)
    journal.write(events.PRODUCT_SAVED, actor=by, subject=picture.product, data={"picture_first": picture.pk})


def is_editable_by(product: Any, partner: Any) -> bool:
    """Who wrote its texts edits them; the others sell along."""
    return bool(product.owner_id == partner.pk)

"""Demo goods for the store: three sellers, shelves, some forty products with pictures.

`load()` adds what is missing and changes nothing that is there, so it may run at every start.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from oscar.core.loading import get_model
from stdnum import ean

from core import pictures, text

from .goods import AGES, GOODS, PROTEINS, SELLERS, SHELVES, SPECIES, Good

AttributeOption = get_model("catalogue", "AttributeOption")
AttributeOptionGroup = get_model("catalogue", "AttributeOptionGroup")
Category = get_model("catalogue", "Category")
Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductAttribute = get_model("catalogue", "ProductAttribute")
ProductClass = get_model("catalogue", "ProductClass")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")

PREFIX = "ornek"  # marks demo rows: in a seller's code, in a product's number
BAR_CODES = "29900000"
LOW_STOCK = 5

CHOICES = {"species": ("Tür", SPECIES), "age": ("Yaş dönemi", AGES), "protein": ("Protein kaynağı", PROTEINS)}
NUMBERS = {"net_weight_g": "Net miktar", "net_volume_ml": "Hacim"}
EMBLEMS = dict(zip(SPECIES, ("cat", "dog", "bird", "fish", "rabbit", "turtle"), strict=True))
TEXTS = {"crude_protein": "Ham protein", "fat": "Ham yağ", "material": "Malzeme", "size": "Ölçü"}


def load() -> int:
    """Add the goods that are not there yet; say how many were added."""
    is_ours = Q(upc__startswith=BAR_CODES) | Q(upc__startswith=f"{PREFIX}-")
    known = {_renumbered(*row) for row in Product.objects.filter(is_ours).values_list("pk", "upc")}
    missing = [(number, good) for number, good in enumerate(GOODS, 1) if upc(number) not in known]
    if missing:
        with transaction.atomic(), translation.override("tr"):
            _add(missing)
    return len(missing)


def upc(number: int) -> str:
    """A bar code of the range that shops use within their own walls."""
    body = f"{BAR_CODES}{number:04}"
    return body + ean.calc_check_digit(body)


def _renumbered(pk: int, code: str) -> str:
    """Demo goods of earlier versions had no true bar code."""
    if not code.startswith(PREFIX):
        return code
    new = upc(int(code.removeprefix(f"{PREFIX}-")))
    Product.objects.filter(pk=pk).update(upc=new)
    return new


def _add(missing: list[tuple[int, Good]]) -> None:
    kind = _product_class()
    shelves = {code: _shelf(code) for code in SHELVES}
    sellers = {letter: _seller(name) for letter, name in SELLERS.items()}
    options = {option.code: option for option in AttributeOption.objects.filter(group__code__in=CHOICES)}
    for number, good in missing:
        product = _product(number, good, kind, options, sellers[good.seller])
        _offer(number, good, product, sellers[good.seller])
        for code in good.shelves:
            product.productcategory_set.create(category=shelves[code])
        _picture(good, product)
        Product.objects.filter(pk=product.pk).update(date_created=_arrived(number))


def _product_class() -> Any:
    kind, _ = ProductClass.objects.get_or_create(
        slug="evcil-hayvan-urunu", defaults={"name": "Evcil hayvan ürünü"}
    )
    for code, (name, labels) in CHOICES.items():
        group, _ = AttributeOptionGroup.objects.get_or_create(code=code, defaults={"name": name})
        for option, label in labels.items():
            AttributeOption.objects.get_or_create(code=option, defaults={"group": group, "option": label})
        _attribute(kind, code, name, ProductAttribute.MULTI_OPTION, group)
    for code, name in NUMBERS.items():
        _attribute(kind, code, name, ProductAttribute.INTEGER)
    for code, name in TEXTS.items():
        _attribute(kind, code, name, ProductAttribute.TEXT)
    return kind


def _attribute(kind: Any, code: str, name: str, type: str, group: Any = None) -> None:
    values = {"name": name, "type": type, "option_group": group}
    ProductAttribute.objects.get_or_create(product_class=kind, code=code, defaults=values)


def _shelf(code: str) -> Any:
    """Shelves keep the order of the table, also when one is added to shelves that are there."""
    shelf = Category.objects.filter(code=code).first()
    if shelf:
        return shelf
    name, title, description = SHELVES[code]
    values = {"name": name, "meta_title": title, "description": description, "code": code}
    parent, _, _ = code.rpartition("/")
    return Category.objects.get(code=parent).add_child(**values) if parent else Category.add_root(**values)


def _seller(name: str) -> Any:
    return Partner.objects.get_or_create(code=f"{PREFIX}-{text.slug(name)}", defaults={"name": name})[0]


def _product(number: int, good: Good, kind: Any, options: dict[str, Any], seller: Any) -> Any:
    product = Product(
        upc=upc(number),
        title=good.title,
        slug=text.slug(good.title),
        description=good.description,
        product_class=kind,
        owner=seller,
    )
    for code, chosen in (("species", good.species), ("age", good.ages), ("protein", good.proteins)):
        if chosen:
            setattr(product.attr, code, [options[option] for option in chosen])
    values = {"net_weight_g": good.grams, "net_volume_ml": good.millilitres}
    values |= {code: getattr(good, code) for code in TEXTS}
    for code, value in values.items():
        if value:
            setattr(product.attr, code, value)
    product.save()
    return product


def _offer(number: int, good: Good, product: Any, seller: Any) -> None:
    StockRecord.objects.create(
        product=product,
        partner=seller,
        partner_sku=f"{PREFIX}-{number:03}",
        price=Decimal(good.price),
        num_in_stock=good.stock,
        low_stock_threshold=LOW_STOCK,
    )


def _picture(good: Good, product: Any) -> None:
    data = pictures.pack_png(*good.picture, emblem=EMBLEMS[good.species[0]])
    image = ProductImage(product=product, caption=good.title)
    image.original.save(f"{product.upc}.png", ContentFile(data), save=False)
    image.save()


def _arrived(number: int) -> Any:
    """One product an hour, the first row of the table last, so "newest first" shows it first."""
    return timezone.now() - timedelta(hours=number)

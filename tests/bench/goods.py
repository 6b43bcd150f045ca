"""A store of any size with goods as they are named here: sellers, shelves, pictures (rows without files)."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal
from itertools import product as every
from typing import Any

from django.utils import timezone
from oscar.core.loading import get_model

from commerce import listings
from core import text

AttributeOption = get_model("catalogue", "AttributeOption")
AttributeOptionGroup = get_model("catalogue", "AttributeOptionGroup")
Category = get_model("catalogue", "Category")
Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductAttribute = get_model("catalogue", "ProductAttribute")
ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
ProductCategory = get_model("catalogue", "ProductCategory")
ProductClass = get_model("catalogue", "ProductClass")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")

BATCH = 2000
SPECIES = {
    "kedi": "Kedi",
    "kopek": "Köpek",
    "kus": "Kuş",
    "balik": "Balık",
    "kemirgen": "Kemirgen",
    "surungen": "Sürüngen",
}
AGES = {"yavru": "Yavru", "yetiskin": "Yetişkin", "yasli": "7 yaş üstü"}
PROTEINS = {
    "tavuk": "Tavuklu",
    "hindi": "Hindili",
    "ordek": "Ördekli",
    "kuzu": "Kuzulu",
    "somon": "Somonlu",
    "ton": "Ton balıklı",
}
KINDS = {
    "Mama": "maması",
    "Kum": "kumu",
    "Oyuncak": "oyuncağı",
    "Bakım": "şampuanı",
    "Tasma": "tasması",
    "Taşıma": "taşıma çantası",
    "Yatak": "yatağı",
    "Ödül": "ödülü",
}
MAKERS = [
    f"{first}{second}"
    for first, second in every(
        ("Pati", "Mır", "Hav", "Tüy", "Kuyruk", "Bıyık", "Gaga", "Yüzgeç"),
        ("köy", "ev", "dost", "keyif", "bahçe"),
    )
]
TOWNS = ("Ihlamur", "Çınar", "Işık", "Güneş", "Akasya", "Şirin", "Öncü", "Ümit", "Defne", "Zeytin")
TRADES = ("Pet Market", "Mama", "Ambar", "Dükkân", "Petshop", "Bahçe")


def make(number: int, *, sellers: int = 60, seed: int = 7) -> None:
    """Add so many products. One in ten comes in three packs; one in five is sold by two."""
    dice = random.Random(seed)
    kind, attributes, options = _kind()
    shelves = _shelves()
    partners = _sellers(sellers)
    for start in range(0, number, BATCH):
        goods = [_good(dice, start + place) for place in range(min(BATCH, number - start))]
        _write(dice, goods, kind, attributes, options, shelves, partners)
    listings.refresh_all()


def _kind() -> tuple[Any, dict[str, Any], dict[str, Any]]:
    kind, _ = ProductClass.objects.get_or_create(slug="bench", defaults={"name": "Evcil hayvan ürünü"})
    attributes, options = {}, {}
    for code, labels in {"species": SPECIES, "age": AGES, "protein": PROTEINS}.items():
        group, _ = AttributeOptionGroup.objects.get_or_create(code=code, defaults={"name": code})
        for option, label in labels.items():
            values = {"group": group, "option": label}
            options[option] = AttributeOption.objects.get_or_create(code=option, defaults=values)[0]
        values = {"name": code, "type": "multi_option", "option_group": group}
        attributes[code] = kind.attributes.get_or_create(code=code, defaults=values)[0]
    values = {"name": "Net miktar", "type": "integer"}
    attributes["net_weight_g"] = kind.attributes.get_or_create(code="net_weight_g", defaults=values)[0]
    return kind, attributes, options


def _shelves() -> dict[tuple[str, str], Any]:
    found = {}
    for code, name in SPECIES.items():
        top = Category.add_root(name=name, code=f"bench-{code}")
        for kind in KINDS:
            top.refresh_from_db()
            found[code, kind] = top.add_child(name=kind, code=f"bench-{code}/{text.slug(kind)}")
    return found


def _sellers(number: int) -> list[Any]:
    names = [f"{town} {trade}" for town, trade in every(TOWNS, TRADES)]
    names += [f"{name} {round_}" for round_ in range(2, 2 + number // len(names)) for name in names]
    rows = [Partner(name=name, code=f"bench-{place}") for place, name in enumerate(names[:number])]
    return Partner.objects.bulk_create(rows)


def _good(dice: random.Random, place: int) -> dict[str, Any]:
    species, kind = dice.choice(list(SPECIES)), dice.choice(list(KINDS))
    protein = dice.choice(list(PROTEINS)) if kind in ("Mama", "Ödül") else ""
    age = dice.choice(list(AGES))
    taste = f"{PROTEINS[protein]} {AGES[age].lower()} " if protein else ""
    title = f"{dice.choice(MAKERS)} {taste}{SPECIES[species].lower()} {KINDS[kind]} {place}"
    grams = dice.choice((100, 400, 500, 1500, 3000, 12000))
    return {
        "title": title,
        "species": species,
        "kind": kind,
        "protein": protein,
        "age": age,
        "grams": grams,
        "is_parent": place % 10 == 0,
    }


def _write(
    dice: random.Random,
    goods: list[dict[str, Any]],
    kind: Any,
    attributes: dict[str, Any],
    options: dict[str, Any],
    shelves: dict[tuple[str, str], Any],
    partners: list[Any],
) -> None:
    rows = Product.objects.bulk_create([_product(good, kind, place) for place, good in enumerate(goods)])
    pairs = list(zip(rows, goods, strict=True))
    packs = Product.objects.bulk_create(
        [
            Product(structure="child", parent=row, title=f"{kilos} kg", slug=f"{kilos}-kg", is_public=True)
            for row, good in pairs
            if good["is_parent"]
            for kilos in (1, 3, 12)
        ]
    )
    ProductCategory.objects.bulk_create(
        [ProductCategory(product=row, category=shelves[good["species"], good["kind"]]) for row, good in pairs]
    )
    sold = [row for row, good in pairs if not good["is_parent"]] + packs
    StockRecord.objects.bulk_create([tag for row in sold for tag in _tags(dice, row, partners)])
    ProductImage.objects.bulk_create(
        [
            ProductImage(product=row, original=f"products/bench/{row.pk}-{side}.png", display_order=side)
            for row in rows
            for side in range(3)
        ]
    )
    _describe(pairs, attributes, options)


def _product(good: dict[str, Any], kind: Any, place: int) -> Any:
    return Product(
        structure="parent" if good["is_parent"] else "standalone",
        product_class=kind,
        title=good["title"],
        slug=text.slug(good["title"]),
        description=f"{good['title']}. Günlük ihtiyaç için. Kuru ve serin yerde sakla. " * 3,
        date_created=timezone.now() - timedelta(minutes=place),
    )


def _tags(dice: random.Random, row: Any, partners: list[Any]) -> list[Any]:
    return [
        StockRecord(
            product=row,
            partner=partner,
            partner_sku=f"B{row.pk}",
            price=Decimal(dice.randint(1500, 250_000)) / 100,
            num_in_stock=dice.choice((0, 3, 25, 400)),
        )
        for partner in dice.sample(partners, 2 if row.pk % 5 == 0 else 1)
    ]


def _describe(pairs: list[tuple[Any, dict[str, Any]]], attributes: Any, options: Any) -> None:
    wanted = [(row, code, good[code]) for row, good in pairs for code in ("species", "age", "protein")]
    wanted = [(row, code, choice) for row, code, choice in wanted if choice]
    values = ProductAttributeValue.objects.bulk_create(
        [ProductAttributeValue(product=row, attribute=attributes[code]) for row, code, _ in wanted]
    )
    through = ProductAttributeValue.value_multi_option.through
    through.objects.bulk_create(
        [
            through(productattributevalue_id=value.pk, attributeoption_id=options[choice].pk)
            for value, (_, _, choice) in zip(values, wanted, strict=True)
        ]
    )
    ProductAttributeValue.objects.bulk_create(
        [
            ProductAttributeValue(
                product=row, attribute=attributes["net_weight_g"], value_integer=good["grams"]
            )
            for row, good in pairs
        ]
    )

"""A product with everything its page shows, in one statement: what hangs on it comes as JSON beside its row.

What comes out are the models themselves, so Oscar's strategy and all that asks it work as after
`prefetch_related`, which costs a statement for each relation and three quarters of the page's time.
Fields that no page shows are left out and would be read when they are asked for.
"""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import get_language
from oscar.core.loading import get_model

from commerce.models import Listing, ProductText

Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductAttribute = get_model("catalogue", "ProductAttribute")
ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
ProductClass = get_model("catalogue", "ProductClass")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")

HANGING = ("kind", "told", "pictures", "facts", "packs", "offers")

# `chosen`: the names of the options of a value, which may have several.
READ = """
    SELECT product.*,
        (SELECT to_jsonb(kind) FROM (
            SELECT id, name, slug, track_stock, requires_shipping FROM catalogue_productclass AS class
            WHERE class.id = product.product_class_id
        ) AS kind) AS kind,
        (SELECT to_jsonb(shelves) FROM commerce_listing WHERE product_id = product.id) AS shelf_ids,
        (SELECT jsonb_agg(to_jsonb(told)) FROM commerce_producttext AS told
            WHERE told.product_id = product.id AND told.language = %(language)s) AS told,
        (SELECT jsonb_agg(to_jsonb(picture) ORDER BY display_order, id) FROM (
            SELECT id, product_id, original, caption, display_order FROM catalogue_productimage
            WHERE product_id = product.id
        ) AS picture) AS pictures,
        (SELECT jsonb_agg(to_jsonb(fact) ORDER BY attribute_id) FROM (
            SELECT value.*, jsonb_build_object(
                'id', attribute.id, 'code', attribute.code, 'name', attribute.name, 'type', attribute.type
            ) AS attribute, (
                SELECT string_agg(option.option, ', ' ORDER BY option.id)
                FROM catalogue_attributeoption AS option
                WHERE option.id = value.value_option_id OR option.id IN (
                    SELECT attributeoption_id FROM catalogue_productattributevalue_value_multi_option
                    WHERE productattributevalue_id = value.id
                )
            ) AS chosen
            FROM catalogue_productattributevalue AS value
            JOIN catalogue_productattribute AS attribute ON attribute.id = value.attribute_id
            WHERE value.product_id = product.id
        ) AS fact) AS facts,
        (SELECT jsonb_agg(to_jsonb(pack) ORDER BY id) FROM (
            SELECT id, title, slug, upc, structure, parent_id, product_class_id, is_public, tax_class
            FROM catalogue_product WHERE parent_id = product.id AND is_public
        ) AS pack) AS packs,
        (SELECT jsonb_agg(to_jsonb(offer) ORDER BY id) FROM (
            SELECT tag.id, tag.product_id, tag.partner_id, tag.partner_sku, tag.price_currency, tag.price,
                tag.num_in_stock, tag.num_allocated, tag.is_offered, tag.price_since, tag.struck_price,
                jsonb_build_object('id', seller.id, 'code', seller.code, 'name', seller.name,
                    'is_selling', seller.is_selling, 'business_id', seller.business_id) AS partner
            FROM partner_stockrecord AS tag JOIN partner_partner AS seller ON seller.id = tag.partner_id
            JOIN catalogue_product AS sold ON sold.id = tag.product_id
            WHERE sold.id = product.id OR sold.parent_id = product.id
        ) AS offer) AS offers
    FROM catalogue_product AS product WHERE product.id = %(pk)s
"""


def read(pk: int) -> Any:
    """The product, public or not; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(READ, {"pk": pk, "language": get_language()})
        names = [column.name for column in cursor.description]
        found = cursor.fetchone()
    return _hung(dict(zip(names, found, strict=True))) if found else None


def _hung(row: dict[str, Any]) -> Any:
    product = _made(Product, row)
    told = {name: _rows(row[name]) for name in HANGING}
    offers = [_offer(one) for one in told["offers"]]
    if told["kind"]:
        product.product_class = _made(ProductClass, told["kind"])
    product._state.fields_cache["listing"] = _listing(product.pk, row["shelf_ids"])
    _put(product, "texts", [_made(ProductText, one) for one in told["told"]])
    _put(product, "images", [_made(ProductImage, one) for one in told["pictures"]])
    _put(product, "stockrecords", [offer for offer in offers if offer.product_id == product.pk])
    product._prefetched_attribute_values = [_value(one) for one in told["facts"]]
    product._prefetched_public_children = [_pack(one, product, offers) for one in told["packs"]]
    return product


def _rows(written: str | None) -> Any:
    """Prices keep their two places."""
    return json.loads(written, parse_float=Decimal) if written else []


def _made(model: Any, row: dict[str, Any]) -> Any:
    names = [field.attname for field in model._meta.concrete_fields if field.attname in row]
    return model.from_db("default", names, [row[name] for name in names])


def _listing(pk: int, shelves: str | None) -> Listing | None:
    """Goods that are not public have none."""
    return _made(Listing, {"product_id": pk, "shelves": json.loads(shelves)}) if shelves else None


def _offer(row: dict[str, Any]) -> Any:
    partner = _made(Partner, row.pop("partner"))
    row["price_since"] = row["price_since"] and datetime.fromisoformat(row["price_since"])
    offer = _made(StockRecord, row)
    offer.partner = partner
    return offer


def _value(row: dict[str, Any]) -> Any:
    attribute, chosen = _made(ProductAttribute, row.pop("attribute")), row.pop("chosen")
    value = _made(ProductAttributeValue, row)
    value.attribute, value.chosen = attribute, chosen or ""
    return value


def _pack(row: dict[str, Any], product: Any, offers: list[Any]) -> Any:
    pack = _made(Product, row)
    pack.parent = product
    _put(pack, "stockrecords", [offer for offer in offers if offer.product_id == pack.pk])
    return pack


def _put(owner: Any, name: str, rows: list[Any]) -> None:
    """As `prefetch_related` leaves them."""
    found = getattr(owner, name).all()
    found._result_cache, found._prefetch_done = rows, True
    owner._prefetched_objects_cache = {**getattr(owner, "_prefetched_objects_cache", {}), name: found}

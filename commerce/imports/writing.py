"""Writing what was confirmed, a bunch in one transaction: all of it with its ticks, or none of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from commerce import denied, hand, screening
from commerce.models import Import, ImportRow, ProductText
from commerce.models.records import StockReason
from commerce.models.texts import OTHERS
from commerce.states import Review, RowStatus
from core import text

from .checking import ATTRIBUTE, Present
from .columns import Columns

Product = get_model("catalogue", "Product")
ProductAttribute = get_model("catalogue", "ProductAttribute")
ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
ProductCategory = get_model("catalogue", "ProductCategory")
ProductClass = get_model("catalogue", "ProductClass")
StockRecord = get_model("partner", "StockRecord")

BUNCH = 100


class Writer:
    def __init__(self, run: Import) -> None:
        self.run = run
        self.columns = Columns()
        self.kind = ProductClass.objects.order_by("pk").first()

    @transaction.atomic
    def write(self, now: datetime) -> int:
        """The next bunch; how many rows there were. Nothing is written twice: rows are ticked with it."""
        waiting = ImportRow.objects.select_for_update().filter(
            run=self.run, is_done=False, status__in=[RowStatus.NEW, RowStatus.CHANGED]
        )
        rows = list(waiting.order_by("number")[:BUNCH])
        if not rows:
            return 0
        with hand.at_work(by=self.run.asked_by, reason=StockReason.IMPORT, now=now):
            self._make([row for row in rows if row.status == RowStatus.NEW], now)
            self._change([row for row in rows if row.status == RowStatus.CHANGED], now)
        for row in rows:
            row.is_done = True
        fields = ["is_done", "status", "errors", "before", "product", "record"]
        ImportRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=fields)
        return len(rows)

    def _make(self, rows: list[ImportRow], now: datetime) -> None:
        """New products with their offers. A code that somebody took in the meantime is refused."""
        rows = self._free(rows)
        fresh = [row for row in rows if "product" not in row.data]
        products = [self._product(row) for row in fresh]
        Product.objects.bulk_create(products)
        by_row = {row.pk: product for row, product in zip(fresh, products, strict=True)}
        joined = Product.objects.in_bulk([row.data["product"] for row in rows if "product" in row.data])
        for row in rows:
            row.product = by_row.get(row.pk) or joined.get(row.data.get("product"))
        kept = [row for row in rows if row.product is not None]
        records = StockRecord.objects.bulk_create([self._record(row) for row in kept])
        for row, record in zip(kept, records, strict=True):
            row.record = record
        self._fill(fresh)
        screening.settle_many(products, now=now)

    def _free(self, rows: list[ImportRow]) -> list[ImportRow]:
        skus = [row.sku for row in rows]
        taken = set(
            StockRecord.objects.filter(partner=self.run.partner, partner_sku__in=skus).values_list(
                "partner_sku", flat=True
            )
        )
        codes = [row.data["gtin"] for row in rows if row.data.get("gtin") and "product" not in row.data]
        scanned = set(Product.objects.filter(upc__in=codes).values_list("upc", flat=True))
        for row in rows:
            if row.sku in taken:
                refuse(row, "sku", _("This code was taken in the meantime."))
            elif row.data.get("gtin") in scanned and "product" not in row.data:
                refuse(row, "gtin", _("This barcode was taken in the meantime."))
        return [row for row in rows if row.status == RowStatus.NEW]

    def _product(self, row: ImportRow) -> Any:
        data = row.data
        product = Product(
            product_class=self.kind,
            owner=self.run.partner,
            title=data["title"],
            slug=text.slug(data["title"])[:200] or "urun",
            description=data.get("description", ""),
            upc=data.get("gtin") or None,
            tax_class=data.get("tax_class", ""),
            withdrawal=data.get("withdrawal", ""),
            is_public=_is_complete(data),
        )
        product.found = denied.find(product.title, product.description, *_other_words(data))
        if product.found:
            product.is_public, product.review = False, Review.HELD
        return product

    def _record(self, row: ImportRow) -> Any:
        data = row.data
        price = data.get("price")
        return StockRecord(
            product=row.product,
            partner=self.run.partner,
            partner_sku=row.sku,
            price=Decimal(price) if price else None,
            num_in_stock=data.get("stock", 0),
            low_stock_threshold=data.get("low_stock"),
            is_offered=bool(data.get("published", False)),
        )

    def _fill(self, rows: list[ImportRow]) -> None:
        """Shelves, texts in other languages, attributes of new products."""
        ProductCategory.objects.bulk_create(
            ProductCategory(product=row.product, category_id=pk)
            for row in rows
            for pk in row.data.get("shelf", [])
        )
        ProductText.objects.bulk_create(
            ProductText(
                product=row.product,
                language=one,
                title=row.data[f"title_{one}"],
                description=row.data.get(f"description_{one}", ""),
            )
            for row in rows
            for one in OTHERS
            if row.data.get(f"title_{one}")
        )
        values = [
            (row.product, code, value)
            for row in rows
            for code, value in row.data.get("attributes", {}).items()
        ]
        self._put_values(values)

    def _put_values(self, values: list[tuple[Any, str, Any]]) -> None:
        made, chosen = [], []
        for product, code, value in values:
            attribute = self.columns.attributes.get(code)
            if attribute is None:
                continue
            row = ProductAttributeValue(attribute=attribute, product=product)
            if attribute.type == ProductAttribute.MULTI_OPTION:
                chosen.append((row, value))
            elif attribute.type == ProductAttribute.OPTION:
                row.value_option_id = value[0] if value else None
            elif attribute.type == ProductAttribute.INTEGER:
                row.value_integer = value
            else:
                row.value_text = value
            made.append(row)
        ProductAttributeValue.objects.bulk_create(made)
        through = ProductAttributeValue.value_multi_option.through
        through.objects.bulk_create(
            through(productattributevalue_id=row.pk, attributeoption_id=option)
            for row, options in chosen
            for option in options
        )

    def _change(self, rows: list[ImportRow], now: datetime) -> None:
        own = StockRecord.objects.select_for_update(of=("self",)).filter(
            partner=self.run.partner, partner_sku__in=[row.sku for row in rows]
        )
        found = {
            one.partner_sku: one
            for one in own.order_by("pk").select_related("product__parent__product_class")
        }
        present = Present([record.product for record in found.values()])
        for row in rows:
            record = found.get(row.sku)
            if record is None:
                refuse(row, "sku", _("This product is not there any more."))
            elif row.data.get("stock", 0) < (record.num_allocated or 0) and "stock" in row.data:
                refuse(
                    row, "stock", _("%(number)d are put aside for orders.") % {"number": record.num_allocated}
                )
            else:
                self._apply(row, record, present, now)

    def _apply(self, row: ImportRow, record: Any, present: Present, now: datetime) -> None:
        changes = present.changes(record, row.data, self.run.partner)
        before = present.of(record)
        row.record, row.product = record, record.product
        row.before = {name: before[name] for name in changes if not name.startswith(ATTRIBUTE)}
        row.before |= {
            name: before["attributes"].get(name.removeprefix(ATTRIBUTE))
            for name in changes
            if name.startswith(ATTRIBUTE)
        }
        wanted = {name: row.data[name] for name in changes if not name.startswith(ATTRIBUTE)}
        wanted |= {
            name: row.data["attributes"][name.removeprefix(ATTRIBUTE)]
            for name in changes
            if name.startswith(ATTRIBUTE)
        }
        put(record, wanted, self, now)


def put(record: Any, values: dict[str, Any], writer: Writer, now: datetime) -> None:
    """Give an offer and its product these values: those of a row, or those from before it."""
    product = record.product
    _put_offer(record, values)
    words = {"title", "description", "gtin", "tax_class", "withdrawal"} & values.keys()
    for name in words:
        setattr(product, "upc" if name == "gtin" else name, values[name] or (None if name == "gtin" else ""))
    if "title" in words:
        product.slug = text.slug(product.title)[:200] or "urun"
    if "shelf" in values:
        _put_shelves(product, values["shelf"])
    _put_texts(product, values)
    own = {
        name.removeprefix(ATTRIBUTE): value for name, value in values.items() if name.startswith(ATTRIBUTE)
    }
    if own:
        ProductAttributeValue.objects.filter(product=product, attribute__code__in=own).delete()
        writer._put_values([(product, code, value) for code, value in own.items() if value not in (None, [])])
    if "published" in values:
        _put_on_sale(record, product, values["published"])
    if words or "published" in values:
        screening.look(product)
        if product.is_public and not (product.tax_class and product.withdrawal):
            product.is_public = False
        Product.objects.bulk_update(
            [product],
            ["title", "slug", "description", "upc", "tax_class", "withdrawal", "is_public", "review"],
        )
        screening.settle(product, now=now)


def _put_offer(record: Any, values: dict[str, Any]) -> None:
    fields = {"price": "price", "stock": "num_in_stock", "low_stock": "low_stock_threshold"}
    changed = {fields[name]: values[name] for name in fields.keys() & values.keys()}
    if "price" in changed and changed["price"] is not None:
        changed["price"] = Decimal(changed["price"])
    if changed:
        StockRecord.objects.filter(pk=record.pk).update(**changed)


def _put_shelves(product: Any, shelves: Iterable[int]) -> None:
    rows = ProductCategory.objects.filter(product=product)
    rows.exclude(category__in=list(shelves)).delete()
    known = set(rows.values_list("category_id", flat=True))
    ProductCategory.objects.bulk_create(
        ProductCategory(product=product, category_id=pk) for pk in shelves if pk not in known
    )


def _put_texts(product: Any, values: dict[str, Any]) -> None:
    for language in OTHERS:
        parts = {
            name: values[f"{name}_{language}"]
            for name in ("title", "description")
            if f"{name}_{language}" in values
        }
        if not parts:
            continue
        if parts.get("title") == "":
            ProductText.objects.filter(product=product, language=language).delete()
        else:
            ProductText.objects.update_or_create(
                product=product,
                language=language,
                defaults=parts,
                create_defaults={"title": product.title, **parts},
            )


def _put_on_sale(record: Any, product: Any, wanted: bool) -> None:
    """As `goods.publish` and `goods.withdraw` do, for one price tag."""
    StockRecord.objects.filter(pk=record.pk, archived_at=None).update(is_offered=wanted)
    whole = product.parent or product
    if wanted and whole.review in (Review.NONE, Review.RELEASED) and whole.tax_class and whole.withdrawal:
        product.is_public = True
        if product.is_child:
            Product.objects.filter(pk=whole.pk).update(is_public=True)
    elif not wanted and not StockRecord.objects.filter(product=product, is_offered=True).exists():
        product.is_public = False


def _is_complete(data: dict[str, Any]) -> bool:
    needed = ("published", "tax_class", "withdrawal", "shelf", "price")
    return all(data.get(name) for name in needed)


def _other_words(data: dict[str, Any]) -> list[str]:
    return [
        data[f"{part}_{one}"]
        for one in OTHERS
        for part in ("title", "description")
        if data.get(f"{part}_{one}")
    ]


def refuse(row: ImportRow, column: str, words: str) -> None:
    row.status = RowStatus.REFUSED
    row.errors = [*row.errors, {"column": column, "text": words}]

"""What a row would do: new, changed, unchanged or refused, with errors in words. Writes nothing.

An empty cell leaves things as they are. Rows are looked at in bunches, so that the number of queries does not
grow with their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from commerce import denied, gtin, typed
from commerce.models import Import, ImportRow, ProductText
from commerce.models.texts import OTHERS
from commerce.states import Review, RowStatus

from .columns import ATTRIBUTE, Columns, key, shelf_key, tax_classes, withdrawals
from .reading import FORMULA, MOST_LETTERS

Product = get_model("catalogue", "Product")
ProductAttribute = get_model("catalogue", "ProductAttribute")
ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
ProductCategory = get_model("catalogue", "ProductCategory")
StockRecord = get_model("partner", "StockRecord")

YES = {"evet", "yes", "1", "true", "x"}
NO = {"hayir", "no", "0", "false"}
HIGHEST = Decimal(1_000_000)
OFFER = ("sku", "price", "stock", "low_stock", "published")


@dataclass
class Checked:
    """A row on its way: cells become `data`, whatever cannot be read becomes an error."""

    number: int
    cells: Mapping[str, str]
    data: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, str]] = field(default_factory=list)
    record: Any = None
    changes: list[str] = field(default_factory=list)

    def refuse(self, column: str, words: str) -> None:
        self.errors.append({"column": column, "text": words})

    @property
    def status(self) -> str:
        if self.errors:
            return str(RowStatus.REFUSED)
        if self.record is None:
            return str(RowStatus.NEW)
        return str(RowStatus.CHANGED if self.changes else RowStatus.UNCHANGED)


class Checker:
    """Knows the seller and the words of a file; `check` judges a bunch of rows."""

    def __init__(self, run: Import, columns: Columns) -> None:
        self.run, self.columns = run, columns
        self.taxes, self.withdrawals = tax_classes(), withdrawals()

    def check(self, bunch: list[tuple[int, dict[str, str]]]) -> list[Checked]:
        rows = [Checked(number, cells) for number, cells in bunch]
        for row in rows:
            self._parse(row)
        self._find_repeats(rows)
        self._find_records(rows)
        self._find_same_goods(rows)
        for row in rows:
            self._judge(row)
        return rows

    def _parse(self, row: Checked) -> None:
        for code, cell in row.cells.items():
            if cell == FORMULA:
                row.refuse(code, _("Write the value instead of a formula."))
            elif len(cell) > (MOST_LETTERS if code.startswith("description") else 255):
                row.refuse(code, _("This text is too long."))
            elif cell:
                self._read(row, code, cell)
        if not row.cells.get("sku"):
            row.refuse("sku", _("The stock code is missing."))

    def _read(self, row: Checked, code: str, cell: str) -> None:
        if code.startswith(ATTRIBUTE):
            return self._read_attribute(row, code.removeprefix(ATTRIBUTE), cell)
        read = getattr(self, f"_read_{code}", None)
        if read is None:
            row.data[code] = cell
        else:
            read(row, cell)
        return None

    def _read_sku(self, row: Checked, cell: str) -> None:
        if len(cell) > 60:
            row.refuse("sku", _("A code has at most 60 characters."))
        row.data["sku"] = cell

    def _read_pack(self, row: Checked, cell: str) -> None:
        """Tells people which row it is; changes nothing."""

    def _read_gtin(self, row: Checked, cell: str) -> None:
        try:
            row.data["gtin"] = gtin.checked(cell)
        except ValidationError as error:
            row.refuse("gtin", error.messages[0])

    def _read_price(self, row: Checked, cell: str) -> None:
        price = typed.price(cell)
        if price is None or not 0 < price <= HIGHEST:
            row.refuse("price", _("“%(cell)s” is no price. Write it like 1.234,50.") % {"cell": cell[:40]})
        else:
            row.data["price"] = str(price.quantize(Decimal("0.01")))

    def _read_stock(self, row: Checked, cell: str) -> None:
        self._read_number(row, "stock", cell)

    def _read_low_stock(self, row: Checked, cell: str) -> None:
        self._read_number(row, "low_stock", cell)

    def _read_number(self, row: Checked, code: str, cell: str) -> None:
        number = typed.whole(cell)
        if number is None or number > HIGHEST:
            row.refuse(code, _("“%(cell)s” is no whole number.") % {"cell": cell[:40]})
        else:
            row.data[code] = number

    def _read_published(self, row: Checked, cell: str) -> None:
        if key(cell) not in YES | NO:
            row.refuse("published", _("Write yes or no."))
        else:
            row.data["published"] = key(cell) in YES

    def _read_tax_class(self, row: Checked, cell: str) -> None:
        self._read_choice(row, "tax_class", cell, self.taxes)

    def _read_withdrawal(self, row: Checked, cell: str) -> None:
        self._read_choice(row, "withdrawal", cell, self.withdrawals)

    def _read_choice(self, row: Checked, code: str, cell: str, known: Mapping[str, str]) -> None:
        if key(cell) not in known:
            row.refuse(
                code,
                _("We do not know “%(cell)s”. The template lists what can stand here.") % {"cell": cell[:60]},
            )
        else:
            row.data[code] = known[key(cell)]

    def _read_shelf(self, row: Checked, cell: str) -> None:
        found = [self.columns.shelves.get(shelf_key(part)) for part in cell.split("|") if part.strip()]
        if not found or None in found:
            row.refuse("shelf", _("There is no shelf “%(cell)s”.") % {"cell": cell[:60]})
        else:
            row.data["shelf"] = sorted(pk for pk in found if pk is not None)

    def _read_attribute(self, row: Checked, code: str, cell: str) -> None:
        attribute, column = self.columns.attributes[code], f"{ATTRIBUTE}{code}"
        value: Any = cell
        if attribute.type == ProductAttribute.INTEGER:
            value = typed.whole(cell)
        elif attribute.type in (ProductAttribute.OPTION, ProductAttribute.MULTI_OPTION):
            found = [
                self.columns.options.get((attribute.option_group_id, key(part))) for part in cell.split("|")
            ]
            value = None if None in found else sorted(pk for pk in found if pk is not None)
        if value is None:
            row.refuse(column, _("“%(cell)s” does not fit here.") % {"cell": cell[:60]})
        else:
            row.data.setdefault("attributes", {})[code] = value

    def _find_repeats(self, rows: Iterable[Checked]) -> None:
        """A code or a barcode that an earlier row of the file has."""
        rows = list(rows)
        earlier = ImportRow.objects.filter(run=self.run)
        skus = {row.data["sku"] for row in rows if row.data.get("sku")}
        used = set(earlier.filter(sku__in=skus).values_list("sku", flat=True))
        codes = {row.data["gtin"] for row in rows if row.data.get("gtin")}
        scanned = (
            set(earlier.filter(data__gtin__in=codes).values_list("data__gtin", flat=True)) if codes else set()
        )
        for row in rows:
            for name, known in (("sku", used), ("gtin", scanned)):
                value = row.data.get(name)
                if value and value in known:
                    row.refuse(name, _("An earlier row has this too."))
                elif value:
                    known.add(value)

    def _find_records(self, rows: list[Checked]) -> None:
        skus = [row.data["sku"] for row in rows if row.data.get("sku")]
        own = StockRecord.objects.filter(partner=self.run.partner, partner_sku__in=skus)
        found = {
            record.partner_sku: record for record in own.select_related("product__parent__product_class")
        }
        for row in rows:
            row.record = found.get(row.data.get("sku", ""))
        self.present = Present([row.record.product for row in rows if row.record])

    def _find_same_goods(self, rows: list[Checked]) -> None:
        codes = {row.data["gtin"] for row in rows if row.data.get("gtin")}
        known = {product.upc: product for product in Product.objects.filter(upc__in=codes)} if codes else {}
        mine = set(
            StockRecord.objects.filter(partner=self.run.partner, product__in=known.values()).values_list(
                "product_id", flat=True
            )
        )
        for row in rows:
            product = known.get(row.data.get("gtin"))
            if product is None or (row.record and row.record.product_id == product.pk):
                continue
            if row.record or product.pk in mine:
                row.refuse("gtin", _("Another product has this barcode."))
            elif product.review in (Review.HELD, Review.REFUSED) or product.is_parent:
                row.refuse("gtin", _("This barcode cannot be used now."))
            else:
                row.data["product"] = product.pk

    def _judge(self, row: Checked) -> None:
        if row.record is None:
            if "product" not in row.data and not row.data.get("title") and not row.errors:
                row.refuse("title", _("A new product needs a title."))
            if "product" not in row.data:
                self._note_words(row, "", "")
        else:
            row.changes = self.present.changes(row.record, row.data, self.run.partner)
            allocated = row.record.num_allocated or 0
            if row.data.get("stock", allocated) < allocated:
                row.refuse("stock", _("%(number)d are put aside for orders.") % {"number": allocated})
            if {"title", "description"} & set(row.changes):
                product = row.record.product
                self._note_words(row, product.title, product.description)
        for language in OTHERS:
            if row.data.get(f"description_{language}") and not self._has_title(row, language):
                row.refuse(f"title_{language}", _("A description needs a title in that language."))

    def _has_title(self, row: Checked, language: str) -> bool:
        if row.data.get(f"title_{language}"):
            return True
        return bool(row.record and self.present.texts.get((row.record.product_id, language)))

    def _note_words(self, row: Checked, title: str, description: str) -> None:
        """It will be held; said before anything is written."""
        found = denied.find(row.data.get("title", title), row.data.get("description", description))
        if found:
            row.data["held"] = [one.word for one in found]


class Present:
    """What the products of a bunch are now, read in a few queries."""

    def __init__(self, products: list[Any]) -> None:
        pks = [product.pk for product in products]
        self.shelves: dict[int, list[int]] = {pk: [] for pk in pks}
        for product, category in ProductCategory.objects.filter(product__in=pks).values_list(
            "product_id", "category_id"
        ):
            self.shelves[product].append(category)
        self.texts = {
            (row.product_id, row.language): row for row in ProductText.objects.filter(product__in=pks)
        }
        values = ProductAttributeValue.objects.filter(product__in=pks).select_related("attribute")
        self.values = {
            (value.product_id, value.attribute.code): attribute_value(value)
            for value in values.prefetch_related("value_multi_option")
        }

    def of(self, record: Any) -> dict[str, Any]:
        """In the words of `Checked.data`."""
        product = record.product
        now: dict[str, Any] = {
            "price": str(record.price) if record.price is not None else None,
            "stock": record.num_in_stock,
            "low_stock": record.low_stock_threshold,
            "published": bool(record.is_offered and product.is_public),
            "gtin": product.upc or "",
            "title": product.title,
            "description": product.description,
            "tax_class": product.tax_class,
            "withdrawal": product.withdrawal,
            "shelf": sorted(self.shelves.get(product.pk, [])),
        }
        for language in OTHERS:
            text = self.texts.get((product.pk, language))
            now[f"title_{language}"] = text.title if text else ""
            now[f"description_{language}"] = text.description if text else ""
        now["attributes"] = {code: value for (pk, code), value in self.values.items() if pk == product.pk}
        return now

    def changes(self, record: Any, data: Mapping[str, Any], partner: Any) -> list[str]:
        """Names of the fields that would be others. Packs and others' products change as offers only."""
        now = self.of(record)
        is_own = record.product.owner_id == partner.pk and not record.product.is_child
        found = [
            name for name in now if name != "attributes" and name in data and differ(data[name], now[name])
        ]
        if not is_own:
            return [name for name in found if name in OFFER]
        own = data.get("attributes", {})
        return found + [
            f"{ATTRIBUTE}{code}" for code, value in own.items() if now["attributes"].get(code) != value
        ]


def differ(new: Any, old: Any) -> bool:
    """Spreadsheets write ends of lines in their own way."""
    if isinstance(new, str) and isinstance(old, str):
        return new.replace("\r\n", "\n").strip() != old.replace("\r\n", "\n").strip()
    return bool(new != old)


def attribute_value(value: Any) -> Any:
    """As JSON: options by their number."""
    if value.attribute.type == ProductAttribute.MULTI_OPTION:
        return sorted(option.pk for option in value.value_multi_option.all())
    if value.attribute.type == ProductAttribute.OPTION:
        return [value.value_option_id] if value.value_option_id else []
    return value.value_integer if value.attribute.type == ProductAttribute.INTEGER else value.value_text

"""What a column is called and which field it fills. Headings are read in any language of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from commerce.catalogue import tree
from commerce.models.texts import OTHERS
from commerce.states import Withdrawal
from commerce.tax import TaxClass
from core import text

ProductAttribute = get_model("catalogue", "ProductAttribute")
AttributeOption = get_model("catalogue", "AttributeOption")
ATTRIBUTE = "attr:"
KINDS = {
    ProductAttribute.TEXT,
    ProductAttribute.INTEGER,
    ProductAttribute.OPTION,
    ProductAttribute.MULTI_OPTION,
}
LANGUAGES = {"en": _("English")}


@dataclass(frozen=True)
class Column:
    code: str
    label: Any
    hint: Any = ""
    is_offer: bool = False  # also for packs and for goods that somebody else wrote


FIXED = [
    Column("sku", _("Stock code"), _("Your own code; rows are found by it"), is_offer=True),
    Column("pack", _("Pack"), _("Only in exports: which pack of a product it is"), is_offer=True),
    Column("gtin", _("Barcode"), _("8, 12, 13 or 14 figures")),
    Column("title", _("Title"), _("Needed for a new product")),
    Column("description", _("Description")),
    Column("shelf", _("Shelf"), _("Like Kedi > Mama; two with a | between them")),
    Column("tax_class", _("Tax class")),
    Column("withdrawal", _("Right of return")),
    Column("price", _("Price"), _("With VAT, like 1.234,50"), is_offer=True),
    Column("stock", _("Stock"), is_offer=True),
    Column("low_stock", _("Warn at"), is_offer=True),
    Column("published", _("On sale"), _("yes or no"), is_offer=True),
    *(Column(f"title_{code}", _("Title (%s)") % LANGUAGES.get(code, code)) for code in OTHERS),
    *(Column(f"description_{code}", _("Description (%s)") % LANGUAGES.get(code, code)) for code in OTHERS),
]


class Columns:
    """All that a file may hold now: the fixed ones and the attributes of the goods, read once for a run."""

    def __init__(self) -> None:
        rows = ProductAttribute.objects.filter(type__in=KINDS, product_class__isnull=False)
        self.attributes = {row.code: row for row in rows.select_related("option_group").order_by("-pk")}
        own = [Column(f"{ATTRIBUTE}{code}", row.name) for code, row in reversed(self.attributes.items())]
        self.all = [*FIXED, *own]
        self.by_heading = self._headings()
        self.shelves = {_shelf_key(path): pk for pk, path in self.shelf_paths().items()}
        self.options = self._options()

    def _headings(self) -> dict[str, str]:
        found = {column.code: column.code for column in self.all}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found |= {key(str(column.label)): column.code for column in self.all}
        return found

    def shelf_paths(self) -> dict[int, str]:
        return {pk: " > ".join(step.name for step in shelf.trail) for pk, shelf in tree.read().by_pk.items()}

    def _options(self) -> dict[tuple[int, str], int]:
        rows = AttributeOption.objects.values_list("group_id", "option", "pk")
        return {(group, key(option)): pk for group, option, pk in rows}

    def label(self, code: str) -> str:
        return next((str(column.label) for column in self.all if column.code == code), code)


def key(words: str) -> str:
    """How a heading or a choice is compared."""
    return " ".join(text.fold(words).split())


def _shelf_key(path: str) -> str:
    return ">".join(key(part) for part in path.replace("›", ">").replace("/", ">").split(">"))


def shelf_key(path: str) -> str:
    return _shelf_key(path)


def choices(kind: Any) -> dict[str, str]:
    """Every way to write a choice: its code and its words in each language."""
    found = {key(value): value for value in kind.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {key(str(one.label)): one.value for one in kind}
    return found


def tax_classes() -> dict[str, str]:
    return choices(TaxClass)


def withdrawals() -> dict[str, str]:
    return choices(Withdrawal)

"""Small pieces that the catalogue's templates show: chips, shelf links, facts, amounts."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commerce import tax
from commerce.templatetags.store import written_in_turkish
from core import money

from . import renditions
from .facets import Choice
from .filters import ATTRIBUTES, SORTS, Filters, as_parameters
from .queries import MEASURES
from .tree import Shelf, Tree

MOST_CHOICES, AT_HAND = 16, 10

# The stamp and its ground for the shelves of species, by the shelf's code.
STAMPS = {
    "kedi": ("cat", "rose"),
    "kopek": ("dog", "sky"),
    "kus": ("bird", "apricot"),
    "balik": ("fish", "mint"),
    "kemirgen": ("rabbit", "quince"),
    "surungen": ("turtle", "almond"),
}


def stamps(tree: Tree, shelf: Shelf | None) -> tuple[tuple[str, str, bool, str, str], ...]:
    """The top shelves with their stamps; a shelf the drawings do not know has only its name."""
    here = shelf.top if shelf else None
    return tuple((top.url, top.name, top is here, *STAMPS.get(top.code, ("", ""))) for top in tree.tops)


def address(parameters: list[tuple[str, str]]) -> str:
    """The query part of an address; the default order is left out."""
    shown = [pair for pair in parameters if pair != ("sort", "new")]
    return f"?{urlencode(shown)}" if shown else ""


def shelf_links(
    tree: Tree, shelf: Shelf | None, counts: dict[int, int], filters: Filters
) -> list[dict[str, Any]]:
    """The shelves directly below, with the number of products that fit; empty ones are left out."""
    query = address(as_parameters(filters))
    return [
        {"name": child.name, "url": child.url + query, "count": counts[child.pk]}
        for child in (shelf.children if shelf else tree.tops)
        if child.pk in counts
    ]


def facet_groups(facets: dict[str, list[Choice]]) -> list[dict[str, Any]]:
    """Facets worth showing: a choice among one is no choice, unless it is taken already."""
    labels = {**ATTRIBUTES, "seller": _("Seller")}
    return [
        {"name": name, "label": label, "choices": facets[name], **_facet_rows(name, facets[name])}
        for name, label in labels.items()
        if len(facets[name]) > 1 or any(choice.is_chosen for choice in facets[name])
    ]


ESCAPES = str.maketrans({letter: escape(letter) for letter in "&<>\"'"})

# Some sixty rows stand on a page, so their markup is joined here and not asked of a template row by row.
FACET_ROW = """
    <li class="store-facet__row">
      <label><input type="checkbox" name="%s" value="%s"%s><span%s>%s</span></label>
      <span class="store-facet__count">%d<span class="visually-hidden"> %s</span></span>
    </li>"""


def _facet_rows(name: str, choices: list[Choice]) -> dict[str, SafeString]:
    """The choices at hand; where there are very many, those with most goods first and the rest on request."""
    if len(choices) <= MOST_CHOICES:
        return {"rows": _joined(name, choices), "more": SafeString()}
    frequent = sorted(choices, key=lambda choice: (not choice.is_chosen, -choice.number))
    at_hand = {choice.code for choice in frequent[:AT_HAND]}
    rest = [one for one in choices if one.code not in at_hand]
    return {
        "rows": _joined(name, [one for one in choices if one.code in at_hand]),
        "more": _joined(name, rest),
    }


def _joined(name: str, choices: list[Choice]) -> SafeString:
    """Whatever people wrote is escaped here."""
    lang, products = written_in_turkish(), _("products").translate(ESCAPES)
    return SafeString(
        "".join(
            FACET_ROW
            % (
                name,
                one.code.translate(ESCAPES),
                " checked" if one.is_chosen else "",
                lang,
                one.label.translate(ESCAPES),
                one.number,
                products,
            )
            for one in choices
        )
    )


def chips(filters: Filters, facets: dict[str, list[Choice]]) -> list[dict[str, Any]]:
    """One removable chip for each thing that narrows the list."""
    parameters = as_parameters(filters)
    narrowing = [pair for pair in parameters if pair[0] not in ("q", "sort")]
    return [
        {
            "label": _chip_label(name, value, facets),
            "is_turkish": name in facets,
            "url": address([pair for pair in parameters if pair != (name, value)]),
        }
        for name, value in narrowing
    ]


def _chip_label(name: str, value: str, facets: dict[str, list[Choice]]) -> str:
    if name == "in_stock":
        return _("In stock")
    if name == "min_price":
        return _("From %(price)s") % {"price": money.display(Decimal(value))}
    if name == "max_price":
        return _("Up to %(price)s") % {"price": money.display(Decimal(value))}
    return next((choice.label for choice in facets[name] if choice.code == value), value)


def sorts(filters: Filters) -> tuple[tuple[str, str, bool], ...]:
    """Value, label, whether it is the one."""
    names = [name for name in SORTS if filters.text or name != "relevance"]
    return tuple((name, str(SORTS[name][0]), name == filters.sort) for name in names)


def pictures(product: Any) -> list[tuple[renditions.Sizes, str]]:
    """Each with its caption."""
    return [(renditions.sizes(one.original.name), one.caption) for one in product.images.all()]


def facts(product: Any) -> list[tuple[str, str]]:
    """The product's attributes in words. Names and values are Turkish data."""
    return [found for value in product.get_attribute_values() if (found := fact(value))[1]]


def vat(product: Any) -> str:
    return _("%(percent)s%%, included in the price") % {"percent": tax.percent(product.effective_tax_class)}


def fact(value: Any) -> tuple[str, str]:
    code = value.attribute.code
    if code in MEASURES:
        text = amount(code, value.value_integer)
    else:
        text = value.chosen or str(value.value_as_text or "")
    return value.attribute.name, text


def amount(code: str, number: int | None) -> str:
    """`3 kg`, `1,5 kg`, `500 g`, `10 L`."""
    if not number:
        return ""
    size, unit = MEASURES[code]
    if number < size:
        return f"{number} {unit.replace('kg', 'g').replace('L', 'ml')}"
    return f"{number_format((Decimal(number) / size).normalize(), use_l10n=True)} {unit}"

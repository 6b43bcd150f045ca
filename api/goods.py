"""Goods as the API writes them. Amounts are strings with two places, VAT included."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from commerce import prices, tax
from commerce.catalogue import presentation, queries, renditions, selling, stock_levels
from commerce.catalogue.facets import Counts
from commerce.catalogue.stock_levels import Level
from commerce.catalogue.suggestions import Suggestions
from commerce.catalogue.tree import Shelf, Tree
from commerce.states import Withdrawal

CURRENCY = "TRY"


def card(one: queries.ListCard) -> dict[str, Any]:
    face = one.face
    return {
        "id": one.pk,
        "title": face.title,
        "url": face.url,
        "price": price(face.price, face.struck),
        "price_from": face.is_parent,
        "unit_price": _unit_price(face.per_unit, face.unit),
        "can_be_bought": face.can_be_bought,
        "rating": rating(face),
        "seller": {"code": one.seller_code, "name": face.seller} if one.seller_code else None,
        "image": _renditions(face.picture) if face.picture else None,
    }


def price(amount: Decimal | None, struck: prices.Struck | None) -> dict[str, Any] | None:
    """`struck` is the lowest price of the 30 days before a discount, where there is one."""
    if amount is None:
        return None
    before = struck and {
        "amount": f"{struck.price:.2f}",
        "since": struck.since.isoformat(),
        "until": struck.until.isoformat(),
    }
    return {"amount": f"{amount:.2f}", "currency": CURRENCY, "includes_vat": True, "struck": before}


def rating(shown: Any) -> dict[str, Any] | None:
    """Of a product or of what lists show of it."""
    return {"stars": round(shown.rating, 1), "count": shown.reviews_count} if shown.rating else None


def level(level: Level) -> dict[str, Any]:
    return {"state": level.state, "left": level.left}


def facets(counts: Counts, shelves: Tree) -> dict[str, Any]:
    choices = {
        facet: [{"code": one.code, "label": one.label, "count": one.number} for one in found]
        for facet, found in counts.choices.items()
    }
    shown = [shelf for shelf in shelves.by_pk.values() if shelf.pk in counts.shelves]
    return {
        **choices,
        "category": [{"id": one.pk, "name": one.title, "count": counts.shelves[one.pk]} for one in shown],
    }


def shelf(one: Shelf, counts: dict[int, int]) -> dict[str, Any]:
    names = ("code", "name", "title", "description", "url")
    return {
        "id": one.pk,
        **{name: getattr(one, name) for name in names},
        "count": counts.get(one.pk, 0),
        "children": [shelf(child, counts) for child in one.children],
    }


def product(product: Any, strategy: Any, shelves: Tree) -> dict[str, Any]:
    """All of it; `offers` are those of the product itself, a variant has its own."""
    card = queries.card(product, strategy)
    return {
        "id": product.pk,
        "title": card.words.title,
        "slug": product.slug,
        "url": product.get_absolute_url(),
        "description": card.words.description,
        "price": price(card.info.price.incl_tax if card.info.price.exists else None, card.struck),
        "price_from": product.is_parent,
        "vat_percent": tax.percent(product.effective_tax_class),
        "availability": level(stock_levels.of(card.info.availability)),
        "rating": rating(product),
        "withdrawal": _withdrawal(product),
        "delivery": None,
        "categories": [
            {"id": step.pk, "name": step.name, "url": step.url}
            for step in queries.shelves_of(product, shelves)
        ],
        "images": [
            {"alt": image.caption or card.words.title, **_renditions(image.original.name)}
            for image in product.images.all()
        ],
        "attributes": [_attribute(value) for value in product.get_attribute_values()],
        "offers": _offers(product, strategy),
        "variants": [_variant(one["product"], strategy) for one in queries.variants(product, strategy)],
    }


def suggestions(found: Suggestions) -> dict[str, Any]:
    return {
        "products": [card(one) for one in found.goods],
        "categories": [{"id": one.pk, "name": one.title, "url": one.url} for one in found.shelves],
        "sellers": [{"code": code, "name": name} for code, name in found.sellers],
        "did_you_mean": found.did_you_mean or None,
    }


def _variant(variant: Any, strategy: Any) -> dict[str, Any]:
    return {"id": variant.pk, "title": variant.get_title(), "offers": _offers(variant, strategy)}


def _offers(product: Any, strategy: Any) -> list[dict[str, Any]]:
    """Of all sellers, in the order a visitor gets them."""
    tags = [tag for tag in product.stockrecords.all() if selling.is_live(tag)]
    return [
        {
            "id": tag.pk,
            "seller": _seller(tag.partner),
            "price": price(tag.price, prices.struck(tag)),
            "availability": level(stock_levels.of(strategy.availability_policy(product, tag))),
        }
        for tag in sorted(tags, key=lambda tag: strategy._rank(product, tag))
    ]


def _seller(partner: Any) -> dict[str, str]:
    return {"code": partner.code, "name": partner.display_name}


def _withdrawal(product: Any) -> dict[str, Any]:
    choice = Withdrawal(product.withdrawal)
    return {"allowed": choice == Withdrawal.ALLOWED, "code": choice.value, "text": str(choice.label)}


def _attribute(value: Any) -> dict[str, Any]:
    name, words = presentation.fact(value)
    return {"code": value.attribute.code, "name": name, "value": words}


def _unit_price(amount: Decimal | None, unit: str) -> dict[str, str] | None:
    return None if amount is None else {"amount": f"{amount:.2f}", "currency": CURRENCY, "unit": unit}


def _renditions(original: str) -> dict[str, Any]:
    """Squares of at most these sizes; a picture keeps its shape inside."""
    sizes = renditions.sizes(original)
    return {
        "url": sizes.large,
        "srcset": f"{sizes.small} {renditions.SMALL}w, {sizes.large} {renditions.LARGE}w",
        "renditions": [
            {"url": sizes.small, "longest_side": renditions.SMALL},
            {"url": sizes.large, "longest_side": renditions.LARGE},
        ],
    }

"""Whose offer a visitor gets, and what it costs: prices include KDV, stock decides what can be bought."""

from __future__ import annotations

from typing import Any

from oscar.apps.partner import strategy
from oscar.apps.partner.availability import Available, Unavailable
from oscar.apps.partner.prices import TaxInclusiveFixedPrice
from oscar.apps.partner.prices import Unavailable as UnavailablePrice

from commerce import tax


class Selector:
    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> Store:
        return Store(request)


class Store(strategy.Structured):
    def __init__(self, request: Any = None) -> None:
        """Oscar's own asks who the user is. We do not: it would open the session on every page."""
        self.request = request

    def fetch_for_line(self, line: Any, stockrecord: Any = None) -> Any:
        """A basket line keeps the seller it was put in with. Oscar's own would choose anew."""
        return self.fetch_for_product(line.product, stockrecord or line.stockrecord)

    def select_stockrecord(self, product: Any) -> Any:
        """The cheapest offer that can be bought now; without one, the cheapest there is."""
        offers = [offer for offer in product.stockrecords.all() if offer.price is not None]
        return min(offers, key=lambda offer: self._rank(product, offer), default=None)

    def pricing_policy(self, product: Any, stockrecord: Any) -> Any:
        """`StockRecord.price` is what the tag says, KDV included, as the law wants prices shown."""
        if stockrecord is None or stockrecord.price is None:
            return UnavailablePrice()
        included = tax.included_in(stockrecord.price, product.effective_tax_class)
        return TaxInclusiveFixedPrice(
            currency=stockrecord.price_currency,
            excl_tax=stockrecord.price - included,
            tax=included,
            tax_code=product.effective_tax_class,
        )

    def parent_pricing_policy(self, product: Any, children_stock: list[tuple[Any, Any]]) -> Any:
        """Of the cheapest variant that can be bought, which is where prices "start"."""
        offers = [(child, offer) for child, offer in children_stock if offer is not None]
        if not offers:
            return UnavailablePrice()
        return self.pricing_policy(*min(offers, key=lambda pair: self._rank(*pair)))

    def availability_policy(self, product: Any, stockrecord: Any) -> Any:
        if stockrecord is None or stockrecord.price is None:
            return Unavailable()
        if not product.get_product_class().track_stock:
            return Available()
        return strategy.StockRequiredAvailability(stockrecord.net_stock_level)

    def parent_availability_policy(self, product: Any, children_stock: list[tuple[Any, Any]]) -> Any:
        can_buy = any(self._can_buy(child, offer) for child, offer in children_stock)
        return Available() if can_buy else Unavailable()

    def _can_buy(self, product: Any, offer: Any) -> bool:
        return self.availability_policy(product, offer).is_available_to_buy

    def _rank(self, product: Any, offer: Any) -> tuple[bool, Any, int]:
        return (not self._can_buy(product, offer), offer.price, offer.pk)

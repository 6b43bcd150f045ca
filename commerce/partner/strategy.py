"""Whose offer a visitor gets, and what it costs: prices include KDV, stock decides what can be bought."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.functional import cached_property
from oscar.apps.partner import strategy
from oscar.apps.partner.availability import Available, Unavailable
from oscar.apps.partner.prices import Base
from oscar.apps.partner.prices import Unavailable as UnavailablePrice
from oscar.core.loading import get_model

from commerce import tax
from commerce.catalogue import selling


class Selector:
    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> Store:
        return Store(request)


class Tag(Base):
    """A price with KDV. How much of it is KDV is worked out for those who ask; lists do not."""

    exists = is_tax_known = True

    def __init__(self, price: Decimal, currency: str, product: Any) -> None:
        self.incl_tax, self.currency, self.product = price, currency, product

    @property
    def effective_price(self) -> Decimal:
        return self.incl_tax

    @cached_property
    def tax_code(self) -> str:
        return str(self.product.effective_tax_class)

    @cached_property
    def tax(self) -> Decimal:
        return tax.included_in(self.incl_tax, self.tax_code)

    @property
    def excl_tax(self) -> Decimal:
        return self.incl_tax - self.tax


class Store(strategy.Structured):
    def __init__(self, request: Any = None) -> None:
        """Oscar's own asks who the user is. We do not: it would open the session on every page."""
        self.request = request
        self._preferred: dict[int, Any] = {}

    def prefer(self, offer: Any) -> None:
        """The buyer chose this seller for the product of the offer."""
        self._preferred[offer.product_id] = offer

    def fetch_for_line(self, line: Any, stockrecord: Any = None) -> Any:
        """A basket line keeps the seller it was put in with. Oscar's own would choose anew."""
        return self.fetch_for_product(line.product, stockrecord or line.stockrecord)

    def select_stockrecord(self, product: Any) -> Any:
        """The one the buyer chose, else the cheapest that can be bought now, else the cheapest there is."""
        if product.pk in self._preferred:
            return self._preferred[product.pk]
        offers = [offer for offer in product.stockrecords.all() if self._is_live(offer)]
        return min(offers, key=lambda offer: self._rank(product, offer), default=None)

    def pricing_policy(self, product: Any, stockrecord: Any) -> Any:
        """`StockRecord.price` is what the tag says, KDV included, as the law wants prices shown."""
        if stockrecord is None or stockrecord.price is None:
            return UnavailablePrice()
        return Tag(stockrecord.price, stockrecord.price_currency, product)

    def parent_pricing_policy(self, product: Any, children_stock: list[tuple[Any, Any]]) -> Any:
        """Of the cheapest variant that can be bought, which is where prices "start"."""
        offers = [(child, offer) for child, offer in children_stock if offer is not None]
        if not offers:
            return UnavailablePrice()
        return self.pricing_policy(*min(offers, key=lambda pair: self._rank(*pair)))

    def availability_policy(self, product: Any, stockrecord: Any) -> Any:
        """A line in a basket keeps its offer, also one that is not made any more: it cannot be bought."""
        if stockrecord is None or not product.is_public or not self._is_live(stockrecord):
            return Unavailable()
        if not product.get_product_class().track_stock:
            return Available()
        return strategy.StockRequiredAvailability(stockrecord.net_stock_level)

    def parent_availability_policy(self, product: Any, children_stock: list[tuple[Any, Any]]) -> Any:
        can_buy = any(self._can_buy(child, offer) for child, offer in children_stock)
        return Available() if can_buy else Unavailable()

    def _is_live(self, offer: Any) -> bool:
        """Lines of baskets come without their seller; those who have stopped are few, and read once."""
        if type(offer).partner.is_cached(offer):
            return selling.is_live(offer)
        return bool(offer.is_offered and offer.price is not None and offer.partner_id not in self._stopped)

    @cached_property
    def _stopped(self) -> set[int]:
        return set(
            get_model("partner", "Partner").objects.filter(is_selling=False).values_list("pk", flat=True)
        )

    def _can_buy(self, product: Any, offer: Any) -> bool:
        return self.availability_policy(product, offer).is_available_to_buy

    def _rank(self, product: Any, offer: Any) -> tuple[bool, Any, int]:
        return (not self._can_buy(product, offer), offer.price, offer.pk)

"""Facts of the store that Oscar does not know."""

from .holds import Hold
from .imports import Import, ImportRow
from .records import PriceChange, StockChange
from .texts import ProductText

__all__ = ["Hold", "Import", "ImportRow", "PriceChange", "ProductText", "StockChange"]

"""Models of the store that are not Oscar's."""

from .contracts import Contract, PdfState
from .delivery import DeliveryOption
from .holds import Hold
from .imports import Import, ImportRow
from .records import PriceChange, StockChange
from .texts import ProductText

__all__ = [
    "Contract",
    "DeliveryOption",
    "Hold",
    "Import",
    "ImportRow",
    "PdfState",
    "PriceChange",
    "ProductText",
    "StockChange",
]

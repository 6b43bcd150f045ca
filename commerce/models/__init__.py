"""Models of the store that are not Oscar's."""

from .contracts import Contract, PdfState
from .delivery import DeliveryOption
from .holds import Hold
from .imports import Import, ImportRow
from .late import LateParcel
from .records import PriceChange, StockChange
from .shipping import ShippingTerms
from .talks import Talk, TalkMessage, TalkPhoto
from .texts import ProductText

__all__ = [
    "Contract",
    "DeliveryOption",
    "Hold",
    "Import",
    "ImportRow",
    "LateParcel",
    "PdfState",
    "PriceChange",
    "ProductText",
    "ShippingTerms",
    "StockChange",
    "Talk",
    "TalkMessage",
    "TalkPhoto",
]

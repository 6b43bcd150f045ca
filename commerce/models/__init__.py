"""Models of the store that are not Oscar's."""

from .cancellations import Cancellation, CancelledLine
from .contracts import Contract, PdfState
from .delivery import DeliveryOption
from .holds import Hold
from .imports import Import, ImportRow
from .late import LateParcel
from .listings import DueListing, Listing, Word
from .records import OnSale, PriceChange, StockChange
from .returns import ReturnLine, ReturnPhoto, ReturnRequest
from .reviews import ReviewAsk, ReviewReport
from .shipping import ShippingTerms
from .talks import Talk, TalkMessage, TalkPhoto
from .texts import ProductText

__all__ = [
    "Cancellation",
    "CancelledLine",
    "Contract",
    "DeliveryOption",
    "DueListing",
    "Hold",
    "Import",
    "ImportRow",
    "LateParcel",
    "Listing",
    "OnSale",
    "PdfState",
    "PriceChange",
    "ProductText",
    "ReturnLine",
    "ReturnPhoto",
    "ReturnRequest",
    "ReviewAsk",
    "ReviewReport",
    "ShippingTerms",
    "StockChange",
    "Talk",
    "TalkMessage",
    "TalkPhoto",
    "Word",
]

"""Models of the store that are not Oscar's."""

from .contracts import Contract, PdfState
from .delivery import DeliveryOption

__all__ = ["Contract", "DeliveryOption", "PdfState"]

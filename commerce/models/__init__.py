"""What the store keeps beside Oscar's own models."""

from .cancellations import Cancellation, CancelledLine
from .returns import ReturnLine, ReturnPhoto, ReturnRequest
from .reviews import ReviewAsk, ReviewReport

__all__ = [
    "Cancellation",
    "CancelledLine",
    "ReturnLine",
    "ReturnPhoto",
    "ReturnRequest",
    "ReviewAsk",
    "ReviewReport",
]

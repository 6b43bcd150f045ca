"""What the store keeps beside Oscar's own models."""

from .late import LateParcel
from .shipping import ShippingTerms
from .talks import Talk, TalkMessage, TalkPhoto

__all__ = ["LateParcel", "ShippingTerms", "Talk", "TalkMessage", "TalkPhoto"]

"""Who carries electronic originals to the tax office, and how far each one is."""

from .base import Carrier, NoAnswer, Outcome, carrier
from .sending import go_on, send

__all__ = ["Carrier", "NoAnswer", "Outcome", "carrier", "go_on", "send"]

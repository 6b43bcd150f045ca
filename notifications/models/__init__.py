from .deliveries import Delivery, Digest
from .notices import Notice
from .preferences import Habits, Preference

__all__ = ["Delivery", "Digest", "Habits", "Notice", "Preference"]

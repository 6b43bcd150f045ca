"""Where this room's migrations look for it; it moved to the ground when the blog came to use it too."""

from core.fields import ChoicesField

__all__ = ["ChoicesField"]

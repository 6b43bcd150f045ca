"""Parts of the platform, windows of maintenance, and the rounds in which people are told of them."""

from .components import Component
from .rounds import Round
from .windows import MaintenanceWindow, Update

__all__ = ["Component", "MaintenanceWindow", "Round", "Update"]

"""The ways a notice goes. A new one is a file here and a line in this list."""

from ..categories import Channel
from .base import Way
from .email import Email
from .panel import Panel

WAYS: dict[str, Way] = {Channel.PANEL: Panel(), Channel.EMAIL: Email()}

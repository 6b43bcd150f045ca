"""Shapes of consultations: the room with who was in it, and what is written afterwards."""

from .rooms import Consultation, Message, Presence, Signal
from .summaries import Addendum, Summary

__all__ = ["Addendum", "Consultation", "Message", "Presence", "Signal", "Summary"]

"""What every way can do: say what becomes of a new notice."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime

from ..kinds import Kind
from ..models import Delivery, Habits, Notice


class Way(ABC):
    code: str

    @abstractmethod
    def plan(self, notice: Notice, *, kind: Kind, mode: str, habits: Habits, now: datetime) -> Delivery:
        """The row that stands for this notice going this way; unsaved. Never asked when the mode is off."""

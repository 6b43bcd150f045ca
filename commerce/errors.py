"""What the store refuses, in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


@dataclass(frozen=True)
class Change:
    """What is different from what the buyer saw: the goods it is about, and what happened."""

    title: str
    text: str


class BasketChanged(Refused):
    """Nothing was ordered. `changes` name each line; the page shows the new total to be confirmed."""

    code = "basket_changed"
    message = _("Your basket is not what you confirmed any more. Nothing was ordered and nothing charged.")

    def __init__(self, changes: Sequence[Change]) -> None:
        super().__init__("; ".join(f"{one.title}: {one.text}" for one in changes))
        self.changes = list(changes)


class NothingToOrder(Refused):
    code = "basket_empty"
    message = _("Your basket is empty.")


class AlreadyOrdered(Refused):
    """Another tab was quicker. `order` is what it ordered."""

    code = "already_ordered"
    message = _("This basket was ordered already.")

    def __init__(self, order: Any) -> None:
        super().__init__()
        self.order = order


class TextsMissing(Refused):
    """Without the texts of law nothing is sold."""

    code = "texts_missing"
    message = _("The store cannot take orders just now. Your basket stays as it is.")

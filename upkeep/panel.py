"""The banner above every page of the panels."""

from __future__ import annotations

from typing import Any

from core.panel import Card, bar

from .gate import KEEPER


@bar(order=5)
class MaintenanceBar(Card):
    template_name = "upkeep/_banner.html"

    def is_shown(self) -> bool:
        return bool(KEEPER.known)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The script that closes it needs the nonce of this page."""
        return {"request": self.request, "in_panel": True}

"""Notices in the panel: two menu entries and the card of the latest."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.panel import ACCOUNT, Card, Entry, bar, card, entry

from . import queries
from .models import Notice

entry(Entry(ACCOUNT, _("Notices"), "notifications:list", "bell", order=5, bottom=True))
entry(Entry(ACCOUNT, _("Notification preferences"), "notifications:preferences", "settings", order=30))


@bar(order=10)
class UnreachableBar(Card):
    """First of all: mails do not arrive."""

    template_name = "notifications/_unreachable.html"

    def is_shown(self) -> bool:
        return queries.is_unreachable(self.request.user)


@card(order=60)
class NoticesCard(Card):
    template_name = "notifications/card.html"
    is_aside = True

    @cached_property
    def latest(self) -> list[Notice]:
        return queries.latest(self.request.user)

    def is_shown(self) -> bool:
        return bool(self.latest)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"notices": self.latest}

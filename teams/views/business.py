"""First page and search of a business's panel."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core import panel

from ..access import BusinessPanelView
from ..models import Membership

SEEN_AFRESH = timedelta(minutes=5)


class BusinessDashboard(BusinessPanelView, panel.Dashboard):
    template_name = "teams/dashboard.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._note_visit()
        return super().get(request, *args, **kwargs)

    def _note_visit(self) -> None:
        """Where she lands next time, and what colleagues read as last seen; at most every five minutes."""
        now, seen = timezone.now(), self.access.membership.seen_at
        if seen is None or seen < now - SEEN_AFRESH:
            Membership.objects.filter(pk=self.access.membership.pk).update(seen_at=now)


class BusinessSearch(BusinessPanelView, panel.PanelSearch):
    pass

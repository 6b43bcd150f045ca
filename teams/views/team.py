"""Base of the pages of "Ekip Yönetimi": one head, four tabs with their counts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from core.errors import Refused

from .. import permissions
from ..access import BusinessPanelView


class TeamView(BusinessPanelView):
    tab = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**({"tabs": self._tabs(), "tab": self.tab} | kwargs))

    def _tabs(self) -> list[dict[str, Any]]:
        tabs = [
            ("members", _("Members"), "business_team", permissions.MEMBERS, self.business.memberships.count),
            ("roles", _("Roles"), "team_roles", permissions.MEMBERS, None),
            ("invitations", _("Invitations"), "team_invitations", permissions.MEMBERS, self._waiting),
            ("records", _("Records"), "team_records", permissions.RECORDS, None),
        ]
        return [
            {"key": key, "label": label, "url_name": name, "count": count() if count else 0}
            for key, label, name, right, count in tabs
            if self.access.can(right)
        ]

    def _waiting(self) -> int:
        return self.business.invitations.open().count()

    def to(self, url_name: str, *args: Any) -> HttpResponse:
        return redirect(url_name, self.business.slug, *args)

    def refuse(self, error: Refused, url_name: str, *args: Any) -> HttpResponse:
        messages.error(self.request, str(error.message))
        return self.to(url_name, *args)

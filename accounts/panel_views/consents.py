"""Hesap > Onaylarım: what was allowed, with a way back at a click, and what was accepted and shown."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import limits

from .. import purposes, queries, services
from .base import AccountPage


class Consents(AccountPage):
    template_name = "account/consents.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            permissions=queries.permissions_of(user), evidence=queries.evidence_of(user), **kwargs
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        purpose = purposes.get(request.POST.get("purpose", ""))
        if purpose is None:
            raise Http404
        where = {"path": request.path, "ip": limits.client(request), "locale": get_language()}
        facts: dict[str, Any] = {"user": request.user, "now": timezone.now(), "evidence": where}
        if request.POST.get("decision") == "give":
            services.give_consent(purpose=purpose, **facts)
            messages.success(request, _("Thank you, noted."))
        else:
            services.withdraw_consent(purpose=purpose.code, **facts)
            messages.success(request, _("Taken back. It holds from now on."))
        return redirect("account_consents")

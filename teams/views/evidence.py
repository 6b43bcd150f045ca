"""The papers of a licence, given out to who may read them, taken back while they wait."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme

from core import uploads
from core.errors import Refused

from .. import licences, permissions
from ..access import BusinessPanelView
from ..models import Evidence


class EvidenceFile(BusinessPanelView):
    right = permissions.LICENCES

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return give_out(self._evidence())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove it."""
        try:
            licences.remove_evidence(evidence=self._evidence(), by=request.user)
        except Refused as error:
            messages.error(request, str(error.message))
        back = request.POST.get("next", "")
        allowed = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
        return redirect(back) if allowed else redirect("business_facts", self.business.slug)

    def _evidence(self) -> Evidence:
        rows = Evidence.objects.filter(licence__business=self.business)
        return get_object_or_404(rows, pk=self.kwargs["pk"])


def give_out(evidence: Evidence) -> FileResponse:
    try:
        return uploads.answer(evidence.file, name=evidence.name, content_type=evidence.content_type)
    except FileNotFoundError as error:
        raise Http404 from error

"""A talk about a parcel, as a person of support reads it for a ticket; each reading is written down."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.generic import TemplateView
from wagtail import hooks

from .models import Talk
from .services import talking
from .ticket_acts import WORK


class OfficeTalk(PermissionRequiredMixin, TemplateView):
    permission_required = WORK
    template_name = "commerce/office/talk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """404 without a ticket: a talk that nobody reported is not ours to read."""
        rows = Talk.objects.select_related("ticket", "parcel__order", "parcel__business")
        talk = get_object_or_404(rows, ticket__reference=self.kwargs["reference"])
        talking.note_reading(talk=talk, ticket=talk.ticket, by=self.request.user)
        said = talk.messages.select_related("author").order_by("at", "pk")
        return super().get_context_data(talk=talk, said=said, **kwargs)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("parcel-talks/<str:reference>/", OfficeTalk.as_view(), name="parcel_talk_office")]

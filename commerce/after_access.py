"""Whose parcel or return a page is about: the person's own in her panel, or a guest's by her signed link."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.views.generic import TemplateView
from oscar.core.loading import get_model

from commerce import after_links
from commerce.models import ReturnRequest
from core import panel
from core.errors import Refused
from teams import modules

SellerOrder = get_model("order", "SellerOrder")
PARCELS = SellerOrder.objects.select_related("order__user", "business")
RETURNS = ReturnRequest.objects.select_related("parcel__order__user", "business", "refund").prefetch_related(
    "lines__line", "photos"
)


class OwnPage(panel.PanelView):
    """In the panel of the buyer."""

    module = modules.STORE
    shell = "commerce/after/own_base.html"

    @cached_property
    def parcel(self) -> Any:
        rows = PARCELS.filter(order__user=self.request.user)
        return get_object_or_404(rows, order__number=self.kwargs["number"], position=self.kwargs["position"])

    @cached_property
    def row(self) -> ReturnRequest:
        rows = RETURNS.filter(parcel__order__user=self.request.user)
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    @property
    def buyer(self) -> Any:
        return self.request.user

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(shell=self.shell, **kwargs)


class GuestPage(TemplateView):
    """Without an account: the link from our mail is the key, and says nothing to search engines."""

    shell = "commerce/after/guest_base.html"
    buyer = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            response = super().dispatch(request, *args, **kwargs)
        except Refused as error:
            if request.method != "POST":
                raise
            response = self.refused(error)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "same-origin"
        return response

    def refused(self, error: Refused) -> Any:
        context = self.get_context_data(refusal=str(error.message))
        return self.render_to_response(context, status=409)

    @cached_property
    def parcel(self) -> Any:
        return self._opened(get_object_or_404(PARCELS.filter(order__user=None), **self._id))

    @cached_property
    def row(self) -> ReturnRequest:
        return self._opened(get_object_or_404(RETURNS.filter(parcel__order__user=None), **self._id))

    @property
    def _id(self) -> dict[str, Any]:
        return {"public_id": self.kwargs["public_id"]}

    def _opened(self, row: Any) -> Any:
        if not after_links.is_key(row, self.request.GET.get("anahtar", "")):
            raise Http404
        return row

    def render_to_response(self, context: dict[str, Any], **options: Any) -> Any:
        forms = [value for value in context.values() if isinstance(value, BaseForm)]
        if any(form.is_bound and form.errors for form in forms):
            options.setdefault("status", 422)
        return super().render_to_response(context, **options)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(shell=self.shell, **kwargs)

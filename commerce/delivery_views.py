""" "Teslimat seçenekleri" in the panel of a seller."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic.edit import BaseFormView

from teams import modules
from teams.access import BusinessPanelView

from . import delivery, permissions, services
from .delivery_forms import DeliveryForm
from .models import DeliveryOption


class DeliveryPage(BusinessPanelView):
    right = permissions.DELIVERY
    module = modules.STORE

    def options(self) -> Any:
        return DeliveryOption.objects.filter(business=self.business)


class Deliveries(DeliveryPage):
    template_name = "commerce/seller/deliveries.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self.options())
        standard = None if any(row.is_open for row in rows) else delivery.standard()
        return super().get_context_data(options=rows, standard=standard, **kwargs)


class SaveDelivery(BaseFormView, DeliveryPage):
    template_name = "commerce/seller/delivery.html"
    form_class = DeliveryForm

    def option(self) -> DeliveryOption | None:
        pk = self.kwargs.get("pk")
        return get_object_or_404(self.options(), pk=pk) if pk else None

    def get_form_kwargs(self) -> dict[str, Any]:
        row = self.option() or DeliveryOption(business=self.business)
        return {**super().get_form_kwargs(), "instance": row}

    def form_valid(self, form: Any) -> HttpResponse:
        services.save_delivery(
            business=self.business, option=self.option(), facts=form.cleaned_data, by=self.request.user
        )
        messages.success(self.request, _("The way of delivery is saved."))
        return redirect("deliveries:list", self.business.slug)


class RemoveDelivery(DeliveryPage):
    """Asks first; the deletion itself is a POST."""

    template_name = "commerce/seller/delivery_remove.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        option = get_object_or_404(self.options(), pk=self.kwargs["pk"])
        return super().get_context_data(option=option, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        option = get_object_or_404(self.options(), pk=self.kwargs["pk"])
        services.remove_delivery(option=option, by=request.user)
        messages.success(request, _("The way of delivery is removed."))
        return redirect("deliveries:list", self.business.slug)

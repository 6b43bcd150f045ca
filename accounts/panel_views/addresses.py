"""Hesap > Ayarlar, tab Adresler."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic.edit import BaseFormView

from core.errors import Refused

from .. import panel_forms, services
from ..models import Address, AddressKind
from ..services.addresses import MOST
from .base import AccountPage


def own(request: HttpRequest) -> QuerySet[Address]:
    return Address.objects.filter(user=request.user.pk)


class Addresses(AccountPage):
    template_name = "account/settings/addresses.html"
    extra_context = {"tab": "addresses"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = list(own(self.request))
        kinds = [(kind, [one for one in found if one.kind == kind]) for kind in AddressKind]
        return super().get_context_data(
            kinds=[(kind.label, rows) for kind, rows in kinds if rows], is_full=len(found) >= MOST, **kwargs
        )


class AddressForm(BaseFormView, AccountPage):
    template_name = "account/settings/address.html"
    form_class = panel_forms.PostalAddress

    def address(self) -> Address | None:
        found = self.kwargs.get("public_id")
        return get_object_or_404(own(self.request), public_id=found) if found else None

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        user = self.request.user
        return {**kwargs, "instance": self.address(), "initial": {"name": user.get_full_name()}}

    def form_valid(self, form: Any) -> HttpResponse:
        address, user = self.address(), self.request.user
        try:
            if address:
                services.change_address(address=address, facts=form.cleaned_data, by=user)
            else:
                services.add_address(user=user, facts=form.cleaned_data)
        except Refused as error:
            form.add_error(None, error.message)
            return self.form_invalid(form)
        messages.success(self.request, _("The address is saved."))
        return redirect("settings_addresses")


class DeleteAddress(AccountPage):
    """Asks first; the deletion itself is a POST."""

    template_name = "account/settings/address_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        address = get_object_or_404(own(self.request), public_id=self.kwargs["public_id"])
        return super().get_context_data(address=address, **kwargs)

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        address = get_object_or_404(own(request), public_id=public_id)
        services.delete_address(address=address, by=request.user)
        messages.success(request, _("The address is deleted."))
        return redirect("settings_addresses")

"""Hesap > Ayarlar, tabs İletişim and Tercihler: name, e-mail, phone, language."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.generic.edit import BaseFormView, BaseUpdateView

from core import phones
from core.errors import Refused

from .. import factors, panel_forms, services
from ..models import Channel, ContactChange, User
from ..views import hide
from .base import AccountPage


class OwnAccount(BaseUpdateView, AccountPage):
    """A form about the person herself."""

    def get_object(self, queryset: Any = None) -> User:
        return User.objects.get(pk=self.request.user.pk)  # the header keeps the name that is in force


class Contact(OwnAccount):
    template_name = "account/settings/contact.html"
    form_class = panel_forms.Name
    extra_context = {"tab": "contact"}

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        messages.success(self.request, _("Saved."))
        return redirect("account_settings")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(phone=phones.shown(self.request.user.phone), **kwargs)


class Preferences(OwnAccount):
    template_name = "account/settings/preferences.html"
    form_class = panel_forms.Preferences
    extra_context = {"tab": "preferences"}

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        with translation.override(form.instance.locale):
            messages.success(self.request, _("Saved."))
            return redirect("settings_preferences")


class ChangeContact(BaseFormView, AccountPage):
    """Base of the two pages that ask for a new address and send a code to it."""

    channel: str

    def get_form_kwargs(self) -> dict[str, Any]:
        current = getattr(self.request.user, self.channel)
        return {**super().get_form_kwargs(), "current": current}

    def form_valid(self, form: Any) -> HttpResponse:
        user, value = self.request.user, form.cleaned_data["value"]
        try:
            change = services.ask_change(user=user, channel=self.channel, value=value, now=timezone.now())
        except Refused as error:
            form.add_error("value", error.message)
            return self.form_invalid(form)
        return redirect("settings_code", change.public_id)


class ChangeEmail(factors.RecentlyConfirmedMixin, ChangeContact):
    """The way into the account, so the person is asked first who she is."""

    template_name = "account/settings/email.html"
    form_class = panel_forms.NewEmail
    channel = Channel.EMAIL


class ChangePhone(ChangeContact):
    template_name = "account/settings/phone.html"
    form_class = panel_forms.NewPhone
    channel = Channel.PHONE


class ConfirmContact(BaseFormView, AccountPage):
    """Where the code of a new address is written."""

    template_name = "account/settings/code.html"
    form_class = panel_forms.Code
    change: ContactChange

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            ours = ContactChange.objects.filter(user=request.user)
            self.change = get_object_or_404(ours, public_id=kwargs["public_id"])
            if not self.change.is_open(timezone.now()):
                return self._over()
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        code = form.cleaned_data["code"]
        try:
            services.confirm_change(change=self.change, code=code, now=timezone.now())
        except Refused as error:
            form.add_error("code", error.message)
            still_open = self.change.is_open(timezone.now())
            return self.form_invalid(form) if still_open else self._over()
        messages.success(self.request, _("Your new %s is in force.") % self.change.get_channel_display())
        return redirect("account_settings")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        value = self.change.value
        is_phone = self.change.channel == Channel.PHONE
        return super().get_context_data(
            change=self.change,
            sent_to=phones.shown(value) if is_phone else hide(value),
            again=reverse("settings_phone" if is_phone else "settings_email"),
            **kwargs,
        )

    def _over(self) -> HttpResponse:
        messages.warning(self.request, _("This code is over. Ask for a new one."))
        is_phone = self.change.channel == Channel.PHONE
        return redirect("settings_phone" if is_phone else "settings_email")

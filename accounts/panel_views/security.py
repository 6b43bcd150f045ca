"""Hesap > Güvenlik: password, second step, passkeys, devices. Most of it is allauth's, in our panel."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _

from .. import devices, factors, queries
from .base import AccountPage


class Security(AccountPage):
    template_name = "mfa/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = list(Authenticator.objects.filter(user=self.request.user).order_by("created_at"))
        of_kind = {kind: [one for one in found if one.type == kind] for kind in Authenticator.Type}
        codes = of_kind[Authenticator.Type.RECOVERY_CODES]
        return super().get_context_data(
            app=next(iter(of_kind[Authenticator.Type.TOTP]), None),
            passkeys=of_kind[Authenticator.Type.WEBAUTHN],
            codes_left=len(codes[0].wrap().get_unused_codes()) if codes else None,
            devices=queries.live_sessions(self.request.user).count(),
            is_demanded=factors.is_demanded(self.request.user),
            **kwargs,
        )


class Devices(AccountPage):
    """Where the account is signed in. The session of this page is marked, the others can be ended."""

    template_name = "account/security/devices.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = self.request.session.session_key
        rows = [
            {"row": row, "name": devices.describe(row.user_agent), "is_here": row.session_key == here}
            for row in queries.live_sessions(self.request.user)
        ]
        return super().get_context_data(devices=rows, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        others = UserSession.objects.filter(user=request.user).exclude(
            session_key=request.session.session_key
        )
        if "device" in request.POST:
            number = request.POST["device"]
            others = others.filter(pk=number if number.isdecimal() else 0)
            get_object_or_404(others)
        for session in others:
            session.end()
        messages.success(request, _("Signed out there."))
        return redirect("account_devices")


class ActivateApp(totp.ActivateTOTPView, AccountPage):
    template_name = "mfa/totp/activate_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        _head, _sep, drawing = context["totp_svg"].partition("?>")  # XML's own first line
        return {**context, "qr": drawing.replace('id="qr-path" ', "")}


class DeactivateApp(totp.DeactivateTOTPView, AccountPage):
    pass


class RecoveryCodes(recovery.ViewRecoveryCodesView, AccountPage):
    pass


class NewRecoveryCodes(recovery.GenerateRecoveryCodesView, AccountPage):
    pass


class AddPasskey(webauthn.AddWebAuthnView, AccountPage):
    pass


class RemovePasskey(webauthn.RemoveWebAuthnView, AccountPage):
    success_url = reverse_lazy("mfa_index")


class ReauthenticatePasskey(webauthn.ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        """Back to the question, not to the sign-in page of somebody who is signed in."""
        messages.error(self.request, _("This passkey was not taken. Try again."))
        return redirect(self.passthrough_next_url(reverse("account_reauthenticate")))


security = Security.as_view()
device_list = Devices.as_view()
activate_app = ActivateApp.as_view()
deactivate_app = DeactivateApp.as_view()
recovery_codes = RecoveryCodes.as_view()
new_recovery_codes = NewRecoveryCodes.as_view()
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
ask_passkey = ReauthenticatePasskey.as_view()
ask_code = mfa.reauthenticate
sign_in_second = mfa.authenticate
sign_in_by_passkey = webauthn.login_webauthn

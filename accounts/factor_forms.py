"""allauth's forms of the second step in our words and with our fields."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import PasswordField


def code_field(label: Any, *, inputmode: str = "numeric") -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": inputmode, "autofocus": False}
    return forms.CharField(
        label=label,
        max_length=20,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": _("Write the code.")},
    )


class Authenticate(mfa.AuthenticateForm):
    code = code_field(_("Code of your app, or a recovery code"))


class ReauthenticateByCode(mfa.ReauthenticateForm):
    code = code_field(_("Code of your app, or a recovery code"))


class ReauthenticateByPassword(account.ReauthenticateForm):
    password = PasswordField(label=_("Current password"), autocomplete="current-password")


class ActivateApp(totp.ActivateTOTPForm):
    code = code_field(_("The six digits your app shows"))


class Parsed:
    """What a browser did not make is a wrong passkey, not an error of ours: the parsers below trust it."""

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except (KeyError, TypeError, ValueError, AttributeError):
            self.add_error("credential", _("This passkey was not taken. Try again."))


class AuthenticateByPasskey(Parsed, webauthn.AuthenticateWebAuthnForm):
    pass


class SignInByPasskey(Parsed, webauthn.LoginWebAuthnForm):
    pass


class ReauthenticateByPasskey(Parsed, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddPasskey(Parsed, webauthn.AddWebAuthnForm):
    """Always one that signs in without a password."""

    name = forms.CharField(
        label=_("Name"), required=False, max_length=60, help_text=_("So that you know it again: “My phone”.")
    )
    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput)

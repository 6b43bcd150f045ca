"""What we tell allauth: one spelling of addresses, sealed codes, mails through our outbox.

allauth keeps a code in the session and compares it there. Here it only ever gets the seal; the digits
live in the request that makes them and go into the mail (docs/decisions/0008).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import journal, mail

from . import codes, devices, emails, events
from .models import User

MAILS = {
    "account/email/email_confirmation_signup": "verification_code",
    "account/email/email_confirmation": "verification_code",
    "account/email/password_reset_code": "reset_code",
    "account/email/unknown_account": "unknown_account",
    "account/email/account_already_exists": "account_exists",
    "account/email/password_changed": "password_changed",
    "account/email/password_reset": "password_changed",
    "mfa/email/totp_activated": "factor_changed",
    "mfa/email/totp_deactivated": "factor_changed",
    "mfa/email/webauthn_added": "factor_changed",
    "mfa/email/webauthn_removed": "factor_changed",
    "mfa/email/recovery_codes_generated": "factor_changed",
}


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail and the password do not belong together."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your current password."),
        "incorrect_code": _("This is not the code we sent."),
        "rate_limited": _("That was quick. Wait half a minute, then ask for a new code."),
        "too_many_login_attempts": _(
            "There were too many tries. Ask for a code to renew your password, or come back later."
        ),
    }

    def clean_email(self, email: str) -> str:
        return emails.canonical(email)

    def new_user(self, request: HttpRequest) -> User:
        return User(locale=get_language())

    def generate_password_reset_code(self) -> str:
        return self._sealed_code()

    def generate_email_verification_code(self) -> str:
        return self._sealed_code()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        template = MAILS[template_prefix]
        lifetime = lifetime_of(template)
        code = current.request.fresh_codes[context["code"]] if lifetime else ""
        mail.send(
            template,
            to=email,
            context={"email": email, "code": code, "minutes": lifetime // 60},
            locale=_language_of(email),
            expires_at=timezone.now() + timedelta(seconds=lifetime) if lifetime else None,
            essential=True,
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Always sent, and to the address of the account."""
        self.send_mail(template_prefix, email or user.email, context or {})

    def post_login(self, request: HttpRequest, user: User, **hints: Any) -> HttpResponse:
        response = super().post_login(request, user, **hints)
        if not hints.get("signup") and not devices.known(request, user.email):
            journal.write(events.NEW_DEVICE, actor=user, subject=user)
        devices.remember(response, user.email)
        return response

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Home, in the language of the page the person was on."""
        return reverse("wagtail_serve", args=[""])

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted for the account, and apart for a browser it knows."""
        email = credentials["email"]
        return f"{email}:{devices.known(request, email)}"

    def _sealed_code(self) -> str:
        code = codes.new()
        sealed = codes.seal(code)
        current.request.fresh_codes = {sealed: code}
        return sealed


def lifetime_of(template: str) -> int:
    """Seconds for which the code in this mail is good; 0 for mails without one."""
    return {
        "reset_code": app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT,
        "verification_code": app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
    }.get(template, 0)


def _language_of(email: str) -> str:
    """The owner's choice; the language of the page for somebody we do not know."""
    return User.objects.filter(email=email).values_list("locale", flat=True).first() or get_language()

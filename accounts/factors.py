"""The second step of signing in, and being asked again before something dear.

Rooms whose rights touch money or roles use three words: `has_second_factor(user)`,
`second_factor_required` (a decorator) with `SecondFactorMixin`, and `recently_confirmed(request)` with
`RecentlyConfirmedMixin`. Secrets of apps are stored encrypted with a key made from SECRET_KEY.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows import reauthentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin
from django.contrib.auth.views import redirect_to_login
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import User

View = Callable[..., HttpResponseBase]

# Who holds one of these can change what others may do, or what everybody sees of us.
DEAR_RIGHTS = (
    "accounts.change_user",
    "auth.change_group",
    "home.change_contactdetails",
    "core.view_line",
    "teams.review_verification",
    "payments.refund_payments",
    "payments.reconcile_payments",
    "payments.approve_payouts",
)


def has_second_factor(user: User) -> bool:
    """An app or a passkey. Recovery codes alone are none."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user.pk, type__in=kinds).exists()


def exists_for(field: str) -> Exists:
    """The same as an annotation of rows that point at a person by `field`."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Exists(Authenticator.objects.filter(user=OuterRef(field), type__in=kinds))


def is_demanded(user: User) -> bool:
    """Does the back office open for this person only with a second step?"""
    if not settings.REQUIRE_SECOND_FACTOR:
        return False
    return user.is_superuser or any(user.has_perm(right) for right in DEAR_RIGHTS)


def recently_confirmed(request: HttpRequest) -> bool:
    """Did she say again who she is within the last 15 minutes, in this session?"""
    return reauthentication.did_recently_reauthenticate(request)


def ask_again(request: HttpRequest) -> HttpResponseBase:
    """To the page that asks; what was posted here is done afterwards."""
    return reauthentication.suspend_request(request, reverse("account_reauthenticate"))


def ask_for_setup(request: HttpRequest) -> HttpResponseBase:
    messages.warning(request, _("This part needs a second step of signing in. Set one up here first."))
    return redirect("mfa_index")


def second_factor_required(view: View) -> View:
    """Only for people with a second step, whatever the settings say: rights over money and roles."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not has_second_factor(request.user):
            return ask_for_setup(request)
        return view(request, *args, **kwargs)

    return guarded


class SecondFactorMixin(AccessMixin):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return second_factor_required(super().dispatch)(request, *args, **kwargs)


class RecentlyConfirmedMixin(AccessMixin):
    """Put before the view's own base: asks again unless she was asked within 15 minutes."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if not recently_confirmed(request):
            return ask_again(request)
        return super().dispatch(request, *args, **kwargs)


class Adapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right, or it has been used."),
        "unverified_email": gettext_lazy("Confirm your e-mail first."),
    }

    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return "Diji.vet"


def _vault() -> MultiFernet:
    """The newest key encrypts; keys before it (SECRET_KEY_FALLBACKS) still open."""
    return MultiFernet(
        [Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"accounts.factors:{secret}".encode()).digest())

"""Addresses of sign-up, sign-in and everything about the account. The names are allauth's own."""

from allauth.account.views import reauthenticate
from django.urls import path
from django.views.generic import RedirectView

from . import views
from .panel_views import security
from .views import needs_limiter

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_settings"), name="account_email"),
    path("giris/", needs_limiter(views.sign_in), name="account_login"),
    path("cikis/", views.sign_out, name="account_logout"),
    path("kayit/", needs_limiter(views.sign_up), name="account_signup"),
    path("kapali/", views.closed_account, name="account_inactive"),
    path("e-posta/dogrula/", needs_limiter(views.confirm_address), name="account_email_verification_sent"),
    path("sifre/sifirla/", needs_limiter(views.reset_password), name="account_reset_password"),
    path("sifre/kod/", needs_limiter(views.confirm_reset), name="account_confirm_password_reset_code"),
    path("sifre/yeni/", needs_limiter(views.new_password), name="account_complete_password_reset"),
    path("sifre/degistir/", needs_limiter(views.change_password), name="account_change_password"),
    path("ikinci-adim/", needs_limiter(security.sign_in_second), name="mfa_authenticate"),
    path("gecis-anahtari/", needs_limiter(security.sign_in_by_passkey), name="mfa_login_webauthn"),
    path("onayla/", needs_limiter(reauthenticate), name="account_reauthenticate"),
    path("onayla/kod/", needs_limiter(security.ask_code), name="mfa_reauthenticate"),
    path("onayla/anahtar/", needs_limiter(security.ask_passkey), name="mfa_reauthenticate_webauthn"),
    # An account that staff opened without a password gets its first one by code.
    path(
        "sifre/ilk/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"
    ),
]

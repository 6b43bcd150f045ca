"""allauth's views where ours say more, the account page, and the two answers to "not now"."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from allauth.account import views as allauth
from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.generic.edit import BaseUpdateView
from redis.exceptions import RedisError

from core.panel import PanelView

from . import forms, rules
from .models import User

LONGEST_WAIT = 3600  # every limit that ends in 429 counts for an hour at most


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return _not_now(request, "429.html", status=429, seconds=LONGEST_WAIT)


def needs_limiter(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Without its counters the form is closed for the moment: nobody may guess uncounted."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except RedisError:
            return _not_now(request, "account/closed.html", status=503, seconds=60)

    return guarded


def _not_now(request: HttpRequest, template: str, *, status: int, seconds: int) -> HttpResponse:
    response = render(request, template, status=status)
    response["Retry-After"] = str(seconds)
    return response


class SignIn(allauth.LoginView):
    def get_authenticated_redirect_url(self) -> str:
        """Not to `next`: a page that refuses this person sends her here again, in a circle."""
        return reverse("landing")

    def form_invalid(self, form: forms.SignIn) -> HttpResponse:
        """Out of tries is 429 for machines; people read it above the form."""
        locked = form.has_error("__all__", "too_many_login_attempts")
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=429 if locked else 200)


class CodeMixin:
    """What a page that asks for a code tells: where it went, until when, how many tries are left."""

    request: HttpRequest
    _process: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if "code" in kwargs:
            kwargs["tries_key"] = f"{self.request.session.session_key}:{self._process.state['at']}"
        return kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        process = self._process
        started = datetime.fromtimestamp(process.state["at"], UTC)
        return super().get_context_data(
            hidden_email=_hide(process.state["email"]),
            minutes=process.timeout // 60,
            valid_until=started + timedelta(seconds=process.timeout),
            tries_left=process.max_attempts - process.state["failed_attempts"],
            **kwargs,
        )


class ConfirmAddress(CodeMixin, allauth.ConfirmEmailVerificationCodeView):
    def form_valid(self, form: Any) -> HttpResponse:
        return self._resend(form) if self._action == "resend" else super().form_valid(form)

    def _resend(self, form: Any) -> HttpResponse:
        """The new code is good for as long as the first was. Asked for too soon, the old one stays good."""
        kept = dict(self._process.state)
        self._process.state["at"] = time.time()
        try:
            return super().form_valid(form)
        except ImmediateHttpResponse:  # allauth's 429, which would lead away from the code
            self._process.state.update(kept)
            messages.warning(self.request, get_adapter().error_messages["rate_limited"])
            return redirect("account_email_verification_sent")


class ConfirmReset(CodeMixin, allauth.ConfirmPasswordResetCodeView):
    extra_context = {"sends_per_hour": rules.of_reset().sends_per_hour}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if not self._process:
            messages.warning(request, _("This code is over. Ask for a new one."))
            return redirect("account_reset_password")
        return response

    def form_invalid(self, form: forms.ConfirmReset) -> HttpResponse:
        response = super().form_invalid(form)
        return response if response.status_code == 200 else redirect("account_reset_password")


class ChangePassword(allauth.PasswordChangeView, PanelView):
    def get_default_success_url(self) -> str:
        return reverse("account_email")


class Account(BaseUpdateView, PanelView):
    """Name and language, and the way to a new password."""

    template_name = "account/settings.html"
    form_class = forms.Profile

    def get_object(self, queryset: Any = None) -> User:
        return self.request.user

    def form_valid(self, form: ModelForm) -> HttpResponse:
        form.save()
        with translation.override(form.instance.locale):
            messages.success(self.request, _("Saved."))
            return redirect("account_email")


def _hide(email: str) -> str:
    """`ayse@ornek.test` → `a•••@ornek.test`: enough for the owner, nothing for who looks over a shoulder."""
    local, _at, domain = email.partition("@")
    return f"{local[:1]}•••@{domain}"


def closed_account(request: HttpRequest) -> HttpResponse:
    return render(request, "account/account_inactive.html", status=403)


sign_in = SignIn.as_view()
sign_up = allauth.SignupView.as_view()
sign_out = allauth.LogoutView.as_view()
confirm_address = ConfirmAddress.as_view()
reset_password = allauth.PasswordResetView.as_view()
confirm_reset = ConfirmReset.as_view()
new_password = allauth.CompletePasswordResetView.as_view()
change_password = ChangePassword.as_view()
reauthenticate = allauth.ReauthenticateView.as_view()
account = Account.as_view()

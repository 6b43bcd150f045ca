"""allauth's forms with our fields: one spelling of addresses, labels instead of placeholders."""

from __future__ import annotations

import re
import secrets
from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.core import context as current
from allauth.core import ratelimit
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from legal import queries

from . import codes, emails, papers
from .models import User

PASSWORD_HINT = _("At least 12 characters. Several words side by side are good.")


class AddressField(forms.CharField):
    """Gives the canonical spelling. allauth's own field lowers first, which turns look-alikes into ASCII."""

    def __init__(self, *, autocomplete: str = "email", **more: Any) -> None:
        more.setdefault("label", _("E-mail"))
        more.setdefault("error_messages", {"required": _("Write your e-mail.")})
        super().__init__(widget=forms.EmailInput(attrs={"autocomplete": autocomplete}), **more)

    def clean(self, value: Any) -> str:
        return emails.canonical(super().clean(value))


class PasswordField(forms.CharField):
    def __init__(self, *, autocomplete: str, **more: Any) -> None:
        more.setdefault("label", _("Password"))
        more.setdefault("error_messages", {"required": _("Write your password.")})
        attrs = {"autocomplete": autocomplete, "data-show": _("Show"), "data-hide": _("Hide")}
        widget = forms.PasswordInput(attrs=attrs)
        super().__init__(widget=widget, strip=False, max_length=256, **more)


class NewPasswordField(PasswordField):
    """Checked against our rules. allauth's forms put the person into `user`."""

    user: User | None = None

    def __init__(self, **more: Any) -> None:
        super().__init__(autocomplete="new-password", help_text=PASSWORD_HINT, **more)

    def clean(self, value: Any) -> str:
        return get_adapter().clean_password(super().clean(value), user=self.user)


def first_name_field() -> forms.CharField:
    return forms.CharField(
        label=_("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Write your first name.")},
    )


def last_name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Write your last name.")},
    )


class SignIn(allauth.LoginForm):
    password = PasswordField(autocomplete="current-password")
    remember = forms.BooleanField(label=_("Keep me signed in on this device for 30 days"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField(autocomplete="username")
        self.order_fields(["login", "password", "remember"])


class SignUp(allauth.SignupForm):
    first_name = first_name_field()
    last_name = last_name_field()
    field_order = ["first_name", "last_name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField(
            help_text=_("We send a code there to be sure that it is yours."),
        )
        self.fields["password1"] = PasswordField(autocomplete="new-password", help_text=PASSWORD_HINT)
        self.order_fields(self.field_order)
        self.papers = queries.for_new_people()
        self.fields.update({papers.name(paper): papers.field(paper) for paper in self.papers})

    @property
    def notices(self) -> list[forms.BoundField]:
        return [box for box in self._papers if isinstance(box.field, papers.Notice)]

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [box for box in self._papers if isinstance(box.field, papers.Accepted)]

    @property
    def _papers(self) -> list[forms.BoundField]:
        return [self[papers.name(paper)] for paper in self.papers]

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        """The account and what was shown and accepted for it: all or nothing."""
        user = super().save(request)
        for paper in self.papers:
            papers.record(paper, user=user, request=request, now=timezone.now())
        return user

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            self._work_in_vain(request)
        return super().try_save(request)

    def _work_in_vain(self, request: HttpRequest) -> None:
        """All that a new account takes, and taken back: the time must not tell who has one."""
        known = self.cleaned_data["email"]
        self.account_already_exists = False
        self.cleaned_data["email"] = f"{secrets.token_hex(8)}@hesap.invalid"
        with transaction.atomic():
            self.save(request)
            transaction.set_rollback(True)
        self.account_already_exists = True
        self.cleaned_data["email"] = known


class ResetPassword(allauth.ResetPasswordForm):
    email = AddressField()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        for user in self.users:  # so that the code also confirms the address of an account made by staff
            sync_user_email_address(user)
        return super().save(request, **kwargs)


class NewPassword(allauth.ResetPasswordKeyForm):
    password1 = NewPasswordField(label=_("New password"))
    password2 = None


class ChangePassword(allauth.ChangePasswordForm):
    oldpassword = PasswordField(label=_("Current password"), autocomplete="current-password")
    password1 = NewPasswordField(label=_("New password"))
    password2 = None


class SealedCode(allauth.BaseConfirmCodeForm):
    """Compares what was typed with the seal in the session.

    The tries left are counted in the session, which requests sent at once read before any of them
    writes. The limiter counts them one by one.
    """

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Write the six digits from the mail.")},
    )

    def __init__(self, *args: Any, tries_key: str = "", **kwargs: Any) -> None:
        self.tries_key = tries_key
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        typed = re.sub(r"\D", "", self.cleaned_data["code"])
        if len(typed) != codes.DIGITS:
            raise forms.ValidationError(_("The code has six digits."), code="incorrect_code")
        if not ratelimit.consume(current.request, action="code_try", key=self.tries_key):
            raise get_adapter().validation_error("too_many_login_attempts")
        if not codes.opens(typed, self.expected_code or ""):
            raise get_adapter().validation_error("incorrect_code")
        self.cleaned_data["code"] = self.expected_code = typed  # allauth compares once more
        return super().clean_code()


class ConfirmAddress(SealedCode, allauth.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmReset(SealedCode, allauth.ConfirmPasswordResetCodeForm):
    pass

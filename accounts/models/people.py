"""People. One account for each person, whatever she does here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .. import emails
from ..states import Status


class UserManager(BaseUserManager["User"]):
    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An account whose address we vouch for: made by a command, not by a visitor who signs up."""
        from allauth.account.models import EmailAddress  # needs this module first

        user = self.model(email=emails.canonical(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=emails.canonical(email or ""))


class User(AbstractUser):
    """Signs in by e-mail. First and last name are apart because Turkish invoices want them apart."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        _("e-mail"),
        unique=True,
        error_messages={"unique": _("There is already an account with this address.")},
    )
    locale = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    phone = models.CharField(_("mobile phone"), max_length=16, blank=True, help_text=_("With country code."))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ACTIVE)
    suspended_until = models.DateTimeField(_("paused until"), null=True, blank=True)
    closes_at = models.DateTimeField(_("is erased at"), null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower(F("email"))) & Q(email__regex=r"^[!-~]+@[!-~]+$"),
                name="user_email_is_canonical",
            ),
            models.CheckConstraint(
                condition=Q(phone__regex=r"^(\+[1-9][0-9]{6,14})?$"), name="user_phone_is_e164"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="user_status_is_known"),
            models.CheckConstraint(
                condition=Q(suspended_until=None) | Q(status=Status.SUSPENDED),
                name="only_a_paused_account_has_an_end_of_pause",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSING, closes_at__isnull=False)
                | (~Q(status=Status.CLOSING) & Q(closes_at=None)),
                name="only_a_closing_account_has_a_day_of_erasure",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ERASED)
                | Q(is_active=False, first_name="", last_name="", phone=""),
                name="an_erased_account_holds_no_name",
            ),
        ]

    def clean(self) -> None:
        self.email = emails.canonical(self.email)

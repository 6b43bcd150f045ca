"""Personal data of the account itself."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal_data import CONSENT, CONTRACT, LEGAL_DUTY, LEGITIMATE, OnErase, holding

from .models import Channel, ContactChange, DataRequest, Export, User
from .services.requests import delete_files

WITH_ACCOUNT = _("until the account is erased")


def _end_session(row: UserSession) -> None:
    row._session_store(row.session_key).delete()


def _delete_copy(row: Export) -> None:
    delete_files(row)


def _to_earlier_addresses(user: Any) -> Q:
    pairs = ContactChange.objects.filter(user=user, channel=Channel.EMAIL).values_list("value", "replaced")
    theirs = User.objects.exclude(pk=user.pk).values("email")  # what she only tried belongs to somebody else
    return Q(to__in={address for pair in pairs for address in pair if address}) & ~Q(to__in=theirs)


def _belongs(model: str, title: Any, purpose: Any, *fields: str, **facts: Any) -> None:
    defaults = {"owner": "user", "ground": CONTRACT, "period": WITH_ACCOUNT, "on_erase": OnErase.DELETE}
    holding(model, title=title, purpose=purpose, fields=fields, **{**defaults, **facts})


_belongs(
    "accounts.User",
    _("Your account"),
    _("To know who you are and to reach you"),
    "first_name",
    "last_name",
    "email",
    "phone",
    "locale",
    "status",
    "date_joined",
    "last_login",
    owner="pk",
    period=_("until the account is erased; then a number without a name stays"),
    on_erase=OnErase.LINK,
)
_belongs(
    "accounts.Address",
    _("Your addresses"),
    _("To deliver and to invoice"),
    "kind",
    "name",
    "neighbourhood",
    "street",
    "building",
    "door",
    "district",
    "province",
    "postcode",
)
_belongs(
    "accounts.ContactChange",
    _("Changes of e-mail and phone"),
    _("To prove that the address is yours"),
    "asked_at",
    "channel",
    "value",
    "replaced",
    "used_at",
)
_belongs(
    "core.Mail",
    _("Mails to your earlier addresses"),
    _("To deliver them, and to know that they left"),
    "queued_at",
    "subject",
    owner="",
    where=_to_earlier_addresses,
)
_belongs(
    "accounts.TextMessage",
    _("Messages on their way to your phone"),
    _("To deliver them"),
    "queued_at",
    owner="",
    where=lambda user: ~Q(to="") & Q(to=user.phone),
    period=_("until they have left"),
)
_belongs("account.EmailAddress", _("E-mail"), _("To sign in"), "email", "verified")
_belongs(
    "usersessions.UserSession",
    _("Devices you signed in on"),
    _("To show you who uses your account"),
    "created_at",
    "last_seen_at",
    "ip",
    "user_agent",
    ground=LEGITIMATE,
    period=_("until you sign out"),
    before_delete=_end_session,
)
_belongs(
    "mfa.Authenticator", _("Second steps of signing in"), _("To protect the account"), "type", "created_at"
)
_belongs(
    "accounts.Consent",
    _("Your consents"),
    _("To prove what you allowed"),
    "at",
    "purpose",
    "state",
    "evidence",
    ground=CONSENT,
    period=_("three years after the consent ends"),
    on_erase=OnErase.KEEP,
)
_belongs(
    "accounts.DataRequest",
    _("Your requests about data"),
    _("To answer them in time"),
    "number",
    "kind",
    "text",
    "asked_at",
    "answer",
    "closed_at",
    ground=LEGAL_DUTY,
    period=_("three years, without your words once the account is erased"),
    on_erase=OnErase.ANONYMISE,
    blank={"text": ""},
)
_belongs(
    "accounts.Export",
    _("Copies of your data"),
    _("To hand them to you"),
    "made_at",
    "expires_at",
    owner="",
    where=lambda user: Q(request__in=DataRequest.objects.filter(user=user)),
    period=_("seven days"),
    before_delete=_delete_copy,
)

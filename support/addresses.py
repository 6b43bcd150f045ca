"""The address that leads a reply to its ticket, and the signed links that let people in without an account.

`destek+dt7kq2mx.<signature>@…`: nobody can make one up for a ticket, and whoever has one has had a mail
of ours. A reply counts only if it also comes from the ticket's own address (`services.incoming`).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import Ticket

SALT = "support.reply"
LENGTH = 16  # 80 bits in base 32
TAGGED = re.compile(r"\+(?P<code>dt[0-9a-z]{6})\.(?P<signature>[a-z2-7]{16})@", re.ASCII)
GUEST, RATING = "support.guest", "support.rating"


def reply_to(ticket: Ticket) -> str:
    local, _at, domain = settings.SUPPORT_ADDRESS.partition("@")
    code = ticket.reference.replace("-", "").lower()
    return f"{local}+{code}.{_signature(code, settings.SECRET_KEY)}@{domain}"


def reference_in(recipients: Iterable[str]) -> str:
    """The reference of the first address with a signature of ours, else nothing."""
    for recipient in recipients:
        found = TAGGED.search(recipient.lower())
        if found and _is_ours(found["code"], found["signature"]):
            return f"DT-{found['code'][2:].upper()}"
    return ""


def guest_url(ticket: Ticket) -> str:
    return reverse("support:guest", args=[_signed(ticket, GUEST)])


def rating_url(ticket: Ticket) -> str:
    return reverse("support:rate", args=[_signed(ticket, RATING)])


def by_token(token: str, salt: str) -> Any:
    """The ticket of a signed link. The link of somebody whose data were forgotten opens nothing."""
    try:
        reference = signing.Signer(salt=salt).unsign(token)
    except signing.BadSignature:
        return Ticket.objects.none()
    return Ticket.objects.filter(reference=reference, forgotten_at=None)


def _signed(ticket: Ticket, salt: str) -> str:
    return signing.Signer(salt=salt).sign(ticket.reference)


def _is_ours(code: str, signature: str) -> bool:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(_signature(code, key), signature) for key in keys)


def _signature(code: str, key: str | bytes) -> str:
    digest = salted_hmac(SALT, code, secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:LENGTH]

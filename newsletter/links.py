"""Addresses that stand in mails: signed, each for one use, without an end. They need no sign-in."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from .models import Subscription

STOP, PREFERENCES = "stop", "preferences"  # mail services read the first, so it must not open the second


def sign(subscription: Subscription, use: str) -> str:
    return _signer(use).sign(subscription.public_id.hex)


def read(signed: str, use: str) -> uuid.UUID | None:
    """Whose link this is; None for what we have not signed for this use."""
    try:
        return uuid.UUID(_signer(use).unsign(signed))
    except (BadSignature, ValueError):
        return None


def stop_url(subscription: Subscription) -> str:
    return _url("newsletter:stop", sign(subscription, STOP), subscription.locale)


def preferences_url(subscription: Subscription) -> str:
    return _url("newsletter:preferences", sign(subscription, PREFERENCES), subscription.locale)


def confirm_url(token: str, locale: str) -> str:
    return _url("newsletter:confirm", token, locale)


def _url(name: str, key: str, locale: str) -> str:
    with translation.override(locale):
        return settings.BASE_URL + reverse(name, args=[key])


def _signer(use: str) -> Signer:
    return Signer(salt=f"newsletter.{use}", sep=".")

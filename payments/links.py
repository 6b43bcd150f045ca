"""Addresses of a payment, also for whoever has no account here."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from .models import Attempt, Payment

SALT = "payments.link"


def key(payment: Payment) -> str:
    """What a guest's link carries beside the address: proof that we gave it to her."""
    return signing.Signer(salt=SALT).signature(str(payment.public_id))


def is_key(payment: Payment, given: str) -> bool:
    return constant_time_compare(key(payment), given)


def path(payment: Payment) -> str:
    return reverse("payments:checkout", args=[payment.public_id])


def guest_path(payment: Payment) -> str:
    return f"{path(payment)}?anahtar={key(payment)}"


def url(payment: Payment) -> str:
    return settings.BASE_URL + (path(payment) if payment.payer_id else guest_path(payment))


def return_path(attempt: Attempt) -> str:
    return reverse("payments_return", args=[attempt.payment.public_id, attempt.reference])

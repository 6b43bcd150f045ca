"""Addresses of what follows a sale, also for whoever bought without an account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare

SALT = "commerce.after"


def key(row: Any) -> str:
    """What a guest's link carries beside the address: proof that we gave it to her."""
    return signing.Signer(salt=f"{SALT}.{row._meta.model_name}").signature(str(row.public_id))


def is_key(row: Any, given: str) -> bool:
    return constant_time_compare(key(row), given)


def cancel(parcel: Any) -> str:
    return _of_parcel(parcel, "my_parcel_cancel", "guest_parcel_cancel")


def send_back(parcel: Any) -> str:
    return _of_parcel(parcel, "my_parcel_return", "guest_parcel_return")


def returned(row: Any) -> str:
    if row.parcel.order.user_id:
        return reverse("my_return", args=[row.public_id])
    return f"{reverse('guest_return', args=[row.public_id])}?anahtar={key(row)}"


def full(path: str) -> str:
    return settings.BASE_URL + path


def _of_parcel(parcel: Any, own: str, guest: str) -> str:
    if parcel.order.user_id:
        return reverse(own, args=[parcel.order.number, parcel.position])
    return f"{reverse(guest, args=[parcel.public_id])}?anahtar={key(parcel)}"

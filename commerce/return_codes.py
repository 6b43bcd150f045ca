"""The short code on the slip in a parcel and on what comes back: `7QH4`.

Counted from the parcel, so it is printed before anything comes back. It opens nothing: a seller finds
announced returns of its own with it, and where two share a code both are shown.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Any

from django.conf import settings

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that are mistaken for each other
LENGTH = 4


def of(parcel: Any) -> str:
    found = hmac.new(settings.SECRET_KEY.encode(), f"return {parcel.public_id}".encode(), sha256).digest()
    return "".join(SIGNS[byte % len(SIGNS)] for byte in found[:LENGTH])


def read(typed: str) -> str:
    """As scanners and people write it."""
    return "".join(sign for sign in typed.upper() if sign in SIGNS)[:8]

"""The hand-over code of a journey: six digits that stand nowhere (docs/decisions/0104).

They are made of our key, the journey and the number of its code, so nobody who reads the database knows
them; a new one counts the number on.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 6
SALT = "transfers.hand_over"


def of(job: Any) -> str:
    return _made(job, settings.SECRET_KEY)


def opens(job: Any, typed: str) -> bool:
    """In constant time. A code told before our key changed still opens."""
    digits = "".join(letter for letter in typed if letter in "0123456789")
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(_made(job, key), digits) for key in keys)


def _made(job: Any, key: str | bytes) -> str:
    digest = salted_hmac(SALT, f"{job.public_id}.{job.code_number}", secret=key, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}}"

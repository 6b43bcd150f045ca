"""Six digits sent by mail. What is kept of them (in the session) is a keyed hash, never the digits."""

from __future__ import annotations

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 6


def new() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def seal(code: str) -> str:
    """A hash that needs SECRET_KEY to be guessed: six digits alone would be found in a second."""
    salt = secrets.token_hex(8)
    return f"{salt}.{_hash(code, salt)}"


def opens(code: str, sealed: str) -> bool:
    """Whether `sealed` was made from `code`. An empty seal (nobody to write to) opens for nothing."""
    salt, _dot, kept = sealed.partition(".")
    return constant_time_compare(_hash(code, salt), kept)


def _hash(code: str, salt: str) -> str:
    return salted_hmac("accounts.codes", f"{salt}.{code}", algorithm="sha256").hexdigest()

"""The rules for codes, read from the settings in force: pages and proofs never type them by hand."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account import app_settings
from allauth.core.internal.ratelimit import parse_rates

from . import codes


@dataclass(frozen=True)
class CodeRules:
    digits: int
    minutes: int
    tries: int
    sends_per_hour: int


def of_reset() -> CodeRules:
    return CodeRules(
        digits=codes.DIGITS,
        minutes=app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT // 60,
        tries=app_settings.PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS,
        sends_per_hour=_per_hour("reset_password"),
    )


def _per_hour(action: str) -> int:
    """How many an address gets in an hour."""
    rates = parse_rates(app_settings.RATE_LIMITS.get(action))
    return min(int(rate.amount * 3600 / rate.duration) for rate in rates if rate.per == "key")

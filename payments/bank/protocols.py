"""Which protocols the bank speaks, with the keys of our shop."""

from __future__ import annotations

from typing import Any

from .bank import Protocol
from .iyzico import Iyzico
from .paytr import PayTR


def protocols(settings: Any) -> list[Protocol]:
    paytr = (settings.PAYTR_MERCHANT_KEY, settings.PAYTR_MERCHANT_SALT)
    return [
        Iyzico({settings.IYZICO_API_KEY: settings.IYZICO_SECRET_KEY}),
        PayTR({settings.PAYTR_MERCHANT_ID: paytr}),
    ]

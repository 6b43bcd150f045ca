"""Which protocols the bank speaks, with the keys of our shop."""

from __future__ import annotations

from typing import Any

from .bank import Protocol
from .iyzico import Iyzico
from .param import Merchant, Param
from .paytr import PayTR

PARAM = ("CLIENT_CODE", "USERNAME", "PASSWORD", "GUID")


def protocols(settings: Any) -> list[Protocol]:
    paytr = (settings.PAYTR_MERCHANT_KEY, settings.PAYTR_MERCHANT_SALT)
    return [
        Iyzico({settings.IYZICO_API_KEY: settings.IYZICO_SECRET_KEY}),
        PayTR({settings.PAYTR_MERCHANT_ID: paytr}),
        Param(Merchant(*(getattr(settings, f"PARAM_{name}") for name in PARAM))),
    ]

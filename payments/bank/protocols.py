"""Which protocols the bank speaks, with the keys of our shop."""

from __future__ import annotations

from typing import Any

from .bank import Protocol
from .iyzico import Iyzico


def protocols(settings: Any) -> list[Protocol]:
    return [Iyzico({settings.IYZICO_API_KEY: settings.IYZICO_SECRET_KEY})]

"""Numbers as people here write them."""

from __future__ import annotations

import re
from decimal import Decimal


def price(typed: str) -> Decimal | None:
    """`1.500`, `1.500,50`, `1500,5` and `1500.50`; None for what cannot be read."""
    bare = typed.replace("₺", "").replace("TL", "").replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,2})?", bare):
        bare = bare.replace(".", "")
    if not re.fullmatch(r"[0-9]{1,9}([.,][0-9]{1,2})?", bare):
        return None
    return Decimal(bare.replace(",", "."))


def whole(typed: str) -> int | None:
    """`12`, `1.200`, `12,0`."""
    number = price(typed)
    return None if number is None or number % 1 else int(number)

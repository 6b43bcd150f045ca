"""From the price to what arrives, as bars: how much each takes and where it begins (percent of the price)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core import money
from core.templatetags.amounts import in_hundred

from .models import CommissionLine
from .rates import Shares


@dataclass(frozen=True)
class Bar:
    kind: str  # price, vat, commission, commission_vat, withholding, net
    label: str
    amount: Decimal
    start: str = "0"
    width: str = "100"


def bars(split: Shares | CommissionLine) -> list[Bar]:
    """`gross` above zero. VAT in the price is a part of what arrives, shown inside it."""
    gross, taken, found = split.gross, Decimal(0), [Bar("price", _("The customer paid"), split.gross)]
    for kind, label in _labels(split):
        amount = getattr(split, kind)
        taken += amount
        found.append(Bar(kind, label, -amount, *_place(gross, gross - taken, amount)))
    found.append(Bar("net", _("Arrives on your account"), split.net, *_place(gross, Decimal(0), split.net)))
    vat = min(split.vat, split.net)
    found.append(
        Bar("vat", _("of it VAT, which you declare"), split.vat, *_place(gross, split.net - vat, vat))
    )
    return found


def _labels(split: Any) -> list[tuple[str, str]]:
    return [
        ("commission", _("Commission (%(percent)s)") % {"percent": in_hundred(split.percent)}),
        ("commission_vat", _("VAT on the commission")),
        ("withholding", _("Withholding tax")),
    ]


def _place(gross: Decimal, start: Decimal, width: Decimal) -> tuple[str, str]:
    return tuple(str(money.lira(part * 100 / gross)) for part in (start, width))  # type: ignore[return-value]

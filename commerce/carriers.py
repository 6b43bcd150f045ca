"""Who carries parcels, how its numbers look and where everybody may follow them.

Formats as the firms print them; a number is judged by its shape only, no firm is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commerce.parcel_errors import NumberIsWrong


@dataclass(frozen=True)
class Carrier:
    """`length` of its numbers; `shape` where they are not digits alone. Without `length` it has none."""

    code: str
    label: Any
    length: int = 0
    shape: str = r"\d+"
    page: str = ""

    def link(self, number: str) -> str:
        return self.page.format(quote(number, safe="")) if self.page and number else ""

    def check(self, typed: str) -> str:
        """The number without what people put between its parts. Raises NumberIsWrong."""
        number = re.sub(r"[\s.\-]", "", typed).upper()
        if not self.length:
            return number[:40]
        if not number:
            raise NumberIsWrong(_("Write the number that stands on the receipt of the carrier."))
        if len(number) != self.length:
            raise NumberIsWrong(self._wrong_length(len(number)))
        if not re.fullmatch(self.shape, number):
            raise NumberIsWrong(_("This is not how a number of %(carrier)s looks.") % {"carrier": self.label})
        return number

    def _wrong_length(self, found: int) -> str:
        off = abs(self.length - found)
        short = ngettext("%(off)d sign is missing", "%(off)d signs are missing", off)
        long = ngettext("%(off)d sign too many", "%(off)d signs too many", off)
        words = (short if found < self.length else long) % {"off": off}
        return _("%(words)s: with this carrier it has %(length)d.") % {"words": words, "length": self.length}


OWN = "own"
ALL = [
    Carrier(
        "yurtici",
        "Yurtiçi Kargo",
        12,
        page="https://www.yurticikargo.com/tr/online-servisler/gonderi-sorgula?code={}",
    ),
    Carrier("aras", "Aras Kargo", 13, page="https://kargotakip.araskargo.com.tr/mainpage.aspx?code={}"),
    Carrier("dhl", "DHL eCommerce", 12, page="https://kargotakip.dhlecommerce.com.tr/?takipNo={}"),
    Carrier("surat", "Sürat Kargo", 14, page="https://www.suratkargo.com.tr/KargoTakip/?kargotakipno={}"),
    Carrier(
        "ptt",
        "PTT Kargo",
        13,
        r"[A-Z]{2}\d{9}TR|[A-Z]{2}\d{11}|\d{13}",
        "https://gonderitakip.ptt.gov.tr/Track/Verify?q={}",
    ),
    Carrier("ups", "UPS", 18, r"1Z[0-9A-Z]{16}", "https://www.ups.com/track?loc=tr_TR&tracknum={}"),
    Carrier(OWN, gettext_lazy("Our own delivery, without a number")),
]
BY_CODE = {carrier.code: carrier for carrier in ALL}
CHOICES = [(carrier.code, carrier.label) for carrier in ALL]


def get(code: str) -> Carrier:
    """Also of one that we no longer offer: it keeps its name, without a page."""
    return BY_CODE.get(code) or Carrier(code, code)


def check(code: str, number: str) -> str:
    """Raises NumberIsWrong, also where nobody knows the carrier."""
    if code not in BY_CODE:
        raise NumberIsWrong(_("Choose a carrier."))
    return BY_CODE[code].check(number)

"""Who a seller is by law: a trader with MERSİS, registry and KEP, or a craftsman with a chamber.

The regulation on intermediaries (RG 29.12.2022/32058) wants these told before anybody buys, so a business
without them sells nothing. They are verified facts as the legal name is: they change through a review.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.tr import tckimlik, vkn

TRADER = ["mersis", "trade_registry", "kep"]
CRAFTSMAN = ["chamber"]
FIELDS = [*TRADER, *CRAFTSMAN]
MERSIS_LENGTH, OF_PERSON = 16, 11
KEP = re.compile(r"[a-z0-9._-]+@([a-z0-9-]+\.)*kep\.tr")


def is_named(business: Any) -> bool:
    """Whether the public can be told who sells here."""
    return all(getattr(business, name) for name in TRADER) or bool(business.chamber)


def facts(business: Any) -> list[tuple[str, str]]:
    """For pages, forms and contracts; what is empty is left out."""
    rows = [
        (_("MERSİS number"), business.mersis),
        (_("Trade registry"), business.trade_registry),
        (_("Chamber of craftsmen"), business.chamber),
        (_("KEP address"), business.kep),
    ]
    return [(label, value) for label, value in rows if value]


def read_mersis(typed: str) -> str:
    """Sixteen digits: first the tax number after a 0, or the identity number, of whoever it names."""
    number = re.sub(r"[\s.-]", "", typed)
    if not number.isascii() or not number.isdecimal():
        raise ValidationError(_("A MERSİS number has digits only."), code="mersis")
    if lacks := MERSIS_LENGTH - len(number):
        raise ValidationError(_length(lacks), code="mersis")
    try:
        tax_number_of(number)
    except StdnumError as error:
        raise ValidationError(
            _("This is no MERSİS number: the tax number in it is wrong. Check the digits."), code="mersis"
        ) from error
    return number


def tax_number_of(mersis: str) -> str:
    """The number it is built on. Raises stdnum's ValidationError."""
    head = mersis[:OF_PERSON]
    return vkn.validate(head[1:]) if head.startswith("0") else tckimlik.validate(head)


def _length(lacks: int) -> str:
    few = ngettext("%(n)d digit is missing", "%(n)d digits are missing", abs(lacks))
    many = ngettext("%(n)d digit too many", "%(n)d digits too many", abs(lacks))
    return _("%(how_many)s: MERSİS has 16.") % {"how_many": (few if lacks > 0 else many) % {"n": abs(lacks)}}


def read_kep(typed: str) -> str:
    address = "".join(typed.split()).lower()
    if not KEP.fullmatch(address):
        raise ValidationError(
            _("This is no KEP address: it ends with kep.tr, such as name@hs01.kep.tr."), code="kep"
        )
    return address

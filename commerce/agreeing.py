"""What the buyer saw and confirmed, sealed into the page; and how the basket differs from it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from core.money import display

from . import papers
from .errors import Change
from .quotes import Line, Quote, Share
from .wishes import Wish

SALT = "commerce.agreed"


@dataclass(frozen=True)
class Agreed:
    """`lines`: number, title, pieces, price of one. `deliveries`: seller and cost. `vouchers`: codes."""

    sha256: str = ""
    total: str = ""
    lines: tuple[tuple[int, str, int, str], ...] = ()
    deliveries: tuple[tuple[str, str], ...] = ()
    vouchers: tuple[str, ...] = ()


def seen(quote: Quote, filled: Sequence[papers.Paper]) -> Agreed:
    return Agreed(
        sha256=papers.of_all(filled),
        total=str(quote.total),
        lines=tuple((one.pk, one.title, one.quantity, str(one.unit)) for one in quote.lines),
        deliveries=tuple((share.name, str(share.delivery)) for share in quote.shares),
        vouchers=tuple(one.voucher.code for one in quote.vouchers if not one.problem),
    )


def seal(agreed: Agreed) -> str:
    return signing.dumps(vars(agreed), salt=SALT, compress=True)


def unseal(sealed: str) -> Agreed:
    """What a page carried. Nothing readable: nothing was confirmed."""
    try:
        known = signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        return Agreed()
    lists = {name: tuple(tuple(row) for row in known[name]) for name in ("lines", "deliveries")}
    return Agreed(**{**known, **lists, "vouchers": tuple(known["vouchers"])})


def changes(agreed: Agreed, quote: Quote, filled: Sequence[papers.Paper], wish: Wish) -> list[Change]:
    """Each difference by the name of what it is about; none: it may be ordered."""
    now = seen(quote, filled)
    found = [
        *_problems(quote, wish),
        *_lines(agreed, quote.lines),
        *_vouchers(agreed, quote),
        *_deliveries(agreed, quote.shares),
    ]
    if not found and now.total != agreed.total:
        found.append(Change(_("Total"), _now(agreed.total, now.total)))
    if not found and now.sha256 != agreed.sha256:
        found.append(Change(_("Contract"), _("Its text has changed. Please read and confirm it again.")))
    return found


def _problems(quote: Quote, wish: Wish) -> list[Change]:
    lines = [Change(line.title, line.problem) for line in quote.lines if line.problem]
    city = {"city": wish.ship_to.city}
    far = [share.name for share in quote.shares if share.way is None]
    return lines + [Change(name, _("This seller does not deliver to %(city)s.") % city) for name in far]


def _lines(agreed: Agreed, lines: list[Line]) -> list[Change]:
    here = {line.pk: line for line in lines}
    was = {pk: (title, quantity, unit) for pk, title, quantity, unit in agreed.lines}
    gone = [
        Change(title, _("It is not sold any more.")) for pk, (title, _q, _u) in was.items() if pk not in here
    ]
    new = [Change(line.title, _("It was added.")) for line in lines if line.pk not in was]
    return [*gone, *new, *(change for pk in was if pk in here for change in _line(was[pk], here[pk]))]


def _line(was: tuple[str, int, str], line: Line) -> list[Change]:
    title, quantity, unit = was
    found: list[Change] = []
    if line.problem:
        return found
    if line.quantity != quantity:
        found.append(Change(title, _("There are %(number)d of it now.") % {"number": line.quantity}))
    if line.unit != Decimal(unit):
        found.append(Change(title, _now(unit, str(line.unit))))
    return found


def _vouchers(agreed: Agreed, quote: Quote) -> list[Change]:
    here: dict[str, Any] = {one.voucher.code: one for one in quote.vouchers}
    lost = [code for code in agreed.vouchers if code not in here or here[code].problem]
    gone = _("This voucher takes nothing off any more.")
    return [Change(code, str(here[code].problem) if code in here else gone) for code in lost]


def _deliveries(agreed: Agreed, shares: list[Share]) -> list[Change]:
    was = dict(agreed.deliveries)
    return [
        Change(share.name, _("Delivery: %(change)s") % {"change": _now(was[share.name], str(share.delivery))})
        for share in shares
        if share.name in was and Decimal(was[share.name]) != share.delivery
    ]


def _now(was: str, now: str) -> str:
    known = {"now": display(Decimal(now)), "was": display(Decimal(was or 0))}
    return _("It costs %(now)s now instead of %(was)s.") % known

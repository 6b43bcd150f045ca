"""Documents from us to a business: the invoice of our commission, and the statement of its account."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import DecimalField, F, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.days import midnight
from teams import modules

from .. import rates
from ..errors import CreditTooLarge
from ..models import CommissionLine, Document, DocumentKind, Entry, Tax
from ..services import PARTS
from . import parties
from .issuing import issue, issue_credit
from .lines import ZERO, Line

PAID_OUT = "payout"  # kinds of postings that begin so take from what is to be paid out, or bring it back
FIGURES = ("gross", "vat", *PARTS, "net")


@transaction.atomic
def issue_commission_invoice(*, business: Any, month: date, now: datetime) -> Document | None:
    """The invoice of what we kept in a month that is over, refunds taken off. None: there was nothing.

    A month that gave back more than it took is credited to the newest commission invoice that has room.
    """
    first, end = _month(month)
    if timezone.localdate(now) < end:
        raise ValueError("only a month that is over is invoiced")
    key = f"commission {business.pk} {first:%Y-%m}"
    sums = _sums(_lines(business, first, end), "module")
    kept = sum((row["commission"] + row["commission_vat"] for row in sums), ZERO)
    if kept < 0:
        return _give_back(key, business, -kept, now)
    return _invoice(key, business, sums, first, now) if kept else None


def _invoice(key: str, business: Any, sums: list[dict[str, Any]], first: date, now: datetime) -> Document:
    percent = rates.tax_percent(Tax.COMMISSION_VAT, first)
    with translation.override("tr"):  # a document is Turkish, whoever asks for it
        month = date_format(first, "F Y")
        subject = _("Commission, %(month)s") % {"month": month}
        content = _content(sums, subject, percent)
    return issue(
        key=key,
        kind=DocumentKind.COMMISSION_INVOICE,
        issuer=None,
        business=business,
        to=parties.business(business),
        content=content,
        now=now,
        subject=subject,
        more={"month": f"{first:%Y-%m}"},
    )


def _content(sums: list[dict[str, Any]], subject: str, percent: Decimal) -> list[Line]:
    """A line for each module; one for all when one of them gave back more than it took."""
    if any(row["commission"] < 0 for row in sums):
        sums = [{name: sum(row[name] for row in sums) for name in PARTS}]
    return [
        Line(_about(row, subject), row["commission"] + row["commission_vat"], row["commission_vat"], percent)
        for row in sums
        if row["commission"]
    ]


def _about(row: dict[str, Any], subject: str) -> str:
    return f"{subject} · {modules.BY_CODE[row['module']].label}" if "module" in row else subject


def _give_back(key: str, business: Any, amount: Decimal, now: datetime) -> Document | None:
    """Raises CreditTooLarge where no invoice is left that could be credited: a person has to look."""
    if known := Document.objects.filter(key=key).first():
        return known
    ours = Document.objects.filter(business=business, kind=DocumentKind.COMMISSION_INVOICE)
    credited = Coalesce(Sum("credit_notes__gross"), ZERO, output_field=DecimalField())
    room = ours.annotate(left=F("gross") - credited).filter(left__gte=amount)
    newest = room.order_by("-issued_on", "-pk").first()
    if newest is None:
        raise CreditTooLarge
    return issue_credit(key=key, of=newest, amount=amount, now=now)


@transaction.atomic
def issue_statement(*, key: str, business: Any, first: date, last: date, now: datetime) -> Document:
    """What was sold from `first` to `last` (local days, both counted), kept, paid out, and what is left."""
    if known := Document.objects.filter(key=key).first():
        return known
    end = last + timedelta(days=1)
    lines = _lines(business, first, end)
    rows = _sums(lines.annotate(day=TruncDate("at")), "day", "module")
    sums = lines.aggregate(**{name: Coalesce(Sum(name), ZERO) for name in FIGURES})
    figures = {**sums, "paid_out": _paid_out(business, first, end), "left": _left(business, end)}
    return issue(
        key=key,
        kind=DocumentKind.STATEMENT,
        issuer=None,
        business=business,
        to=parties.business(business),
        content=[],
        now=now,
        subject=f"{first:%d.%m.%Y}–{last:%d.%m.%Y}",
        totals=(sums["gross"], sums["vat"]),
        more={"rows": [_plain(row) for row in rows], "figures": _plain(figures)},
    )


def _lines(business: Any, first: date, end: date) -> QuerySet[CommissionLine]:
    return CommissionLine.objects.filter(business=business, at__gte=midnight(first), at__lt=midnight(end))


def _sums(lines: QuerySet[CommissionLine], *by: str) -> list[dict[str, Any]]:
    return list(lines.order_by(*by).values(*by).annotate(**{name: Sum(name) for name in FIGURES}))


def _paid_out(business: Any, first: date, end: date) -> Decimal:
    moved = _entries(business).filter(
        txn__kind__startswith=PAID_OUT, txn__at__gte=midnight(first), txn__at__lt=midnight(end)
    )
    return -(moved.aggregate(sum=Sum("amount"))["sum"] or ZERO)


def _left(business: Any, end: date) -> Decimal:
    """What stood on its accounts when the last day was over."""
    return _entries(business).filter(txn__at__lt=midnight(end)).aggregate(sum=Sum("amount"))["sum"] or ZERO


def _entries(business: Any) -> QuerySet[Entry]:
    return Entry.objects.filter(account__business=business)


def _plain(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items()}


def _month(month: date) -> tuple[date, date]:
    first = month.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)

"""Reads of documents: what a page of the list shows, and the sums above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from .models import Document, DocumentKind

PAGE_SIZE = 25
SALES = [DocumentKind.INVOICE, DocumentKind.RECEIPT]
CREDIT, COMMISSION = DocumentKind.CREDIT_NOTE, DocumentKind.COMMISSION_INVOICE
ZERO = Decimal(0)


def documents_between(
    rows: QuerySet[Document], first: date, last: date, kind: str = ""
) -> QuerySet[Document]:
    """Of these, those issued from `first` to `last`, both days counted, the newest first."""
    found = rows.filter(issued_on__gte=first, issued_on__lte=last)
    return (found.filter(kind=kind) if kind else found).order_by("-issued_on", "-pk")


@dataclass(frozen=True)
class Figures:
    sales: Decimal
    sales_count: int
    credit: Decimal
    credit_count: int
    commission: Decimal
    commission_count: int
    vat: Decimal
    count: int


def figures(rows: QuerySet[Document], *, issuer: Any = None) -> Figures:
    """Sums of a list. For a business, what we credit to it lowers our commission and not its sales."""
    ours = Q(kind=CREDIT, issuer=None) if issuer else Q(pk=None)
    credit = Q(kind=CREDIT) & ~ours
    found = rows.order_by().aggregate(
        sales=Sum("gross", filter=Q(kind__in=SALES)),
        sales_count=Count("pk", filter=Q(kind__in=SALES)),
        vat=Sum("vat", filter=Q(kind__in=SALES)),
        credit=Sum("gross", filter=credit),
        credit_count=Count("pk", filter=credit),
        taken=Sum("gross", filter=Q(kind=COMMISSION)),
        given=Sum("gross", filter=ours),
        commission_count=Count("pk", filter=Q(kind=COMMISSION) | ours),
        count=Count("pk"),
    )
    taken, given = found.pop("taken") or ZERO, found.pop("given") or ZERO
    sums = {name: found[name] or ZERO for name in ("sales", "vat", "credit")}
    return Figures(**(found | sums), commission=taken - given)


@dataclass(frozen=True)
class Page:
    rows: Sequence[Document]
    newer: str  # the cursors of the neighbouring pages, empty at the ends
    older: str


def page(rows: QuerySet[Document], *, after: str = "", before: str = "", size: int = PAGE_SIZE) -> Page:
    """A page by cursor, so the thousandth costs what the first costs. A cursor is `day.number of the row`."""
    rows = rows.select_related("issuer").defer("facts")
    if at := _cursor(before):
        found = list(rows.filter(_newer(*at)).order_by("issued_on", "pk")[: size + 1])
        shown = found[:size][::-1]
        return (
            Page(shown, _mark(shown[0]) if len(found) > size else "", _mark(shown[-1]))
            if shown
            else page(rows)
        )
    at = _cursor(after)
    found = list((rows.filter(_older(*at)) if at else rows)[: size + 1])
    shown = found[:size]
    newer = _mark(shown[0]) if at and shown else ""
    return Page(shown, newer, _mark(shown[-1]) if len(found) > size else "")


def _older(day: date, pk: int) -> Q:
    return Q(issued_on__lte=day) & (Q(issued_on__lt=day) | Q(pk__lt=pk))


def _newer(day: date, pk: int) -> Q:
    return Q(issued_on__gte=day) & (Q(issued_on__gt=day) | Q(pk__gt=pk))


def _mark(row: Document) -> str:
    return f"{row.issued_on:%Y%m%d}.{row.pk}"


def _cursor(text: str) -> tuple[date, int] | None:
    day, _dot, pk = text.partition(".")
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:8])), int(pk)
    except ValueError:
        return None

"""How rows of payouts are locked: the business, then its payout, then its account of the books."""

from __future__ import annotations

from django.db.models import QuerySet

from finance import ledger
from finance.models import Account, AccountKind
from teams.models import Business

from .models import BankStatementLine, Difference, Payout


def business(pk: int) -> Business:
    return Business.objects.select_for_update().get(pk=pk)


def payout(pk: int) -> Payout:
    rows = Payout.objects.select_for_update(of=("self",)).select_related("business", "requested_by")
    return rows.get(pk=pk)


def payouts(pks: list[int]) -> QuerySet[Payout]:
    return Payout.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")


def payable(business: Business) -> Account:
    """What it may be paid, with its balance of this moment."""
    row = ledger.account(AccountKind.SELLER_PAYABLE, business=business)
    return Account.objects.select_for_update().get(pk=row.pk)


def line(pk: int) -> BankStatementLine:
    return BankStatementLine.objects.select_for_update(of=("self",)).get(pk=pk)


def difference(pk: int) -> Difference:
    rows = Difference.objects.select_for_update(of=("self",)).select_related("report")
    return rows.get(pk=pk)

"""Value added tax (KDV) of goods.

One simple rule for now: the rate follows the product's tax class, by the lists of decree 2007/13033
with the rates in force since 10 July 2023. Rates of other times, and rows with validity instead of
this table, belong to the books, which are not opened yet; no order is placed before that.
"""

from __future__ import annotations

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core import money


class TaxClass(TextChoices):
    STANDARD = "standard", _("Standard rate")
    LIST_II = "list_2", _("Reduced rate, list II")
    LIST_I = "list_1", _("Reduced rate, list I")


PERCENT = {TaxClass.STANDARD: 20, TaxClass.LIST_II: 10, TaxClass.LIST_I: 1}


def percent(tax_class: str) -> int:
    return PERCENT[TaxClass(tax_class)]


def included_in(price: Decimal, tax_class: str) -> Decimal:
    """The KDV inside a price that includes it: 20 of 120 at 20 %."""
    rate = percent(tax_class)
    return money.lira(price * rate / (100 + rate))

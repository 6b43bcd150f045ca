"""Value added tax (KDV) of goods: the rate follows the product's tax class and the day.

The figures are dated rows of the books (`finance.TaxRate`). They are read once for a request or task and
forgotten at the end of it, or when one is changed here, so nobody asks twice and nobody keeps an old one.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from asgiref.local import Local
from celery.signals import task_prerun
from django.core.signals import request_finished, request_started
from django.db.models import TextChoices
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import money
from core.errors import Refused
from finance.models import Tax, TaxRate


class TaxClass(TextChoices):
    STANDARD = "standard", _("Standard rate")
    LIST_II = "list_2", _("Reduced rate, list II")
    LIST_I = "list_1", _("Reduced rate, list I")


TAXES = {
    TaxClass.STANDARD: Tax.VAT_STANDARD,
    TaxClass.LIST_II: Tax.VAT_LIST_II,
    TaxClass.LIST_I: Tax.VAT_LIST_I,
}


class NoRate(Refused):
    """The law's figure for that day is not known here: nothing is sold by a guess."""

    code = "no_tax_rate"
    message = _("The tax rate of this product is not known. We are looking into it.")


def percent(tax_class: str, day: date | None = None) -> Decimal:
    """`20` on most days since July 2023. Raises NoRate."""
    tax, on = TAXES[TaxClass(tax_class)], day or timezone.localdate()
    for known, since, until, rate in _rows():
        if known == tax and since <= on and (until is None or on < until):
            return rate.quantize(Decimal(1)) if rate % 1 == 0 else rate.normalize()
    raise NoRate(f"{tax} on {on}")


def included_in(price: Decimal, tax_class: str, day: date | None = None) -> Decimal:
    """The KDV inside a price that includes it: 20 of 120 at 20 %."""
    rate = percent(tax_class, day)
    return money.lira(price * rate / (100 + rate))


_kept = Local()


def _rows() -> list[tuple[str, date, date | None, Decimal]]:
    rows = getattr(_kept, "rows", None)
    if rows is None:
        rates = TaxRate.objects.filter(tax__in=TAXES.values())
        rows = _kept.rows = list(rates.values_list("tax", "valid_from", "valid_until", "percent"))
    return rows


def forget(**_: Any) -> None:
    """Ask the database again: other figures may hold."""
    _kept.rows = None


for _signal in (request_started, request_finished, task_prerun):
    _signal.connect(forget, dispatch_uid="commerce.tax")


@receiver([post_save, post_delete], sender=TaxRate)
def purge(**_: Any) -> None:
    """Answers that show prices with their tax are made anew."""
    from commerce.catalogue import shown

    forget()
    shown.purge()

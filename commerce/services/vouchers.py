"""A voucher goes into a basket, or out of it. Its use counts when the order is placed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.signals import voucher_addition, voucher_removal
from oscar.core.loading import get_model

from core.errors import Refused

from .. import quotes

Voucher = get_model("voucher", "Voucher")


class VoucherRefused(Refused):
    code = "voucher_refused"
    message = _("We know no voucher with this code.")

    def __init__(self, message: Any = None) -> None:
        super().__init__()
        self.message = message or self.message


@transaction.atomic
def add_voucher(*, basket: Any, code: str, user: Any = None, now: datetime) -> Any:
    """Raises VoucherRefused in words for people; then the basket is as before."""
    voucher = Voucher.objects.filter(code=code.strip().upper()).first() if basket.pk else None
    if voucher is None:
        raise VoucherRefused
    if basket.vouchers.filter(pk=voucher.pk).exists():
        raise VoucherRefused(_("This voucher is in your basket already."))
    basket.vouchers.add(voucher)
    basket._prefetched_objects_cache = {}
    used = next(one for one in quotes.make(basket, user=user, now=now).vouchers if one.voucher == voucher)
    if used.problem:
        raise VoucherRefused(used.problem)
    voucher_addition.send(sender=None, basket=basket, voucher=voucher)
    return voucher


@transaction.atomic
def remove_voucher(*, basket: Any, voucher: Any) -> None:
    basket.vouchers.remove(voucher)
    voucher_removal.send(sender=None, basket=basket, voucher=voucher)

"""Approved payouts, and money that goes back to its sender, in one file for our bank."""

from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import journal

from .. import pain
from .. import payout_events as events
from .. import payout_locks as locks
from ..models import BankFile, BankStatementLine, LineState, Payout
from ..models.payments import new_reference
from ..models.payouts import BY_BANK
from ..payout_errors import NothingToPayOut
from ..states import PAYOUTS, PayoutStatus


def waiting_payouts() -> Any:
    return Payout.objects.filter(status=PayoutStatus.APPROVED, provider=BY_BANK)


def waiting_returns() -> Any:
    return BankStatementLine.objects.filter(state=LineState.RETURNING, return_file=None)


@transaction.atomic
def make_file(*, by: Any, now: datetime) -> BankFile:
    """All that waits, once: what is in a file counts as sent. Raises NothingToPayOut."""
    payouts = list(locks.payouts(list(waiting_payouts().values_list("pk", flat=True))))
    payouts = [row for row in payouts if row.status == PayoutStatus.APPROVED]
    lines = list(waiting_returns().select_for_update(of=("self",)).order_by("pk"))
    orders = [_of_payout(row) for row in payouts] + [_of_line(row) for row in lines]
    if not orders:
        raise NothingToPayOut
    file = _written(orders, by, now)
    for row in payouts:
        facts = {"file": file, "sent_at": now}
        PAYOUTS.move(row, PayoutStatus.SENT, event=events.SENT, actor=by, data=_told(row), **facts)
    BankStatementLine.objects.filter(pk__in=[row.pk for row in lines]).update(return_file=file)
    told = {"count": file.count, "total": str(file.total)}
    journal.write(events.FILE_MADE, actor=by, subject=file, data=told)
    return file


def _written(orders: list[pain.Order], by: Any, now: datetime) -> BankFile:
    reference = new_reference()
    giver = pain.From(settings.TRANSFER_RECEIVER, settings.TRANSFER_IBAN)
    local = timezone.localtime(now)
    body = pain.write(reference=reference, giver=giver, orders=orders, made_at=local, on=local.date())
    return BankFile.objects.create(
        reference=reference,
        body=body,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        count=len(orders),
        total=sum((order.amount for order in orders), Decimal(0)),
        made_by=by,
        made_at=now,
    )


def _of_payout(row: Payout) -> pain.Order:
    text = _("Diji.vet payout %(reference)s") % {"reference": row.reference}
    return pain.Order(row.reference, row.amount, row.currency, row.iban, row.holder, text)


def _of_line(row: BankStatementLine) -> pain.Order:
    text = _("Sent back, %(reference)s") % {"reference": row.return_reference}
    return pain.Order(row.return_reference, row.amount, row.currency, row.payer_iban, row.payer, text)


def _told(row: Payout) -> dict[str, Any]:
    return {"business": row.business_id, "amount": str(row.amount)}

"""A basket of things becomes a payment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import translation

from core import journal, money

from .. import events, locks, rules
from ..contracts import Payable
from ..errors import KeyTaken, NothingToPay
from ..models import Payment, PaymentItem


def start_payment(
    *,
    key: str,
    payables: Sequence[Payable],
    payer: Any,
    now: datetime,
    email: str = "",
    name: str = "",
    locale: str = "tr",
) -> Payment:
    """What has to be paid, frozen. With the same key and the same wish it is the same payment.

    Raises NotPayable (in the words of what is paid), NothingToPay; KeyTaken for another wish or person.
    """
    for _try in range(2):
        known = Payment.objects.filter(key=key).first()
        if known:
            return _same(known, payables, payer, email)
        try:
            return _start(key, payables, payer, now, locale, {"email": email, "name": name})
        except IntegrityError:  # somebody was quicker with this key
            continue
    raise KeyTaken


@transaction.atomic
def _start(
    key: str, payables: Sequence[Payable], payer: Any, now: datetime, locale: str, guest: dict[str, str]
) -> Payment:
    if not payables:
        raise NothingToPay
    ordered = sorted(payables, key=_place)
    locks.things(ordered)
    locks.check_payable(ordered, now=now)
    with translation.override(locale):
        items = [_item(one) for one in ordered]
    payment = Payment.objects.create(
        key=key,
        payer=payer,
        locale=locale,
        amount=sum(item.amount for item in items),
        created_at=now,
        expires_at=_until(ordered, now),
        **({} if payer else guest),
    )
    for item in items:
        item.payment = payment
    PaymentItem.objects.bulk_create(items)
    journal.write(events.STARTED, actor=payer, subject=payment)
    return payment


def _item(of: Payable) -> PaymentItem:
    amount = money.lira(of.amount_due())
    if amount <= 0:
        raise NothingToPay
    lines = of.sold()
    if sum(line.amount for line in lines) != amount:
        raise ValueError(f"the lines of {of} do not sum to its price")
    return PaymentItem(
        payable=of,
        payee=of.payee,
        module=of.module,
        category=of.category,
        text=of.describe()[:200],
        sold=[{name: str(value) for name, value in vars(line).items()} for line in lines],
        amount=amount,
    )


def _same(known: Payment, payables: Sequence[Payable], payer: Any, email: str) -> Payment:
    """Somebody else's key says no more than a wrong one."""
    was = sorted(known.items.values_list("payable_type_id", "payable_id", "amount"))
    wished = sorted((*_place(one), money.lira(one.amount_due())) for one in payables)
    hers = known.payer_id == getattr(payer, "pk", None) and (payer is not None or known.email == email)
    if was != wished or not hers:
        raise KeyTaken
    return known


def _place(of: Payable) -> tuple[int, int]:
    return ContentType.objects.get_for_model(type(of)).pk, of.pk  # type: ignore[arg-type]


def _until(payables: Sequence[Payable], now: datetime) -> datetime:
    held = [until for one in payables if (until := one.held_until())]
    return min([now + rules.OPEN_FOR, *held])

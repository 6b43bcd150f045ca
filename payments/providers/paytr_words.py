"""The words of PayTR: how requests and callbacks are signed, and how they are written and read."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from . import wire
from .base import Method, Outcome, PaymentOrder, ReportLine, State

CARD = (
    *("user_ip", "merchant_oid", "email", "payment_amount", "user_basket"),
    *("no_installment", "max_installment", "currency", "test_mode"),
)
EFT = ("user_ip", "merchant_oid", "email", "payment_amount", "payment_type", "test_mode")
CURRENCIES = {"TL": "TRY", "TRY": "TRY"}
REASONS = {
    **dict.fromkeys(("1", "2", "10"), "3d"),
    **dict.fromkeys(("6",), "expired"),
    **dict.fromkeys(("3", "11"), "fraud"),
    **dict.fromkeys(("8",), "card"),
    **dict.fromkeys(("9", "99"), "config"),
}
REFUND_REASONS = {"006": "too_much", "009": "too_much", "010": "balance", "011": "too_late", "004": "config"}
BUSY = {"000"}  # locked while it is worked on
NOT_FOUND = "004"  # of the status query: no success, for whatever reason
STATES = {"success": State.SETTLED, "failed": State.REFUSED, "info": State.PENDING}
LIFE = 30  # minutes
KINDS = {"S": "payment", "I": "refund"}


def kurus(amount: Decimal) -> str:
    return str(int(amount * 100))


def money(amount: Decimal) -> str:
    return f"{amount:.2f}"


def from_kurus(value: str | None) -> Decimal | None:
    return Decimal(value).scaleb(-2) if value and value.isdecimal() and len(value) < 12 else None


def count(value: Any) -> int:
    """Instalments; one payment is 0, 1 or nothing in their words."""
    text = str(value or "")
    return max(int(text), 1) if text.isdecimal() and len(text) < 3 else 1


def token(key: str, salt: str, *values: str) -> str:
    return base64.b64encode(wire.mac(key, "".join(values) + salt).digest()).decode()


def callback_hash(key: str, salt: str, form: dict[str, str]) -> str:
    """The salt stands in the middle here; notices of transfers sign the bank instead of the result."""
    if form.get("status") == "info":
        message = form.get("merchant_oid", "") + form.get("bank", "") + salt
    else:
        message = form.get("merchant_oid", "") + salt + form.get("status", "") + form.get("total_amount", "")
    return base64.b64encode(wire.mac(key, message).digest()).decode()


def form(order: PaymentOrder) -> dict[str, str]:
    """Their limits of length are cut, not refused: a long street must not stop a payment."""
    buyer, basket = order.buyer, [[line.text, money(line.amount), 1] for line in order.lines]
    common = {
        "user_ip": buyer.ip,
        "merchant_oid": order.reference,
        "email": buyer.email[:100],
        "payment_amount": kurus(order.amount),
        "test_mode": str(int(settings.PAYTR_TEST_MODE)),
        "user_name": f"{buyer.name} {buyer.surname}".strip()[:60],
        "timeout_limit": str(LIFE),
        "debug_on": "0",
    }
    if order.method == Method.TRANSFER:
        return {**common, "payment_type": "eft", "user_name": common["user_name"][:30]}
    return {
        **common,
        "user_basket": base64.b64encode(json.dumps(basket).encode()).decode(),
        "no_installment": str(int(max(order.installments) <= 1)),
        "max_installment": str(max(order.installments) if max(order.installments) > 1 else 0),
        "currency": "TL" if order.currency == "TRY" else order.currency,
        "user_address": (buyer.address or buyer.city)[:400],
        "user_phone": (buyer.phone or wire.NO_PHONE)[:20],
        "merchant_ok_url": order.return_url,
        "merchant_fail_url": order.return_url,
        "lang": order.language,
        "iframe_v2": "1",
    }


def heard(form: dict[str, str]) -> Outcome:
    code = form.get("failed_reason_code", "")
    state = STATES[form["status"]]
    is_paid = state == State.SETTLED
    return Outcome(
        state,
        reference=form["merchant_oid"],
        amount=from_kurus(form.get("payment_amount")),
        currency=CURRENCIES.get(form.get("currency", ""), form.get("currency", "")),
        paid=from_kurus(form.get("total_amount")) if is_paid else None,
        installments=count(form.get("installment_count")),
        code=code,
        reason=REASONS.get(code, "declined") if state == State.REFUSED else "",
        is_test=form.get("test_mode") == "1",
        is_signed=True,
    )


def line(row: dict[str, Any]) -> ReportLine:
    """Their report knows the day, not the hour."""
    on = datetime.strptime(str(row["islem_tarihi"])[:10], "%d.%m.%Y")  # noqa: DTZ007
    kind = KINDS[str(row["islem_tipi"])]
    return ReportLine(
        kind,
        str(row.get("siparis_no") or "") if kind == "payment" else "",
        str(row.get("siparis_no") or ""),
        wire.decimal(row["islem_tutari"]) or Decimal(0),
        CURRENCIES.get(str(row["para_birimi"]), str(row["para_birimi"])),
        timezone.make_aware(on),
        wire.decimal(row.get("kesinti_tutari")) or Decimal(0),
    )

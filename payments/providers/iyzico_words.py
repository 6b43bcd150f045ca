"""The words of iyzico: how requests, replies and callbacks are signed, and how they are written and read."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from . import wire
from .base import Buyer, LookUpOrder, Outcome, PaymentOrder, PayoutOrder, Refused, ReportLine, Silent, State

NOBODY = "11111111111"  # their own placeholder where no identity number is known
SIGNED_START = ("conversationId", "token")
SIGNED_PAYMENT = (
    "paymentStatus",
    "paymentId",
    "currency",
    "basketId",
    "conversationId",
    "paidPrice",
    "price",
    "token",
)
SIGNED_REFUND = ("paymentId", "price", "currency", "conversationId")
HOSTED = ("iyziEventType", "iyziPaymentId", "token", "paymentConversationId", "status")
DIRECT = ("iyziEventType", "paymentId", "paymentConversationId", "status")
FIGURES = ("price", "paidPrice")
BUSY = {"1", "10219", "50000"}  # system error, time-out behind them, too many requests: nobody knows
CONFIG = {"11", "1000", "1001", "1007", "5062"}
REASONS = {
    "10051": "not_enough",
    "10034": "fraud",
    "10217": "3d",
    "10223": "too_late",
    "5008": "limit",
    "5093": "too_much",
    **dict.fromkeys(CONFIG, "config"),
    **dict.fromkeys(("10041", "10043", "10054", "10057", "10058", "10084"), "card"),
}
AT_THE_PAGE = ("INIT_THREEDS", "CALLBACK_THREEDS", "BKM_POS_SELECTED")
STATES = {
    "SUCCESS": State.SETTLED,
    "FAILURE": State.REFUSED,
    **dict.fromkeys(("INIT_BANK_TRANSFER", "INIT_CREDIT", "PENDING_CREDIT"), State.PENDING),
}
KINDS = {"PAYMENT": "payment", "REFUND": "refund", "CANCEL": "void"}
PAYOUTS = {
    **dict.fromkeys(("SUCCESS", "DEPOSIT_SUCCESS"), State.SETTLED),
    **dict.fromkeys(("PROCESSING", "QUEUED"), State.PENDING),
    **dict.fromkeys(("FAILED", "INVALID", "MASS_PAYOUT_CANCELED", "DEPOSIT_FAIL"), State.REFUSED),
}


# --- Signatures ---


def plain(value: Any) -> str:
    """A figure as their signatures count it: no zeros at the end, 10.50 → 10.5."""
    return f"{Decimal(str(value)).normalize():f}"


def authorization(*, key: str, secret: str, nonce: str, path: str, body: bytes) -> str:
    signature = wire.mac(secret, nonce.encode() + path.encode() + body).hexdigest()
    text = f"apiKey:{key}&randomKey:{nonce}&signature:{signature}"
    return "IYZWSv2 " + base64.b64encode(text.encode()).decode()


def reply_signature(secret: str, reply: dict[str, Any], fields: tuple[str, ...]) -> str:
    given = ((name, reply.get(name)) for name in fields)
    texts = (
        "" if value is None else plain(value) if name in FIGURES else str(value) for name, value in given
    )
    return wire.mac(secret, ":".join(texts)).hexdigest()


def callback_signature(secret: str, body: dict[str, Any]) -> str:
    fields = HOSTED if "token" in body else DIRECT
    return wire.mac(secret, secret + "".join(str(body.get(name) or "") for name in fields)).hexdigest()


# --- Writing ---


def money(amount: Decimal) -> str:
    return f"{amount:.2f}"


def form(order: PaymentOrder) -> dict[str, Any]:
    return {
        "locale": order.language,
        "conversationId": order.reference,
        "price": money(order.amount),
        "paidPrice": money(order.amount),
        "currency": order.currency,
        "basketId": order.reference,
        "paymentGroup": "PRODUCT",
        "callbackUrl": order.return_url,
        "enabledInstallments": order.installments,
        "buyer": _buyer(order.buyer),
        "shippingAddress": _address(order.buyer),
        "billingAddress": _address(order.buyer),
        "basketItems": [
            {
                "id": line.id,
                "name": line.text,
                "category1": line.category,
                "itemType": "PHYSICAL" if line.is_physical else "VIRTUAL",
                "price": money(line.amount),
            }
            for line in order.lines
        ],
    }


def _buyer(buyer: Buyer) -> dict[str, str]:
    return {
        "id": buyer.id,
        "name": buyer.name,
        "surname": buyer.surname,
        "identityNumber": buyer.identity_number or NOBODY,
        "email": buyer.email,
        "gsmNumber": buyer.phone or wire.NO_PHONE,
        "registrationAddress": buyer.address,
        "city": buyer.city,
        "country": buyer.country,
        "ip": buyer.ip,
    }


def _address(buyer: Buyer) -> dict[str, str]:
    contact = f"{buyer.name} {buyer.surname}".strip()
    return {"contactName": contact, "address": buyer.address, "city": buyer.city, "country": buyer.country}


def transfer(order: PayoutOrder) -> dict[str, Any]:
    return {
        "externalId": order.reference,
        "conversationId": order.reference,
        "purpose": "SETTLEMENT",
        "items": [
            {
                "itemExternalId": order.reference,
                "recipientType": "IBAN",
                "recipientInfo": order.iban,
                "recipientName": order.holder,
                "amount": {"value": money(order.amount), "currency": "TRY"},
                "description": order.text,
            }
        ],
    }


# --- Reading ---


def accepted(reply: dict[str, Any]) -> dict[str, Any]:
    """Raises Refused; their text is for our staff."""
    if reply.get("status") != "success":
        code = str(reply.get("errorCode", ""))
        raise Refused(code, REASONS.get(code, "declined"), str(reply.get("errorMessage", ""))[:200])
    return reply


def signed(secret: str, reply: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """Raises Silent: what is not theirs is no answer."""
    if fields and not wire.is_same(reply_signature(secret, reply, fields), str(reply.get("signature", ""))):
        raise Silent("signature")
    return reply


def payment(order: LookUpOrder, reply: dict[str, Any], reference: str) -> Outcome:
    code = str(reply.get("errorCode") or "")
    state = STATES.get(str(reply["paymentStatus"]), State.UNKNOWN)
    if state == State.SETTLED and (verdict := str(reply.get("fraudStatus", 1))) != "1":
        state, code = (State.REVIEW, "") if verdict == "0" else (State.REFUSED, "10034")
    fees = (wire.decimal(reply.get(name)) for name in ("iyziCommissionRateAmount", "iyziCommissionFee"))
    return Outcome(
        state,
        reference=reference,
        amount=wire.decimal(reply.get("price")),
        currency=str(reply.get("currency") or ""),
        paid=wire.decimal(reply.get("paidPrice")),
        fee=sum((fee for fee in fees if fee), Decimal(0)),
        installments=int(reply.get("installment") or 1),
        code=code,
        reason=_why(code, reply) if state == State.REFUSED else "",
        remote={**order.remote, "paymentId": str(reply.get("paymentId") or "")},
        is_signed=True,
    )


def _why(code: str, reply: dict[str, Any]) -> str:
    return "3d" if str(reply.get("mdStatus", 1)) not in ("1", "None") else REASONS.get(code, "declined")


def given_back(payments: list[dict[str, Any]], reference: str) -> list[dict[str, Any]]:
    """Refunds and voids that were asked for under this reference; theirs are spread over items."""
    rows = [row for payment in payments for row in payment.get("cancels") or []]
    items = [item for payment in payments for item in payment.get("itemTransactions") or []]
    rows += [row for item in items for row in item.get("refunds") or []]
    return [
        row for row in rows if reference in (row.get("refundConversationId"), row.get("cancelConversationId"))
    ]


def payout(order: PayoutOrder, item: dict[str, Any]) -> Outcome:
    """Told but not confirmed (INIT) is UNKNOWN: our confirmation may still be on its way."""
    return Outcome(
        PAYOUTS.get(str(item.get("itemStatus")), State.UNKNOWN),
        order.reference,
        wire.decimal(item.get("totalAmount")),
        str(item.get("currencyCode") or ""),
        fee=wire.decimal(item.get("commissionAmount")),
        code=str(item.get("itemStatus")),
        remote={"referenceCode": str(item.get("referenceCode") or "")},
        is_signed=True,
    )


def report(rows: list[dict[str, Any]]) -> Iterator[ReportLine]:
    """Theirs has a row for each item of a basket; ours one for each movement."""
    movements: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        named = (str(row.get(name) or "") for name in ("transactionType", "paymentId", "conversationId"))
        movements[tuple(named)].append(row)
    for (kind, payment_id, reference), parts in movements.items():
        amounts = (wire.decimal(part.get("paidPrice" if kind == "PAYMENT" else "price")) for part in parts)
        fees = (wire.decimal(part.get(name)) for part in parts for name in ("iyzicoCommission", "iyzicoFee"))
        at = datetime.fromisoformat(str(parts[0]["transactionDate"]))
        yield ReportLine(
            KINDS[kind],
            reference,
            payment_id,
            sum((amount for amount in amounts if amount), Decimal(0)),
            str(parts[0]["transactionCurrency"]),
            timezone.make_aware(at),
            sum((fee for fee in fees if fee), Decimal(0)),
        )

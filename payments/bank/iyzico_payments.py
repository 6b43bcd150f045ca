"""The bank as iyzico: pages that open, what became of them, what is given back, the report of a day."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from .bank import Bank
from .book import Payment, Refund, number
from .iyzico_words import CODE, STATES, Ask, Failure, figure, require, seal, short

LIFE = 1800
PAYMENT = (
    "paymentStatus",
    "paymentId",
    "currency",
    "basketId",
    "conversationId",
    "paidPrice",
    "price",
    "token",
)
DETAIL = ("paymentId", "currency", "basketId", "conversationId", "paidPrice", "price")
RETURNED = ("paymentId", "price", "currency", "conversationId")
NEEDED = (
    "conversationId",
    "price",
    "paidPrice",
    "currency",
    "callbackUrl",
    "buyer",
    "billingAddress",
    "basketItems",
)
BUYER = (
    "id",
    "name",
    "surname",
    "identityNumber",
    "email",
    "gsmNumber",
    "registrationAddress",
    "city",
    "country",
)
CODES = {"not_enough": "10051", "three_d": "10005", "declined": "10005", "fraud": "10034", "expired": "10005",
         "too_little": "10005"}  # fmt: skip


def start(ask: Ask) -> dict[str, Any]:
    require(ask.body, NEEDED, "11")
    require(ask.body["buyer"], BUYER, "8")
    price = figure(ask.body["price"])
    if sum(figure(item["price"]) for item in ask.body["basketItems"]) != price:
        raise Failure("5062", "Sepet toplamı fiyata eşit değil")
    if price >= 100_000:
        raise Failure("5008", "Hesap limiti")
    now = ask.bank.book.now()
    named = (ask.merchant, ask.body["conversationId"], str(uuid.uuid4()), price, ask.body["currency"])
    row = Payment(number(8), now, CODE, *named, until=now + LIFE, form=_kept(ask.body))
    ask.bank.book.save(row)
    page = f"{ask.bank.url}/sayfa?token={row.token}&lang=tr"
    said = {
        "token": row.token,
        "paymentPageUrl": page,
        "tokenExpireTime": LIFE,
        "checkoutFormContent": "",
    }
    return {**said, "signature": seal(ask.secret, [row.reference, row.token])}


def retrieve(ask: Ask) -> dict[str, Any]:
    row = ask.bank.book.find(CODE, merchant=ask.merchant, token=ask.body.get("token"))
    if row is None or (row.state == "expired" and row.kind == "card"):
        raise Failure("5124", "Token bulunamadı")
    said = {**_told(row), "token": row.token, "conversationId": ask.body.get("conversationId")}
    return {**said, "signature": _sealed(ask.secret, said, PAYMENT)}


def detail(ask: Ask) -> dict[str, Any]:
    wanted = (
        {"id": ask.body["paymentId"]}
        if ask.body.get("paymentId")
        else {"reference": ask.body.get("paymentConversationId")}
    )
    row = ask.bank.book.find(CODE, merchant=ask.merchant, **wanted)
    if row is None or row.state == "open":
        raise Failure("5115", "Ödeme bulunamadı")
    said = {**_told(row), "conversationId": ask.body.get("conversationId")}
    return {**said, "signature": _sealed(ask.secret, said, DETAIL)}


def _told(row: Payment) -> dict[str, Any]:
    is_taken = row.paid > 0
    said: dict[str, Any] = {
        "paymentStatus": STATES.get(row.state, "FAILURE"),
        "basketId": row.form.get("basketId"),
        "currency": row.currency,
        "price": float(row.asked),
        "paidPrice": float(row.paid if is_taken else row.asked),
        "paymentId": row.id,
        "installment": row.installments,
        "fraudStatus": 0 if row.state == "review" else 1,
        "iyziCommissionRateAmount": float(row.fee),
        "iyziCommissionFee": 0.25 if is_taken else 0,
        "binNumber": "55287900",
        "lastFourDigits": "0008",
    }
    if said["paymentStatus"] == "FAILURE":
        code = CODES.get(row.reason, "10005")
        said |= {
            "errorCode": code,
            "errorMessage": row.reason,
            "mdStatus": 0 if row.reason == "three_d" else 1,
        }
        said |= {"fraudStatus": -1} if row.reason == "fraud" else {}
    return said


def _sealed(secret: str, said: dict[str, Any], names: tuple[str, ...]) -> str:
    values = [short(said[name]) if name in ("price", "paidPrice") else said.get(name) for name in names]
    return seal(secret, values)


def details(ask: Ask) -> dict[str, Any]:
    wanted = {"reference": ask.query.get("paymentConversationId")}
    if ask.query.get("paymentId"):
        wanted = {"id": ask.query["paymentId"]}
    rows = [
        row
        for row in ask.bank.book.payments(CODE, merchant=ask.merchant, **wanted)
        if row.state not in ("open", "expired")
    ]
    return {"payments": [_reported(ask.bank, row) for row in rows]}


def _reported(bank: Bank, row: Payment) -> dict[str, Any]:
    refunds = bank.book.refunds(row)
    is_taken = row.paid > 0
    return {
        **_told(row),
        "paymentStatus": 1 if is_taken and row.state != "failed" else 2,
        "paymentConversationId": row.reference,
        "cancels": [
            {
                "refundId": refund.id, "cancelConversationId": refund.reference, "refundStatus": 1,
                "refundPrice": float(refund.amount), "currencyCode": row.currency,
            }
            for refund in refunds
            if refund.kind == "void"
        ],
        "itemTransactions": [
            {"paymentTransactionId": f"{row.id}{index}", "refunds": _spread(refunds, row, index)}
            for index in range(len(row.form["items"]))
        ],
    }  # fmt: skip


def refund(ask: Ask) -> dict[str, Any]:
    row = _paid(ask)
    amount = figure(ask.body.get("price"))
    if ask.bank.next_of("refunds", CODE) or ask.body.get("currency") != row.currency:
        raise Failure("5115", "İade yapılamadı")
    if ask.bank.book.give_back(row, amount=amount, reference=ask.body["conversationId"]) is None:
        raise Failure("5093", "İade tutarı kalan tutardan büyük")
    said = {
        "paymentId": row.id,
        "price": float(amount),
        "currency": row.currency,
        "conversationId": ask.body["conversationId"],
    }
    return {**said, "signature": _sealed(ask.secret, said, RETURNED)}


def cancel(ask: Ask) -> dict[str, Any]:
    row = _paid(ask)
    if ask.bank.book.day(row.paid_at) != ask.bank.book.day(ask.bank.book.now()):
        raise Failure("10223", "Gün sonu alındı")
    whole = {"amount": row.paid, "reference": ask.body["conversationId"], "kind": "void"}
    if ask.bank.book.give_back(row, **whole) is None:
        raise Failure("5093", "İptal edilemez")
    return {"paymentId": row.id, "price": float(row.paid), "currency": row.currency}


def _paid(ask: Ask) -> Payment:
    row = ask.bank.book.find(CODE, merchant=ask.merchant, id=str(ask.body.get("paymentId")))
    if row is None:
        raise Failure("5002", "Ödeme bulunamadı")
    return row


def day(ask: Ask) -> dict[str, Any]:
    rows = [
        line
        for row in ask.bank.book.payments(CODE, merchant=ask.merchant)
        for line in _movements(ask.bank, row)
    ]
    day = ask.query.get("transactionDate", "")
    rows = sorted(
        (row for row in rows if row["transactionDate"].startswith(day)),
        key=lambda row: row["transactionDate"],
    )
    page, size = int(ask.query.get("page", 1)), 20
    found = rows[(page - 1) * size : page * size]
    return {"transactions": found, "currentPage": page, "totalPageCount": max(1, -(-len(rows) // size))}


def _movements(bank: Bank, row: Payment) -> list[dict[str, Any]]:
    if row.paid <= 0:
        return []
    lines = [("PAYMENT", row.paid_at, row.reference, row.paid)]
    kinds = {"void": "CANCEL", "refund": "REFUND"}
    lines += [(kinds[each.kind], each.at, each.reference, each.amount) for each in bank.book.refunds(row)]
    return [
        {
            "transactionType": kind, "transactionDate": f"{bank.book.local(at):%Y-%m-%d %H:%M:%S}",
            "paymentId": row.id, "conversationId": reference, "basketId": row.form.get("basketId"),
            "price": float(part), "paidPrice": float(part), "transactionCurrency": row.currency,
            "iyzicoCommission": float(row.fee) if kind == "PAYMENT" and not index else 0,
            "iyzicoFee": 0.25 if kind == "PAYMENT" and not index else 0,
        }
        for kind, at, reference, amount in lines
        for index, part in enumerate(_parts(amount, len(row.form["items"])))
    ]  # fmt: skip


def _kept(body: Any) -> dict[str, Any]:
    """Of the form only what is needed later: no person."""
    items = [str(item.get("name", "")) for item in body["basketItems"]]
    return {"callbackUrl": body["callbackUrl"], "basketId": body.get("basketId"), "items": items}


def _parts(amount: Decimal, count: int) -> list[Decimal]:
    """Spread over the items of the basket, as theirs."""
    part = (amount / count).quantize(Decimal("0.01"))
    parts = [part] * (count - 1)
    return [*parts, amount - sum(parts)]


def _spread(refunds: list[Refund], row: Payment, index: int) -> list[dict[str, Any]]:
    count = len(row.form["items"])
    return [
        {
            "refundTxId": f"{refund.id}{index}", "refundConversationId": refund.reference, "refundStatus": 1,
            "refundPrice": float(_parts(refund.amount, count)[index]), "currencyCode": row.currency,
        }
        for refund in refunds
        if refund.kind == "refund"
    ]  # fmt: skip

"""The bank as iyzico: payouts, told and then confirmed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from .book import Payout, number
from .iyzico_words import CODE, Ask, Failure, figure

ITEM = {"told": "INIT", "sent": "PROCESSING", "paid": "SUCCESS", "returned": "FAILED"}
WORKING = 60.0  # seconds of a payout


def init(ask: Ask) -> dict[str, Any]:
    row = _known(ask, ask.body.get("externalId"))
    if row is None:
        item = ask.body["items"][0]
        if item.get("recipientType") != "IBAN" or len(str(item.get("recipientInfo"))) != 26:
            return {
                "requestId": "",
                "invalidItems": [{"externalId": item["itemExternalId"], "errorCode": "2030"}],
            }
        amount = figure(item["amount"]["value"])
        row = Payout(
            number(8), ask.bank.book.now(), CODE, ask.merchant, ask.body["externalId"], amount,
            item["recipientInfo"], item["recipientName"],
        )  # fmt: skip
        ask.bank.book.save(row)
    return {"requestId": row.id, "conversationId": ask.body.get("conversationId"), "invalidItems": []}


def auth(ask: Ask) -> dict[str, Any]:
    row = ask.bank.book.get(Payout, str(ask.body.get("requestId")))
    if row is None or row.merchant != ask.merchant or row.state != "told":
        raise Failure("2001", "İstek bulunamadı")
    is_refused = (
        ask.bank.next_of("payouts", CODE) or Decimal(ask.bank.book.figures(CODE)["total"]) < row.amount
    )
    row.state, row.at = "returned" if is_refused else "sent", ask.bank.book.now()
    ask.bank.book.save(row)
    return {}


def retrieve(ask: Ask) -> dict[str, Any]:
    row = _known(ask, ask.body.get("externalMassPayoutId"))
    if row is None:
        raise Failure("2001", "İstek bulunamadı")
    if row.state == "sent" and ask.bank.book.now() > row.at + WORKING:
        row.state = "paid"
        ask.bank.book.save(row)
    item = {
        "itemExternalId": row.reference, "referenceCode": row.id, "itemStatus": ITEM[row.state],
        "totalAmount": str(row.amount), "commissionAmount": "0.00", "currencyCode": "TRY",
    }  # fmt: skip
    return {"massPayoutItems": {"items": [item]}, "page": 1, "size": 10, "total": 1}


def balance(ask: Ask) -> dict[str, Any]:
    return {"balance": ask.bank.book.figures(CODE)["total"]}


def _known(ask: Ask, reference: Any) -> Payout | None:
    rows = (
        row
        for row in ask.bank.book.all(Payout)
        if row.merchant == ask.merchant and row.reference == reference
    )
    return next(rows, None)

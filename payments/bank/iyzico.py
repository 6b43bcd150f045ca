"""The bank as iyzico: requests signed over key, path and bytes, replies and callbacks field by field."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from .bank import Bank, Call, Leave, Letter, Protocol, Request, Response
from .book import Payment, Payout, Refund, number

LIFE = 1800
STRANGER = {"sandbox-strangerApiKey": "sandbox-strangerSecretKey"}  # another shop
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
STATES = {
    "open": "INIT_THREEDS",
    "paid": "SUCCESS",
    "voided": "SUCCESS",
    "review": "SUCCESS",
    "transfer": "INIT_BANK_TRANSFER",
}
ITEM = {"told": "INIT", "sent": "PROCESSING", "paid": "SUCCESS", "returned": "FAILED"}
WORKING = 60.0  # seconds of a payout


def hexmac(secret: str, message: bytes) -> str:
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def is_signed(request: Request, secret: str, nonce: str, theirs: str) -> bool:
    ours = hexmac(secret, nonce.encode() + request.path.encode() + request.body)
    return hmac.compare_digest(ours.encode(), theirs.encode())


def short(value: Any) -> str:
    """10.50 → 10.5, 10.00 → 10"""
    text = str(Decimal(str(value)))
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def seal(secret: str, values: list[Any]) -> str:
    return hexmac(secret, ":".join("" if value is None else str(value) for value in values).encode())


class Iyzico(Protocol):
    code = "iyzico"

    def __init__(self, merchants: dict[str, str]) -> None:
        self.merchants = {**merchants, **STRANGER}  # key → secret

    def find(self, bank: Bank, request: Request) -> Call | None:
        action, answer = ROUTES.get((request.method, request.path), ("", None))
        if answer is None:
            return None
        try:
            body = json.loads(request.body or b"{}", parse_float=Decimal)
            amount = Decimal(str(body.get("price") or _payout_amount(body)))
        except (ValueError, AttributeError, InvalidOperation):
            body, amount = {}, None
        return Call(action, lambda: self._answer(bank, request, body, answer), amount if amount else None)

    def _answer(
        self, bank: Bank, request: Request, body: Any, answer: Callable[..., dict[str, Any]]
    ) -> Response:
        merchant, error = self._merchant(request)
        if error:
            return _json(bank, body, failure(error, "imza"), 401)
        try:
            said = answer(self, bank, merchant, body, request.query)
        except Failure as fault:
            said = failure(fault.code, fault.text)
        return _json(bank, body, said)

    def _merchant(self, request: Request) -> tuple[str, str]:
        """Whose request it is, or the number of the error."""
        header = request.headers.get("authorization", "")
        if not header.startswith("IYZWSv2 "):
            return "", "1007" if not header else "1000"
        try:
            text = base64.b64decode(header[8:], validate=True).decode()
            given = dict(part.split(":", 1) for part in text.split("&"))
            key, nonce, theirs = given["apiKey"], given["randomKey"], given["signature"]
        except (ValueError, KeyError):
            return "", "1000"
        if key not in self.merchants:
            return "", "1001"
        return (key, "") if is_signed(request, self.merchants[key], nonce, theirs) else ("", "1000")

    def busy(self) -> Response:
        return Response(json.dumps(failure("50000", "Çok fazla istek")).encode(), 429)

    # --- To the shop ---

    def letter(self, bank: Bank, payment: Payment, *, is_forged: bool = False) -> Letter | None:
        if payment.state == "expired" and payment.kind == "card":
            return None  # nothing happened
        event = "BANK_TRANSFER_AUTH" if payment.kind == "transfer" else "CHECKOUT_FORM_AUTH"
        body = {
            "paymentConversationId": payment.reference,
            "merchantId": 100,
            "token": payment.token,
            "status": "SUCCESS" if is_forged else STATES.get(payment.state, "FAILURE"),
            "iyziReferenceCode": str(uuid.uuid4()),
            "iyziEventType": event,
            "iyziEventTime": int(bank.book.now() * 1000),
            "iyziPaymentId": int(payment.id),
        }
        secret = "sahte" if is_forged else self.merchants[payment.merchant]
        parts = (secret, event, payment.id, payment.token, payment.reference, body["status"])
        headers = {
            "Content-Type": "application/json",
            "X-IYZ-SIGNATURE-V3": hexmac(secret, "".join(map(str, parts)).encode()),
        }
        return Letter(json.dumps(body), headers, tries=3, repeat_after=15 * 60.0)

    def leave(self, bank: Bank, payment: Payment, *, is_forged: bool = False) -> Leave:
        return Leave("POST", payment.form["callbackUrl"], {"token": payment.token})

    # --- What is asked ---

    def start(self, bank: Bank, merchant: str, body: Any, query: Any) -> dict[str, Any]:
        _require(body, NEEDED, "11")
        _require(body["buyer"], BUYER, "8")
        price = _figure(body["price"])
        if sum(_figure(item["price"]) for item in body["basketItems"]) != price:
            raise Failure("5062", "Sepet toplamı fiyata eşit değil")
        if price >= 100_000:
            raise Failure("5008", "Hesap limiti")
        now = bank.book.now()
        named = (merchant, body["conversationId"], str(uuid.uuid4()), price, body["currency"])
        row = Payment(number(8), now, self.code, *named, until=now + LIFE, form=_kept(body))
        bank.book.save(row)
        page = f"{bank.url}/sayfa?token={row.token}&lang=tr"
        said = {
            "token": row.token,
            "paymentPageUrl": page,
            "tokenExpireTime": LIFE,
            "checkoutFormContent": "",
        }
        return {**said, "signature": seal(self.merchants[merchant], [row.reference, row.token])}

    def retrieve(self, bank: Bank, merchant: str, body: Any, query: Any) -> dict[str, Any]:
        row = bank.book.find(self.code, merchant=merchant, token=body.get("token"))
        if row is None or (row.state == "expired" and row.kind == "card"):
            raise Failure("5124", "Token bulunamadı")
        said = {**self._told(row), "token": row.token, "conversationId": body.get("conversationId")}
        return {**said, "signature": self._sealed(merchant, said, PAYMENT)}

    def detail(self, bank: Bank, merchant: str, body: Any, query: Any) -> dict[str, Any]:
        wanted = (
            {"id": body["paymentId"]}
            if body.get("paymentId")
            else {"reference": body.get("paymentConversationId")}
        )
        row = bank.book.find(self.code, merchant=merchant, **wanted)
        if row is None or row.state == "open":
            raise Failure("5115", "Ödeme bulunamadı")
        said = {**self._told(row), "conversationId": body.get("conversationId")}
        return {**said, "signature": self._sealed(merchant, said, DETAIL)}

    def _told(self, row: Payment) -> dict[str, Any]:
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

    def _sealed(self, merchant: str, said: dict[str, Any], names: tuple[str, ...]) -> str:
        values = [short(said[name]) if name in ("price", "paidPrice") else said.get(name) for name in names]
        return seal(self.merchants[merchant], values)

    def details(self, bank: Bank, merchant: str, body: Any, query: dict[str, str]) -> dict[str, Any]:
        wanted = {"reference": query.get("paymentConversationId")}
        if query.get("paymentId"):
            wanted = {"id": query["paymentId"]}
        rows = [
            row
            for row in bank.book.payments(self.code, merchant=merchant, **wanted)
            if row.state not in ("open", "expired")
        ]
        return {"payments": [self._reported(bank, row) for row in rows]}

    def _reported(self, bank: Bank, row: Payment) -> dict[str, Any]:
        refunds = bank.book.refunds(row)
        is_taken = row.paid > 0
        return {
            **self._told(row),
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

    def refund(self, bank: Bank, merchant: str, body: Any, query: Any) -> dict[str, Any]:
        row = self._paid(bank, merchant, body)
        amount = _figure(body.get("price"))
        if bank.next_of("refunds", self.code) or body.get("currency") != row.currency:
            raise Failure("5115", "İade yapılamadı")
        if bank.book.give_back(row, amount=amount, reference=body["conversationId"]) is None:
            raise Failure("5093", "İade tutarı kalan tutardan büyük")
        said = {
            "paymentId": row.id,
            "price": float(amount),
            "currency": row.currency,
            "conversationId": body["conversationId"],
        }
        return {**said, "signature": self._sealed(merchant, said, RETURNED)}

    def cancel(self, bank: Bank, merchant: str, body: Any, query: Any) -> dict[str, Any]:
        row = self._paid(bank, merchant, body)
        if bank.book.day(row.paid_at) != bank.book.day(bank.book.now()):
            raise Failure("10223", "Gün sonu alındı")
        whole = {"amount": row.paid, "reference": body["conversationId"], "kind": "void"}
        if bank.book.give_back(row, **whole) is None:
            raise Failure("5093", "İptal edilemez")
        return {"paymentId": row.id, "price": float(row.paid), "currency": row.currency}

    def _paid(self, bank: Bank, merchant: str, body: Any) -> Payment:
        row = bank.book.find(self.code, merchant=merchant, id=str(body.get("paymentId")))
        if row is None:
            raise Failure("5002", "Ödeme bulunamadı")
        return row

    def day(self, bank: Bank, merchant: str, body: Any, query: dict[str, str]) -> dict[str, Any]:
        rows = [
            line
            for row in bank.book.payments(self.code, merchant=merchant)
            for line in self._movements(bank, row)
        ]
        day = query.get("transactionDate", "")
        rows = sorted(
            (row for row in rows if row["transactionDate"].startswith(day)),
            key=lambda row: row["transactionDate"],
        )
        page, size = int(query.get("page", 1)), 20
        found = rows[(page - 1) * size : page * size]
        return {"transactions": found, "currentPage": page, "totalPageCount": max(1, -(-len(rows) // size))}

    def _movements(self, bank: Bank, row: Payment) -> list[dict[str, Any]]:
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

    # --- Payouts ---

    def payout_init(self, bank: Bank, merchant: str, body: Any, query: Any) -> dict[str, Any]:
        row = self._payout(bank, merchant, body.get("externalId"))
        if row is None:
            item = body["items"][0]
            if item.get("recipientType") != "IBAN" or len(str(item.get("recipientInfo"))) != 26:
                return {
                    "requestId": "",
                    "invalidItems": [{"externalId": item["itemExternalId"], "errorCode": "2030"}],
                }
            amount = _figure(item["amount"]["value"])
            row = Payout(
                number(8), bank.book.now(), self.code, merchant, body["externalId"], amount,
                item["recipientInfo"], item["recipientName"],
            )  # fmt: skip
            bank.book.save(row)
        return {"requestId": row.id, "conversationId": body.get("conversationId"), "invalidItems": []}

    def payout_auth(self, bank: Bank, merchant: str, body: Any, query: Any) -> dict[str, Any]:
        row = bank.book.get(Payout, str(body.get("requestId")))
        if row is None or row.merchant != merchant or row.state != "told":
            raise Failure("2001", "İstek bulunamadı")
        is_refused = (
            bank.next_of("payouts", self.code) or Decimal(bank.book.figures(self.code)["total"]) < row.amount
        )
        row.state, row.at = "returned" if is_refused else "sent", bank.book.now()
        bank.book.save(row)
        return {}

    def payout_retrieve(self, bank: Bank, merchant: str, body: Any, query: Any) -> dict[str, Any]:
        row = self._payout(bank, merchant, body.get("externalMassPayoutId"))
        if row is None:
            raise Failure("2001", "İstek bulunamadı")
        if row.state == "sent" and bank.book.now() > row.at + WORKING:
            row.state = "paid"
            bank.book.save(row)
        item = {
            "itemExternalId": row.reference, "referenceCode": row.id, "itemStatus": ITEM[row.state],
            "totalAmount": str(row.amount), "commissionAmount": "0.00", "currencyCode": "TRY",
        }  # fmt: skip
        return {"massPayoutItems": {"items": [item]}, "page": 1, "size": 10, "total": 1}

    def payout_balance(self, bank: Bank, merchant: str, body: Any, query: Any) -> dict[str, Any]:
        return {"balance": bank.book.figures(self.code)["total"]}

    def _payout(self, bank: Bank, merchant: str, reference: Any) -> Payout | None:
        rows = (
            row for row in bank.book.all(Payout) if row.merchant == merchant and row.reference == reference
        )
        return next(rows, None)


ROUTES = {
    ("POST", "/payment/iyzipos/checkoutform/initialize/auth/ecom"): ("start", Iyzico.start),
    ("POST", "/payment/iyzipos/checkoutform/auth/ecom/detail"): ("look_up", Iyzico.retrieve),
    ("POST", "/payment/detail"): ("look_up", Iyzico.detail),
    ("GET", "/v2/reporting/payment/details"): ("look_up", Iyzico.details),
    ("POST", "/v2/payment/refund"): ("refund", Iyzico.refund),
    ("POST", "/payment/cancel"): ("void", Iyzico.cancel),
    ("GET", "/v2/reporting/payment/transactions"): ("report", Iyzico.day),
    ("POST", "/v1/mass/payout/init"): ("payout", Iyzico.payout_init),
    ("POST", "/v1/mass/payout/auth"): ("payout_auth", Iyzico.payout_auth),
    ("POST", "/v1/mass/payout/retrieve"): ("look_up_payout", Iyzico.payout_retrieve),
    ("GET", "/v1/mass/payout/balance"): ("look_up_payout", Iyzico.payout_balance),
}


class Failure(Exception):
    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code, self.text = code, text


def failure(code: str, text: str) -> dict[str, Any]:
    return {"status": "failure", "errorCode": code, "errorMessage": text, "errorGroup": "ERROR"}


def _json(bank: Bank, body: Any, said: dict[str, Any], status: int = 200) -> Response:
    common = {"status": "success", "locale": "tr", "systemTime": int(bank.book.now() * 1000)}
    if isinstance(body, dict) and body.get("conversationId"):
        common["conversationId"] = body["conversationId"]
    return Response(json.dumps({**common, **said}, ensure_ascii=False).encode(), status)


def _require(body: Any, names: tuple[str, ...], code: str) -> None:
    if missing := [name for name in names if not body.get(name)]:
        raise Failure(code, f"Eksik alan: {missing[0]}")


def _figure(value: Any) -> Decimal:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        raise Failure("11", "Tutar okunamadı") from None
    if found <= 0 or found != found.quantize(Decimal("0.01")):
        raise Failure("5005", "Tutar geçersiz")
    return found


def _payout_amount(body: Any) -> Any:
    return body["items"][0]["amount"]["value"] if body.get("items") else 0


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

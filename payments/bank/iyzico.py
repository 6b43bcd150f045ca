"""The bank as iyzico: requests signed over key, path and bytes, replies and callbacks field by field."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from . import iyzico_payments as payments
from . import iyzico_payouts as payouts
from .bank import Bank, Call, Leave, Letter, Protocol, Request, Response
from .book import Payment
from .iyzico_words import CODE, STATES, Ask, Failure, failure, hexmac, is_signed

STRANGER = {"sandbox-strangerApiKey": "sandbox-strangerSecretKey"}  # another shop
ROUTES = {
    ("POST", "/payment/iyzipos/checkoutform/initialize/auth/ecom"): ("start", payments.start),
    ("POST", "/payment/iyzipos/checkoutform/auth/ecom/detail"): ("look_up", payments.retrieve),
    ("POST", "/payment/detail"): ("look_up", payments.detail),
    ("GET", "/v2/reporting/payment/details"): ("look_up", payments.details),
    ("POST", "/v2/payment/refund"): ("refund", payments.refund),
    ("POST", "/payment/cancel"): ("void", payments.cancel),
    ("GET", "/v2/reporting/payment/transactions"): ("report", payments.day),
    ("POST", "/v1/mass/payout/init"): ("payout", payouts.init),
    ("POST", "/v1/mass/payout/auth"): ("payout_auth", payouts.auth),
    ("POST", "/v1/mass/payout/retrieve"): ("look_up_payout", payouts.retrieve),
    ("GET", "/v1/mass/payout/balance"): ("look_up_payout", payouts.balance),
}


class Iyzico(Protocol):
    code = CODE

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
        self, bank: Bank, request: Request, body: Any, answer: Callable[[Ask], dict[str, Any]]
    ) -> Response:
        merchant, error = self._merchant(request)
        if error:
            return _json(bank, body, failure(error, "imza"), 401)
        try:
            said = answer(Ask(bank, merchant, self.merchants[merchant], body, request.query))
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


def _payout_amount(body: Any) -> Any:
    return body["items"][0]["amount"]["value"] if body.get("items") else 0


def _json(bank: Bank, body: Any, said: dict[str, Any], status: int = 200) -> Response:
    common = {"status": "success", "locale": "tr", "systemTime": int(bank.book.now() * 1000)}
    if isinstance(body, dict) and body.get("conversationId"):
        common["conversationId"] = body["conversationId"]
    return Response(json.dumps({**common, **said}, ensure_ascii=False).encode(), status)

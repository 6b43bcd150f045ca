"""iyzico: the checkout form on its own page, results by signed queries, refunds and voids, mass payouts.

Requests are signed over a random key, the path and the very bytes of the body. Its callback is a hint (three
tries, then silence), so every result comes from `look_up`.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone

from . import iyzico_words as words
from . import wire
from .base import (
    Abilities,
    Callback,
    Forged,
    LookUpOrder,
    Message,
    Method,
    NextStep,
    Outcome,
    PaymentOrder,
    PayoutOrder,
    Provider,
    RefundOrder,
    Refused,
    ReportLine,
    Silent,
    State,
)

START = "/payment/iyzipos/checkoutform/initialize/auth/ecom"
RETRIEVE = "/payment/iyzipos/checkoutform/auth/ecom/detail"
DETAILS = "/v2/reporting/payment/details"
DAY = "/v2/reporting/payment/transactions"
REFUND, VOID = "/v2/payment/refund", "/payment/cancel"
PAYOUT = "/v1/mass/payout"


class Iyzico(Provider):
    code, label = "iyzico", "iyzico"
    methods = frozenset({Method.CARD})
    abilities = Abilities(void=True, instalments=True, report=True, payouts=True)

    def is_configured(self) -> bool:
        return all((settings.IYZICO_URL, settings.IYZICO_API_KEY, settings.IYZICO_SECRET_KEY))

    # --- A payment ---

    @wire.or_silent
    def start(self, order: PaymentOrder) -> NextStep:
        reply = words.accepted(self._ask("POST", START, words.form(order), timeout=wire.IN_REQUEST))
        url, token = str(self._signed(reply, words.SIGNED_START)["paymentPageUrl"]), str(reply["token"])
        if not wire.is_page_of(url, settings.IYZICO_PAGE_URL):
            raise Silent("a page of somebody else")
        until = timezone.now() + timedelta(seconds=int(reply.get("tokenExpireTime") or 1800))
        return NextStep("redirect", url, remote={"token": token, "until": until.isoformat()}, until=until)

    def read_callback(self, callback: Callback) -> Message:
        wire.require_small(callback.body)
        try:
            body = wire.read_json(callback.body)
        except Silent as error:
            raise Forged(str(error)) from error
        ours = words.callback_signature(settings.IYZICO_SECRET_KEY, body)
        if not wire.is_same(ours, callback.headers.get("x-iyz-signature-v3", "")):
            raise Forged("signature")
        kind = str(body.get("iyziEventType"))
        key = f"{body.get('iyziReferenceCode')}-{kind}-{body.get('status')}"
        return Message(str(body.get("paymentConversationId")), key, kind)

    def read_return(self, form: dict[str, str]) -> str:
        return form.get("token", "")

    @wire.never_raises(refusal=State.UNKNOWN)
    def look_up(self, order: LookUpOrder) -> Outcome:
        """By the token of the page; where they know of no payment there, by our reference."""
        if token := order.remote.get("token"):
            asked = {"locale": "tr", "conversationId": order.reference, "token": token}
            reply = self._ask("POST", RETRIEVE, asked, timeout=wire.IN_REQUEST)
            if reply.get("status") == "success":
                if not wire.is_same(str(self._signed(reply, words.SIGNED_PAYMENT)["token"]), token):
                    raise Silent("another token")
                if reply.get("paymentStatus") in words.AT_THE_PAGE:
                    return wire.unpaid(order)
                return words.payment(order, reply, reference=str(reply["basketId"]))
        for found in self._payments(order.reference, timeout=wire.IN_REQUEST):
            if str(found.get("paymentStatus")) == "1":
                reply = {**found, "paymentStatus": "SUCCESS"}
                return words.payment(order, reply, reference=str(found["paymentConversationId"]))
        return wire.unpaid(order)

    # --- Back to the customer ---

    @wire.never_raises(refusal=State.REFUSED)
    def refund(self, order: RefundOrder) -> Outcome:
        figures = {"price": words.money(order.amount), "currency": order.currency}
        return self._give_back(REFUND, order, figures, signed=words.SIGNED_REFUND)

    @wire.never_raises(refusal=State.REFUSED)
    def void(self, order: RefundOrder) -> Outcome:
        return self._give_back(VOID, order, {}, signed=())

    def _give_back(
        self, path: str, order: RefundOrder, figures: dict[str, str], *, signed: tuple[str, ...]
    ) -> Outcome:
        payment = order.remote.get("paymentId") or self._payments(order.payment_reference)[0]["paymentId"]
        asked = {"locale": "tr", "conversationId": order.reference, "paymentId": payment, "ip": order.ip}
        reply = words.accepted(self._ask("POST", path, asked | figures))
        self._signed(reply, signed)
        return self._returned(order, wire.decimal(reply["price"]))

    @wire.never_raises(refusal=State.UNKNOWN)
    def find_refund(self, order: RefundOrder) -> Outcome:
        if not (payments := self._payments(order.payment_reference)):
            raise Silent("no payment")
        found = words.given_back(payments, order.reference)
        if not found:
            return wire.never_seen(order)
        if any(str(row.get("refundStatus")) != "1" for row in found):
            raise Silent("not done yet")
        return self._returned(order, sum(wire.decimal(row["refundPrice"]) or Decimal(0) for row in found))

    def _returned(self, order: RefundOrder, amount: Decimal | int | None) -> Outcome:
        if amount != order.amount:
            raise Silent("another amount")
        return wire.given_back(order)

    def _payments(self, reference: str, timeout: Any = wire.IN_WORKER) -> list[dict[str, Any]]:
        reply = self._ask("GET", DETAILS, query={"paymentConversationId": reference}, timeout=timeout)
        if reply.get("errorCode"):  # what they answer about a reference they never saw is not documented
            code = str(reply["errorCode"])
            raise Refused(code, "config") if code in words.CONFIG else Silent(code)
        return reply.get("payments") or []

    # --- A day, and money to businesses ---

    def report(self, day: date) -> Iterator[ReportLine]:
        return iter(self._report(day))

    @wire.or_silent
    def _report(self, day: date) -> list[ReportLine]:
        rows: list[dict[str, Any]] = []
        page = pages = 1
        while page <= pages:
            reply = self._ask("GET", DAY, query={"transactionDate": day.isoformat(), "page": page})
            if reply.get("status") != "success":
                raise Silent(str(reply.get("errorCode")))
            rows += reply.get("transactions") or []
            page, pages = page + 1, int(reply.get("totalPageCount") or 1)
        return list(words.report(rows))

    @wire.never_raises(refusal=State.REFUSED)
    def pay_out(self, order: PayoutOrder) -> Outcome:
        """Two steps, told and confirmed. Telling again under the same id gives the same request."""
        known = self._payout(order)
        if known is None or known.code == "INIT":
            reply = words.accepted(self._ask("POST", f"{PAYOUT}/init", words.transfer(order)))
            if wrong := reply.get("invalidItems"):
                raise Refused(str(wrong[0].get("errorCode")), "declined")
            self._ask("POST", f"{PAYOUT}/auth", {"requestId": reply["requestId"]})
            known = self._payout(order)
        if known is None:
            raise Silent("told and gone")
        return known

    @wire.never_raises(refusal=State.UNKNOWN)
    def look_up_payout(self, order: PayoutOrder) -> Outcome:
        return self._payout(order) or wire.never_seen(order)

    def _payout(self, order: PayoutOrder) -> Outcome | None:
        asked = {"externalMassPayoutId": order.reference, "page": 1, "size": 10}
        reply = self._ask("POST", f"{PAYOUT}/retrieve", asked)
        if str(reply.get("errorCode")) in words.CONFIG:
            raise Silent(str(reply["errorCode"]))
        items = (reply.get("massPayoutItems") or {}).get("items") or []
        ours = [item for item in items if item.get("itemExternalId") == order.reference]
        return words.payout(order, ours[0]) if ours else None

    # --- An exchange ---

    def _signed(self, reply: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
        return words.signed(settings.IYZICO_SECRET_KEY, reply, fields)

    def _ask(
        self, method: str, path: str, body: Any = None, *, query: Any = None, timeout: Any = wire.IN_WORKER
    ) -> dict[str, Any]:
        """Raises Silent for silence and for the errors after which nobody knows."""
        sent = json.dumps(body, ensure_ascii=False).encode() if body is not None else b""
        nonce, keys = secrets.token_hex(16), (settings.IYZICO_API_KEY, settings.IYZICO_SECRET_KEY)
        proof = words.authorization(key=keys[0], secret=keys[1], nonce=nonce, path=path, body=sent)
        headers = {"Authorization": proof, "x-iyzi-rnd": nonce, "Accept": "application/json"}
        headers["Content-Type"] = "application/json"
        url = settings.IYZICO_URL.rstrip("/") + path + (f"?{urlencode(query)}" if query else "")
        reply = wire.read_json(wire.send(method, url, timeout=timeout, data=sent, headers=headers).content)
        if reply.get("status") != "success" and str(reply.get("errorCode", "1")) in words.BUSY:
            raise Silent(str(reply.get("errorCode")))
        return reply

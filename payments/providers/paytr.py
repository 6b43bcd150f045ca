"""PayTR: their page in a frame of ours, results by signed callbacks, refunds; optionally bank transfers.

A callback signs `merchant_oid`, `status` and `total_amount` only, so the other figures are compared with ours
and never believed. The status query knows successes only: what failed, waits or never was looks alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.utils import timezone

from . import paytr_words as words
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
    Provider,
    RefundOrder,
    Refused,
    Reply,
    ReportLine,
    Silent,
    State,
)

TOKEN, REFUND, STATUS, DAY = (
    "/odeme/api/get-token",
    "/odeme/iade",
    "/odeme/durum-sorgu",
    "/rapor/islem-dokumu",
)


class PayTR(Provider):
    code, label = "paytr", "PayTR"
    abilities = Abilities(instalments=True, report=True)

    @property
    def methods(self) -> frozenset[str]:  # type: ignore[override]
        return frozenset({Method.CARD, Method.TRANSFER} if settings.PAYTR_TRANSFERS else {Method.CARD})

    @property
    def frame_origin(self) -> str:
        return wire.origin(settings.PAYTR_URL)

    def is_configured(self) -> bool:
        keys = (settings.PAYTR_MERCHANT_ID, settings.PAYTR_MERCHANT_KEY, settings.PAYTR_MERCHANT_SALT)
        return all((settings.PAYTR_URL, *keys))

    # --- A payment ---

    @wire.or_silent
    def start(self, order: PaymentOrder) -> NextStep:
        is_transfer = order.method == Method.TRANSFER
        reply = self._ask(
            TOKEN, words.form(order), words.EFT if is_transfer else words.CARD, timeout=wire.IN_REQUEST
        )
        if reply["status"] == "failed":
            raise Refused("token", "config", str(reply.get("reason", ""))[:200])
        until = timezone.now() + (timedelta(days=7) if is_transfer else timedelta(minutes=words.LIFE))
        page = "/odeme/api/" if is_transfer else "/odeme/guvenli/"
        url = f"{settings.PAYTR_URL.rstrip('/')}{page}{reply['token']}"
        return NextStep("frame", url, remote={"until": until.isoformat()}, until=until)

    def read_callback(self, callback: Callback) -> Message:
        wire.require_small(callback.body)
        try:
            form = dict(parse_qsl(callback.body.decode(), keep_blank_values=True, max_num_fields=60))
        except ValueError as error:
            raise Forged("no form") from error
        ours = words.callback_hash(settings.PAYTR_MERCHANT_KEY, settings.PAYTR_MERCHANT_SALT, form)
        if not wire.is_same(ours, form.get("hash", "")) or form.get("status") not in words.STATES:
            raise Forged("hash")
        names = ("merchant_oid", "status", "total_amount")
        return Message(
            form["merchant_oid"],
            "-".join(form.get(name, "") for name in names),
            form["status"],
            words.heard(form),
        )

    def reply(self, *, is_taken: bool) -> Reply:
        return Reply() if is_taken else Reply("PAYTR notification failed", 400)

    @wire.never_raises(refusal=State.UNKNOWN)
    def look_up(self, order: LookUpOrder) -> Outcome:
        reply = self._status(order.reference, timeout=wire.IN_REQUEST)
        if reply.get("status") != "success":
            return wire.unpaid(order)
        return Outcome(
            State.SETTLED,
            reference=order.reference,
            amount=wire.decimal(reply["payment_amount"]),
            currency=words.CURRENCIES.get(str(reply.get("currency")), str(reply.get("currency") or "")),
            paid=wire.decimal(reply.get("payment_total")),
            fee=wire.decimal(reply.get("kesinti_tutari")),
            installments=words.count(reply.get("taksit")),
            remote=order.remote,
            is_test=str(reply.get("test_mode")) == "1",
            is_signed=True,
        )

    # --- Back to the customer ---

    @wire.never_raises(refusal=State.REFUSED)
    def refund(self, order: RefundOrder) -> Outcome:
        given = {"merchant_oid": order.payment_reference, "return_amount": words.money(order.amount)}
        asked = {**given, "reference_no": order.reference}
        reply = self._ask(REFUND, asked, ("merchant_oid", "return_amount"))
        if reply.get("status") != "success":
            code = str(reply.get("err_no", ""))
            if code in words.BUSY or not code:
                raise Silent(code)
            raise Refused(code, words.REFUND_REASONS.get(code, "declined"))
        if wire.decimal(reply.get("return_amount")) != order.amount:
            raise Silent("another amount")
        return wire.given_back(order)

    @wire.never_raises(refusal=State.UNKNOWN)
    def find_refund(self, order: RefundOrder) -> Outcome:
        reply = self._status(order.payment_reference)
        if reply.get("status") != "success":
            raise Silent("no payment")
        rows = reply.get("returns") or [] if reply["payment_amount"] else []
        ours = [row for row in rows if row.get("reference_no") == order.reference]
        if not ours:
            return wire.never_seen(order)
        if wire.decimal(ours[0].get("return_amount")) != order.amount:
            raise Silent("another amount")
        return wire.given_back(order)

    # --- A day ---

    def report(self, day: date) -> Iterator[ReportLine]:
        return iter(self._report(day))

    @wire.or_silent
    def _report(self, day: date) -> list[ReportLine]:
        asked = {"start_date": f"{day} 00:00:00", "end_date": f"{day} 23:59:59"}
        reply = self._ask(DAY, asked, ("start_date", "end_date"))
        if reply.get("status") == "error" or "status" not in reply:
            raise Silent(str(reply.get("err_no")))
        return [words.line(row) for row in reply.get("data") or []]  # "failed": nothing happened that day

    # --- An exchange ---

    def _status(self, reference: str, **options: Any) -> dict[str, Any]:
        """Raises Silent where it is refused for another reason than that there is no success."""
        reply = self._ask(STATUS, {"merchant_oid": reference}, ("merchant_oid",), **options)
        if reply.get("status") != "success" and str(reply.get("err_no")) != words.NOT_FOUND:
            raise Silent(str(reply.get("err_no")))
        return reply

    def _ask(
        self, path: str, form: dict[str, str], signed: tuple[str, ...], **options: Any
    ) -> dict[str, Any]:
        form = {"merchant_id": settings.PAYTR_MERCHANT_ID, **form}
        values = (form[name] for name in ("merchant_id", *signed))
        proof = words.token(settings.PAYTR_MERCHANT_KEY, settings.PAYTR_MERCHANT_SALT, *values)
        url = settings.PAYTR_URL.rstrip("/") + path
        return wire.read_json(wire.send("POST", url, data={**form, "paytr_token": proof}, **options).content)

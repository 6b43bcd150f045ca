"""Param: their page by redirect, results only by our own query, refunds from the next day, voids on the same.

Their hashes have no secret and do not cover the result, and what the browser brings back passes through the
customer's hands: a hint. There is no message from server to server. Refunds carry no reference, so after
silence the sum of what was given back tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.utils import timezone

from . import param_words as words
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
    ReportLine,
    Silent,
    State,
)

SERVICE = "/turkpos.ws/service_turkpos_prod.asmx"
LIFE = timedelta(minutes=30)


class Param(Provider):
    code, label = "param", "Param"
    methods = frozenset({Method.CARD})
    abilities = Abilities(void=True, report=True)

    def is_configured(self) -> bool:
        keys = (
            settings.PARAM_CLIENT_CODE,
            settings.PARAM_USERNAME,
            settings.PARAM_PASSWORD,
            settings.PARAM_GUID,
        )
        return all((settings.PARAM_URL, *keys))

    # --- A payment ---

    @wire.or_silent
    def start(self, order: PaymentOrder) -> NextStep:
        if order.currency != "TRY":
            raise Refused("currency", "config")
        asked = {
            "Code": settings.PARAM_CLIENT_CODE,
            "User": settings.PARAM_USERNAME,
            "Pass": settings.PARAM_PASSWORD,
            "GUID": settings.PARAM_GUID,
            "GSM": words.phone(order.buyer.phone),
            "Amount": words.money(order.amount),
            "Order_ID": order.reference,
            "TransactionId": order.reference,
            "Callback_URL": order.return_url,
            "Installment": 1,
            "MaxInstallment": 1,
        }
        found = words.values(self._ask("TP_Modal_Payment", {"d": asked}, timeout=wire.IN_REQUEST))
        url = words.accepted(found, "ResultCode")["URL"]
        if not wire.is_page_of(url, settings.PARAM_PAGE_URL):
            raise Silent("a page of somebody else")
        until = timezone.now() + LIFE
        return NextStep("redirect", url, remote={"until": until.isoformat()}, until=until)

    def read_callback(self, callback: Callback) -> Message:
        """What a browser would bring, should it be sent to this address."""
        wire.require_small(callback.body)
        try:
            form = dict(parse_qsl(callback.body.decode(), keep_blank_values=True, max_num_fields=60))
        except ValueError as error:
            raise Forged("no form") from error
        if not (reference := self.read_return(form)):
            raise Forged("hash")
        names = ("Islem_ID", "Sonuc", "Dekont_ID")
        return Message(reference, "-".join(form.get(words.RETVAL + name, "") for name in names), "return")

    def read_return(self, form: dict[str, str]) -> str:
        ours = words.return_hash(settings.PARAM_CLIENT_CODE, settings.PARAM_GUID, form)
        is_ours = wire.is_same(ours, form.get(f"{words.RETVAL}Hash", ""))
        return form.get(f"{words.RETVAL}Siparis_ID", "") if is_ours else ""

    @wire.never_raises(refusal=State.UNKNOWN)
    def look_up(self, order: LookUpOrder) -> Outcome:
        found = self._payment(order.reference, timeout=wire.IN_REQUEST)
        return words.payment(order, found) if found else wire.unpaid(order)

    # --- Back to the customer ---

    @wire.never_raises(refusal=State.REFUSED)
    def refund(self, order: RefundOrder) -> Outcome:
        return self._give_back("IADE", order)

    @wire.never_raises(refusal=State.REFUSED)
    def void(self, order: RefundOrder) -> Outcome:
        return self._give_back("IPTAL", order)

    def _give_back(self, how: str, order: RefundOrder) -> Outcome:
        asked = {
            "Durum": how,
            "Siparis_ID": order.payment_reference,
            "Tutar": words.double(order.amount),
        }
        reply = self._ask("TP_Islem_Iptal_Iade_Kismi2", {**self._who(), **asked})
        try:
            words.accepted(words.values(reply))
        except Refused as error:
            is_new = order.paid_on >= timezone.localdate()
            if error.reason == "too_early" and (how == "IPTAL" or not is_new):
                raise Refused(error.code, "too_late", error.text) from error
            raise
        return wire.given_back(order)

    @wire.never_raises(refusal=State.UNKNOWN)
    def find_refund(self, order: RefundOrder) -> Outcome:
        found = self._payment(order.payment_reference)
        returned = wire.decimal(found["Toplam_Iade_Tutar"]) if found else None
        if found and found["Durum"] == "CANCEL":
            returned = order.captured
        if returned == order.refunded + order.amount:
            return wire.given_back(order)
        if returned == order.refunded:
            return wire.never_seen(order)
        raise Silent("another sum")

    # --- A day ---

    def report(self, day: date) -> Iterator[ReportLine]:
        return iter(self._report(day))

    @wire.or_silent
    def _report(self, day: date) -> list[ReportLine]:
        asked = {
            "Tarih_Bas": f"{day:%d.%m.%Y} 00:00:00",
            "Tarih_Bit": f"{day:%d.%m.%Y} 23:59:59",
            "Islem_Tip": "",
            "Islem_Durum": "",
        }
        found = self._ask("TP_Islem_Izleme", {**self._who(), **asked})
        rows = words.rows(found)
        if not rows and words.number(words.values(found)["Sonuc"]) in words.CONFIG:
            raise Silent("refused")
        return [words.line(row) for row in rows if words.number(row.get("Sonuc") or 1) > 0]

    # --- An exchange ---

    def _payment(self, reference: str, **options: Any) -> dict[str, str]:
        """Empty where they know no such order. Raises Silent where they refuse to answer."""
        asked = {"Dekont_ID": "", "Siparis_ID": reference, "Islem_ID": ""}
        found = words.values(self._ask("TP_Islem_Sorgulama4", {**self._who(), **asked}, **options))
        if (code := words.number(found["Sonuc"])) in words.CONFIG:
            raise Silent(str(code))
        return found if code > 0 and found.get("Durum") else {}

    def _who(self) -> dict[str, Any]:
        keys = {
            "CLIENT_CODE": settings.PARAM_CLIENT_CODE,
            "CLIENT_USERNAME": settings.PARAM_USERNAME,
            "CLIENT_PASSWORD": settings.PARAM_PASSWORD,
        }
        return {"G": keys, "GUID": settings.PARAM_GUID}

    def _ask(self, method: str, fields: Mapping[str, Any], **options: Any) -> Any:
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{words.SPACE}{method}"'}
        url, sent = settings.PARAM_URL.rstrip("/") + SERVICE, words.envelope(method, fields)
        answer = wire.send("POST", url, data=sent, headers=headers, **options)
        return words.result(method, answer.content)

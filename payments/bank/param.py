"""The bank as Param: SOAP 1.1, user and password in the body; the browser carries the result back."""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from html import escape
from typing import Any, NamedTuple

from lxml import etree

from .bank import Bank, Call, Leave, Protocol, Request, Response
from .book import Payment, number

SERVICE = "/turkpos.ws/service_turkpos_prod.asmx"
SPACE = "https://turkpos.com.tr/"
XML = "text/xml; charset=utf-8"
LIFE = 1800
STATES = {
    "paid": "SUCCESS",
    "voided": "CANCEL",
    "failed": "BANK_FAIL",
    "expired": "FAIL",
}
TEXTS = {
    "not_enough": "Bakiye yetersiz",
    "three_d": "3D dogrulama basarisiz",
    "declined": "Banka onay vermedi",
}
PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": False}


class Merchant(NamedTuple):
    code: str
    user: str
    password: str
    guid: str


STRANGER = Merchant("99999", "stranger", "strangerPassword", "99999999-1111-4222-8333-444444444444")


class Wrong(Exception):
    """A number below zero."""


def sha(*parts: str) -> str:
    return base64.b64encode(hashlib.sha1("".join(parts).encode("iso-8859-9")).digest()).decode()  # noqa: S324


def is_known(merchant: Merchant, given: tuple[str, ...]) -> bool:
    ours = "\n".join(merchant).lower().encode()
    return secrets.compare_digest(ours, "\n".join(given).lower().encode())


class Param(Protocol):
    code = "param"
    knows_review = False

    def __init__(self, *merchants: Merchant) -> None:
        self.merchants = {row.code: row for row in (*merchants, STRANGER)}

    def find(self, bank: Bank, request: Request) -> Call | None:
        if request.path != SERVICE or request.method != "POST":
            return None
        try:
            body = etree.fromstring(request.body, etree.XMLParser(**PARSER)).find("{*}Body")
            asked = body[0]
            name, fields = etree.QName(asked).localname, _fields(asked)
        except (etree.XMLSyntaxError, TypeError, IndexError, ValueError):
            return Call("", lambda: _fault("Malformed"))
        if name not in METHODS or request.headers.get("soapaction", "").strip('"') != SPACE + name:
            return Call("", lambda: _fault("Unknown method"))
        action, answer, failure = METHODS[name]
        if fields.get("Durum") == "IPTAL":
            action = "void"
        amount = _amount(fields.get("Amount") or fields.get("Tutar"))
        return Call(action, lambda: self._answer(bank, name, fields, answer, failure), amount)

    def _answer(
        self, bank: Bank, name: str, fields: dict[str, str], answer: Callable[..., str], failure: str
    ) -> Response:
        code = fields.get("CLIENT_CODE") or fields.get("Code", "")
        merchant = self.merchants.get(code)
        user, password = ("User", "Pass") if "Code" in fields else ("CLIENT_USERNAME", "CLIENT_PASSWORD")
        given = (code, *(fields.get(key, "") for key in (user, password, "GUID")))
        try:
            if merchant is None or not is_known(merchant, given):
                raise Wrong(-101, "Güvenlik hatası")
            said = answer(self, bank, merchant, fields)
        except Wrong as wrong:
            said = failure.format(code=wrong.args[0], text=escape(str(wrong.args[1])))
        return _soap(f'<{name}Response xmlns="{SPACE}"><{name}Result>{said}</{name}Result></{name}Response>')

    def busy(self) -> Response:
        return _fault("Server too busy")

    # --- To the shop ---

    def leave(self, bank: Bank, payment: Payment, *, is_forged: bool = False) -> Leave:
        merchant, is_paid = self.merchants[payment.merchant], payment.state == "paid"
        values = {
            "Islem_ID": payment.form["transaction"],
            "Sonuc": "1" if is_paid or is_forged else "-1",
            "Sonuc_Str": "Onaylandı" if is_paid else TEXTS.get(payment.reason, "Başarısız"),
            "GUID": merchant.guid,
            "Islem_Tarih": f"{bank.book.local(bank.book.now()):%d.%m.%Y %H:%M:%S}",
            "Dekont_ID": payment.id if is_paid else "0",
            "Tahsilat_Tutari": _comma(payment.paid if is_paid else payment.asked),
            "Odeme_Tutari": _comma(payment.paid - payment.fee),
            "Siparis_ID": payment.reference,
            "Ext_Data": "|||||||||",
            "Banka_Sonuc_Kod": "0" if is_paid else "-1",
            "PB": "TL" if payment.currency == "TRY" else payment.currency,
            "Taksit": str(payment.installments),
        }
        hashed = (values[name] for name in ("Dekont_ID", "Tahsilat_Tutari", "Siparis_ID", "Islem_ID"))
        values["Hash"] = sha(merchant.code, merchant.guid, *hashed)
        return Leave(
            "POST",
            payment.form["callback"],
            {f"TURKPOS_RETVAL_{name}": text for name, text in values.items()},
        )

    # --- What is asked ---

    def start(self, bank: Bank, merchant: Merchant, fields: dict[str, str]) -> str:
        amount, reference = fields.get("Amount", ""), fields.get("Order_ID", "")
        if "." in amount or (price := _amount(amount)) is None:
            raise Wrong(-112, "Tutar hatalı")
        if price <= 0 or not 0 < len(reference) <= 36:
            raise Wrong(-113 if price <= 0 else -104, "Tutar veya sipariş hatalı")
        if not fields.get("Callback_URL"):
            raise Wrong(-116, "URL boş")
        if bank.book.find(self.code, merchant=merchant.code, reference=reference):
            reference = number(12)  # theirs replaces an order that was used before, silently
        now = bank.book.now()
        kept = {
            "callback": fields["Callback_URL"],
            "transaction": fields.get("TransactionId") or uuid.uuid4().hex,
        }
        row = Payment(
            number(10), now, self.code, merchant.code, reference, secrets.token_urlsafe(24), price, "TRY",
            until=now + LIFE, form=kept,
        )  # fmt: skip
        bank.book.save(row)
        url = escape(f"{bank.url}/sayfa?token={row.token}")
        return f"<ResultCode>1</ResultCode><ResultDescription>Başarılı</ResultDescription><URL>{url}</URL>"

    def query(self, bank: Bank, merchant: Merchant, fields: dict[str, str]) -> str:
        wanted = (
            {"id": fields["Dekont_ID"]}
            if fields.get("Dekont_ID")
            else {"reference": fields.get("Siparis_ID")}
        )
        row = bank.book.find(self.code, merchant=merchant.code, **wanted)
        if row is None or row.state not in STATES or (row.state == "expired" and row.paid <= 0):
            raise Wrong(-1, "Kayıt bulunamadı")
        returned = bank.book.given_back(row)
        state = STATES[row.state]
        if row.state == "paid" and returned:
            state = "REFUND" if returned == row.paid else "PARTIAL_REFUND"
        if row.reason == "three_d":
            state = "FAIL"
        told = {
            "Odeme_Sonuc": {"SUCCESS": 1, "CANCEL": 12, "REFUND": 13, "PARTIAL_REFUND": 1}.get(state, 0),
            "Odeme_Sonuc_Aciklama": TEXTS.get(row.reason, ""),
            "Dekont_ID": row.id if row.paid > 0 else 0,
            "Siparis_ID": row.reference,
            "Islem_ID": row.form["transaction"],
            "Durum": state,
            "Tarih": f"{bank.book.local(row.paid_at or row.at):%d.%m.%Y %H:%M:%S}",
            "Toplam_Tutar": f"{row.paid if row.paid > 0 else row.asked:.2f}",
            "Komisyon_Tutar": f"{row.fee:.2f}",
            "Taksit": row.installments,
            "Toplam_Iade_Tutar": f"{returned:.2f}",
            "PB": "TL" if row.currency == "TRY" else row.currency,
            "Islem_Tip": "SALE",
        }
        return f"<DT_Bilgi>{_xml(told)}</DT_Bilgi><Sonuc>1</Sonuc><Sonuc_Str>Başarılı</Sonuc_Str>"

    def give_back(self, bank: Bank, merchant: Merchant, fields: dict[str, str]) -> str:
        row = bank.book.find(self.code, merchant=merchant.code, reference=fields.get("Siparis_ID", ""))
        amount = _amount(fields.get("Tutar"))
        if "," in fields.get("Tutar", ","):
            raise Wrong(-112, "Tutar hatalı")
        if row is None or row.state != "paid" or amount is None or bank.next_of("refunds", self.code):
            raise Wrong(-211 if row and row.state == "voided" else -210, "İade edilecek işlem yok")
        is_today = bank.book.day(row.paid_at) == bank.book.day(bank.book.now())
        is_void = fields.get("Durum") == "IPTAL"
        if is_void != is_today or (is_void and amount != row.paid):
            raise Wrong(-210, "Bugün yapılamaz")
        if (
            bank.book.give_back(row, amount=amount, reference="", kind="void" if is_void else "refund")
            is None
        ):
            raise Wrong(
                -212 if bank.book.given_back(row) >= row.paid else -221, "İade edilebilir tutardan büyük"
            )
        return "<Sonuc>1</Sonuc><Sonuc_Str>Başarılı</Sonuc_Str><Banka_Sonuc_Kod>0</Banka_Sonuc_Kod>"

    def day(self, bank: Bank, merchant: Merchant, fields: dict[str, str]) -> str:
        start = fields.get("Tarih_Bas", "")[:10]
        moves = [
            each
            for row in bank.book.payments(self.code, merchant=merchant.code)
            if row.paid > 0
            for each in _moves(bank, row)
            if each["Tarih"].startswith(start)
        ]
        rows = "".join(f"<Temp>{_xml(each)}</Temp>" for each in moves)
        space = "urn:schemas-microsoft-com:xml-diffgram-v1"
        data = f'<d:diffgram xmlns:d="{space}"><NewDataSet>{rows}</NewDataSet></d:diffgram>'
        return f"<DT_Bilgi>{data}</DT_Bilgi><Sonuc>1</Sonuc><Sonuc_Str>Başarılı</Sonuc_Str>"


def _moves(bank: Bank, row: Payment) -> list[dict[str, Any]]:
    kinds = {"refund": "İade", "void": "İptal"}
    found = [("Satış", row.paid_at, row.paid, row.id)]
    found += [(kinds[each.kind], each.at, each.amount, each.id) for each in bank.book.refunds(row)]
    return [
        {
            "Tip_Str": kind, "Tarih": f"{bank.book.local(at):%d.%m.%Y %H:%M:%S}", "Tutar": _comma(amount),
            "Komisyon_Tutar": _comma(row.fee), "Dekont_ID": receipt, "ORJ_ORDER_ID": row.reference,
            "Sonuc": 1, "PB": "TL" if row.currency == "TRY" else row.currency,
        }
        for kind, at, amount, receipt in found
    ]  # fmt: skip


RESULT = "<Sonuc>{code}</Sonuc><Sonuc_Str>{text}</Sonuc_Str>"
METHODS: dict[str, tuple[str, Any, str]] = {
    "TP_Modal_Payment": (
        "start",
        Param.start,
        "<ResultCode>{code}</ResultCode><ResultDescription>{text}</ResultDescription>",
    ),
    "TP_Islem_Sorgulama4": ("look_up", Param.query, RESULT),
    "TP_Islem_Iptal_Iade_Kismi2": ("refund", Param.give_back, RESULT),
    "TP_Islem_Izleme": ("report", Param.day, RESULT),
}


def _fields(asked: Any) -> dict[str, str]:
    return {etree.QName(row).localname: row.text or "" for row in asked.iter("{*}*") if not len(row)}


def _xml(values: dict[str, Any]) -> str:
    return "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in values.items())


def _comma(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")


def _amount(text: str | None) -> Decimal | None:
    try:
        return Decimal((text or "").replace(",", "."))
    except InvalidOperation:
        return None


def _soap(body: str, status: int = 200) -> Response:
    text = f"""<?xml version="1.0" encoding="utf-8"?><soap:Envelope
 xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>{body}</soap:Body></soap:Envelope>"""
    return Response(text.encode(), status, XML)


def _fault(text: str) -> Response:
    return _soap(
        f"<soap:Fault><faultcode>soap:Client</faultcode><faultstring>{text}</faultstring></soap:Fault>", 500
    )

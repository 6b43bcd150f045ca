"""The bank as PayTR: form posts with a token over chosen fields, callbacks until the shop says OK."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple
from urllib.parse import urlencode

from .bank import Bank, Call, Leave, Letter, Protocol, Request, Response
from .book import Payment, number

STRANGER = {"999999": ("strangerPaytrKey1", "strangerPaytrSalt")}  # another shop
CARD = [
    "user_ip",
    "merchant_oid",
    "email",
    "payment_amount",
    "user_basket",
    "no_installment",
    "max_installment",
]
CARD += ["currency", "test_mode"]
EFT = ["user_ip", "merchant_oid", "email", "payment_amount", "payment_type", "test_mode"]
NEEDED = ("user_name", "user_address", "user_phone", "merchant_ok_url", "merchant_fail_url")
REASONS = {
    "not_enough": ("0", "Kart limiti yetersiz"),
    "declined": ("0", "Banka onay vermedi"),
    "three_d": ("2", "3D Secure şifresi yanlış"),
    "expired": ("6", "Müşteri ödeme sayfasından ayrıldı"),
    "fraud": ("11", "Şüpheli işlem"),
    "too_little": ("5", "Gönderilen tutar düşük"),
}
MONTHS = "%d.%m.%Y"


class Merchant(NamedTuple):
    id: str
    key: str
    salt: str


class Wrong(Exception):
    """An error of theirs: number and text."""


def mac(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def is_signed(merchant: Merchant, values: list[str], theirs: str) -> bool:
    ours = mac(merchant.key, "".join(values) + merchant.salt)
    return hmac.compare_digest(ours.encode(), theirs.encode())


class PayTR(Protocol):
    code = "paytr"

    def __init__(self, merchants: dict[str, tuple[str, str]]) -> None:
        self.merchants = {key: Merchant(key, *secret) for key, secret in {**merchants, **STRANGER}.items()}

    def find(self, bank: Bank, request: Request) -> Call | None:
        route = ROUTES.get(request.path)
        if route is None or request.method != "POST":
            return None
        form = request.form
        return Call(route.action, lambda: self._answer(bank, form, route), _amount(form))

    def _answer(self, bank: Bank, form: dict[str, str], route: Route) -> Response:
        merchant = self.merchants.get(form.get("merchant_id", ""))
        signed = EFT if form.get("payment_type") == "eft" else route.signed
        values = [form.get(name, "") for name in signed]
        theirs = form.get("paytr_token", "")
        if merchant is None or not is_signed(merchant, [merchant.id, *values], theirs):
            return _json(route.refused)
        try:
            return _json({"status": "success", **route.answer(self, bank, merchant, form)})
        except Wrong as wrong:
            return _json({"status": "error", "err_no": wrong.args[0], "err_msg": wrong.args[1]})
        except Refuse as refused:
            return _json({"status": "failed", "reason": str(refused)})

    def busy(self) -> Response:
        return _json({"status": "error", "err_no": "000", "err_msg": "İşlem sürüyor, tekrar deneyin"})

    # --- To the shop ---

    def letter(self, bank: Bank, payment: Payment, *, is_forged: bool = False) -> Letter | None:
        merchant = self.merchants[payment.merchant]
        if payment.state in ("transfer", "review"):
            return self._interim(merchant, payment) if payment.kind == "eft" else None
        is_paid = payment.state == "paid" or is_forged
        total = payment.paid if payment.state == "paid" else payment.asked
        form = {
            "merchant_oid": payment.reference,
            "status": "success" if is_paid else "failed",
            "total_amount": _kurus(total),
            "payment_amount": _kurus(payment.asked),
            "payment_type": payment.kind,
            "currency": "TL" if payment.currency == "TRY" else payment.currency,
            "test_mode": payment.form["test_mode"],
        }
        if is_paid and payment.installments > 1:
            form["installment_count"] = str(payment.installments)
        if not is_paid:
            code, text = REASONS.get(payment.reason, ("0", payment.reason))
            form |= {"failed_reason_code": code, "failed_reason_msg": text}
        key = "sahteAnahtar" if is_forged else merchant.key
        form["hash"] = mac(key, form["merchant_oid"] + merchant.salt + form["status"] + form["total_amount"])
        return _letter(form)

    def _interim(self, merchant: Merchant, payment: Payment) -> Letter:
        form = {
            "merchant_oid": payment.reference,
            "status": "info",
            "bank": "isbank",
            "user_phone": "",
            "tc_no_last5": "",
        }
        return _letter({**form, "hash": mac(merchant.key, payment.reference + "isbank" + merchant.salt)})

    def leave(self, bank: Bank, payment: Payment, *, is_forged: bool = False) -> Leave:
        is_paid = payment.state in ("paid", "review", "transfer")
        return Leave("GET", payment.form["ok" if is_paid else "fail"], {})

    # --- What is asked ---

    def start(self, bank: Bank, merchant: Merchant, form: dict[str, str]) -> dict[str, Any]:
        is_eft, reference = form.get("payment_type") == "eft", form.get("merchant_oid", "")
        _check(form, is_eft)
        if bank.book.find(self.code, merchant=merchant.id, reference=reference):
            raise Refuse("merchant_oid daha önce kullanıldı")
        now = bank.book.now()
        kept = {"ok": form.get("merchant_ok_url", ""), "fail": form.get("merchant_fail_url", "")}
        row = Payment(
            number(9), now, self.code, merchant.id, reference, secrets.token_hex(32),
            Decimal(form["payment_amount"]) / 100, _currency(form),
            until=now + (7 * 86400 if is_eft else 60 * int(form.get("timeout_limit") or 30)),
            kind="eft" if is_eft else "card", form={**kept, "test_mode": form.get("test_mode", "0")},
        )  # fmt: skip
        return {"token": bank.book.save(row).token}

    def status(self, bank: Bank, merchant: Merchant, form: dict[str, str]) -> dict[str, Any]:
        row = self._paid(bank, merchant, form, "004")
        return {
            "payment_amount": f"{row.asked:.2f}",
            "payment_total": f"{row.paid:.2f}",
            "payment_date": f"{bank.book.local(row.paid_at):%Y-%m-%d %H:%M:%S}",
            "currency": "TL" if row.currency == "TRY" else row.currency,
            "net_tutar": f"{row.paid - row.fee:.2f}",
            "kesinti_tutari": f"{row.fee:.2f}",
            "taksit": str(row.installments if row.installments > 1 else 0),
            "odeme_tipi": "EFT" if row.kind == "eft" else "KART",
            "test_mode": row.form["test_mode"],
            "returns": [
                {"return_amount": f"{each.amount:.2f}", "reference_no": each.reference}
                for each in bank.book.refunds(row)
            ],
        }

    def refund(self, bank: Bank, merchant: Merchant, form: dict[str, str]) -> dict[str, Any]:
        planned = bank.next_of("refunds", self.code)
        if planned:
            raise Wrong(
                *{"balance": ("010", "Bakiye yetersiz"), "busy": ("000", "Kilitli")}.get(
                    planned, ("008", "Yok")
                )
            )
        row, amount = self._paid(bank, merchant, form, "005"), _decimal(form.get("return_amount"))
        if amount is None:
            raise Wrong("003", "return_amount yok")
        if bank.book.now() - row.paid_at > 365 * 86400:
            raise Wrong("011", "Bir yıldan eski")
        if bank.book.give_back(row, amount=amount, reference=form.get("reference_no", "")) is None:
            raise Wrong("009", "Kalan tutardan fazla")
        names = ("merchant_oid", "return_amount", "reference_no")
        return {"is_test": int(row.form["test_mode"]), **{name: form.get(name, "") for name in names}}

    def _paid(self, bank: Bank, merchant: Merchant, form: dict[str, str], error: str) -> Payment:
        row = bank.book.find(self.code, merchant=merchant.id, reference=form.get("merchant_oid", ""))
        if row is None or row.state != "paid":
            raise Wrong(error, "Başarılı ödeme yok")
        return row

    def day(self, bank: Bank, merchant: Merchant, form: dict[str, str]) -> dict[str, Any]:
        start, end = form["start_date"], form["end_date"]
        rows: list[dict[str, Any]] = []
        for row in bank.book.payments(self.code, merchant=merchant.id):
            if row.paid > 0:
                rows += [_moved(bank, row, row.paid_at, "S", row.paid, row.fee)]
                rows += [_moved(bank, row, each.at, "I", each.amount) for each in bank.book.refunds(row)]
        found = [row for row in rows if start <= row.pop("at") <= end]
        if not found:
            raise Refuse("ilgili tarih aralığında işlem yok")
        return {"data": found}


class Refuse(Exception):
    """`failed` with a reason."""


class Route(NamedTuple):
    action: str
    signed: list[str]
    answer: Callable[[PayTR, Bank, Merchant, dict[str, str]], dict[str, Any]]
    refused: dict[str, Any]  # where the token is wrong


def _error(code: str) -> dict[str, Any]:
    return {"status": "error", "err_no": code, "err_msg": "paytr_token geçersiz"}


ROUTES = {
    "/odeme/api/get-token": Route(
        "start", CARD, PayTR.start, {"status": "failed", "reason": "paytr_token gönderilmedi veya geçersiz"}
    ),
    "/odeme/durum-sorgu": Route("look_up", ["merchant_oid"], PayTR.status, _error("003")),
    "/odeme/iade": Route("refund", ["merchant_oid", "return_amount"], PayTR.refund, _error("004")),
    "/rapor/islem-dokumu": Route("report", ["start_date", "end_date"], PayTR.day, _error("003")),
}


def _json(body: dict[str, Any]) -> Response:
    return Response(json.dumps(body, ensure_ascii=False).encode())


def _letter(form: dict[str, str]) -> Letter:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return Letter(urlencode(form), headers, tries=5, repeat_after=60.0)


def _check(form: dict[str, str], is_eft: bool) -> None:
    reference = form.get("merchant_oid", "")
    if not (reference.isascii() and reference.isalnum() and len(reference) <= 64):
        raise Refuse("merchant_oid alfanumerik olmalı")
    if not form.get("payment_amount", "").isdecimal() or int(form["payment_amount"]) < 100:
        raise Refuse("payment_amount geçersiz")
    if missing := [name for name in NEEDED if not is_eft and not form.get(name)]:
        raise Refuse(f"{missing[0]} eksik")
    if not is_eft and not _is_basket(form.get("user_basket", "")):
        raise Refuse("user_basket okunamadı")


def _is_basket(text: str) -> bool:
    try:
        rows = json.loads(base64.b64decode(text, validate=True))
    except ValueError:
        return False
    return bool(rows) and all(len(row) == 3 for row in rows)


def _moved(
    bank: Bank, row: Payment, at: float, kind: str, amount: Decimal, fee: Decimal | None = None
) -> dict[str, Any]:
    local = bank.book.local(at)
    return {
        "at": f"{local:%Y-%m-%d %H:%M:%S}", "islem_tipi": kind,
        "islem_tutari": f"{amount:.2f}".replace(".", ","),
        "kesinti_tutari": f"{fee or 0:.2f}".replace(".", ","), "islem_tarihi": local.strftime(MONTHS),
        "para_birimi": "TL" if row.currency == "TRY" else row.currency, "siparis_no": row.reference,
    }  # fmt: skip


def _currency(form: dict[str, str]) -> str:
    given = form.get("currency") or "TL"
    return "TRY" if given == "TL" else given


def _kurus(amount: Decimal) -> str:
    return str(int(amount * 100))


def _decimal(text: str | None) -> Decimal | None:
    try:
        return Decimal(text or "")
    except InvalidOperation:
        return None


def _amount(form: dict[str, str]) -> Decimal | None:
    if form.get("payment_amount", "").isdecimal():
        return Decimal(form["payment_amount"]) / 100
    return _decimal(form.get("return_amount"))

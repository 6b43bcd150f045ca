"""What the bank says as iyzico: signatures, errors, figures."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from .bank import Bank, Request

CODE = "iyzico"
STATES = {
    "open": "INIT_THREEDS",
    "paid": "SUCCESS",
    "voided": "SUCCESS",
    "review": "SUCCESS",
    "transfer": "INIT_BANK_TRANSFER",
}


@dataclass(frozen=True)
class Ask:
    """A request whose signature is right."""

    bank: Bank
    merchant: str
    secret: str
    body: Any
    query: dict[str, str]


class Failure(Exception):
    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code, self.text = code, text


def failure(code: str, text: str) -> dict[str, Any]:
    return {"status": "failure", "errorCode": code, "errorMessage": text, "errorGroup": "ERROR"}


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


def require(body: Any, names: tuple[str, ...], code: str) -> None:
    if missing := [name for name in names if not body.get(name)]:
        raise Failure(code, f"Eksik alan: {missing[0]}")


def figure(value: Any) -> Decimal:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        raise Failure("11", "Tutar okunamadı") from None
    if found <= 0 or found != found.quantize(Decimal("0.01")):
        raise Failure("5005", "Tutar geçersiz")
    return found

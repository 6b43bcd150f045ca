"""Signatures against values that neither side has made: the clients and the bank, each for itself.

What both got wrong in the same way a test of one against the other would never see.
"""

from __future__ import annotations

import ast
import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from payments.bank import iyzico as iyzico_bank
from payments.bank import iyzico_words as iyzico_bank_words
from payments.bank import param as param_bank
from payments.bank import paytr as paytr_bank
from payments.bank.bank import Request
from payments.providers import iyzico_words, param_words, paytr_words, registry, wire
from payments.providers.base import Callback, State

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
VECTORS = json.loads((HERE / "vectors.json").read_text())
FORM = "application/x-www-form-urlencoded"


# --- iyzico ---


@pytest.mark.parametrize("row", VECTORS["iyzico_requests"])
def test_requests_of_iyzico(row):
    given = {"key": row["api_key"], "secret": row["key"], "nonce": row["random_key"], "path": row["path"]}
    assert iyzico_words.authorization(**given, body=row["body"].encode()) == row["header"]


@pytest.mark.parametrize("row", VECTORS["iyzico_requests"])
def test_the_bank_takes_and_refuses_requests_of_iyzico(row):
    bank = iyzico_bank.Iyzico({row["api_key"]: row["key"]})
    request = Request("POST", row["path"] + "?a=1", {"authorization": row["header"]}, row["body"].encode())
    assert bank._merchant(request) == (row["api_key"], "")
    longer = Request("POST", row["path"], request.headers, request.body + b" ")
    assert bank._merchant(longer) == ("", "1000")
    assert bank._merchant(Request("POST", "/payment/other", request.headers, request.body)) == ("", "1000")
    assert iyzico_bank.Iyzico({})._merchant(request) == ("", "1001")
    legacy = {"authorization": VECTORS["iyzico_legacy_header"]}
    assert bank._merchant(Request("POST", row["path"], legacy, request.body)) == ("", "1000")
    assert bank._merchant(Request("POST", row["path"], {}, request.body)) == ("", "1007")


@pytest.mark.parametrize(("given", "written"), VECTORS["iyzico_figures"])
def test_figures_that_iyzico_signs(given, written):
    assert iyzico_words.plain(given) == written
    if "E" not in given:
        assert iyzico_bank_words.short(given) == written


@pytest.mark.parametrize("row", VECTORS["iyzico_replies"])
def test_replies_of_iyzico(row):
    reply = dict(zip(row["fields"], row["values"], strict=True))
    for name in {"price", "paidPrice"} & reply.keys():
        reply[name] = Decimal(reply[name]).quantize(Decimal("0.01"))  # as a reply writes it
    assert iyzico_words.reply_signature(row["key"], reply, tuple(row["fields"])) == row["signature"]
    assert iyzico_bank_words.seal(row["key"], row["values"]) == row["signature"]


@pytest.mark.parametrize("row", VECTORS["iyzico_callbacks"])
def test_callbacks_of_iyzico(row):
    body = dict(zip(row["fields"], row["values"], strict=True))
    assert iyzico_words.callback_signature(row["key"], body) == row["signature"]
    message = (row["key"] + "".join(row["values"])).encode()
    assert iyzico_bank_words.hexmac(row["key"], message) == row["signature"]


# --- PayTR ---


@pytest.mark.parametrize("row", VECTORS["paytr_requests"])
def test_requests_of_paytr(row):
    assert paytr_words.token(row["key"], row["salt"], *row["values"]) == row["signature"]
    fields = {
        "/odeme/api/get-token": paytr_words.EFT if "payment_type" in row["fields"] else paytr_words.CARD
    }
    assert ["merchant_id", *fields.get(row["path"], row["fields"][1:])] == row["fields"]
    merchant = paytr_bank.Merchant("100001", row["key"], row["salt"])
    assert paytr_bank.is_signed(merchant, row["values"], row["signature"])
    assert not paytr_bank.is_signed(merchant, [*row["values"], "x"], row["signature"])
    signed = paytr_bank.EFT if "payment_type" in row["fields"] else paytr_bank.ROUTES[row["path"]].signed
    assert ["merchant_id", *signed] == row["fields"]


@pytest.mark.parametrize("row", VECTORS["paytr_callbacks"])
def test_callbacks_of_paytr(row, settings):
    settings.PAYTR_MERCHANT_KEY, settings.PAYTR_MERCHANT_SALT = row["key"], row["salt"]
    body = urlencode(row["form"]).encode()
    message = registry.get("paytr").read_callback(Callback({"content-type": FORM}, body))
    assert message.reference == row["form"]["merchant_oid"]
    expected = {"success": State.SETTLED, "failed": State.REFUSED, "info": State.PENDING}
    assert message.outcome
    assert message.outcome.state == expected[row["form"]["status"]]


def test_a_callback_of_paytr_with_instalments(settings):
    row = VECTORS["paytr_callbacks"][0]
    settings.PAYTR_MERCHANT_KEY, settings.PAYTR_MERCHANT_SALT = row["key"], row["salt"]
    message = registry.get("paytr").read_callback(Callback({}, urlencode(row["form"]).encode()))
    outcome = message.outcome
    assert outcome
    told = (outcome.amount, outcome.paid, outcome.currency, outcome.installments, outcome.is_test)
    assert told == (Decimal("1234.50"), Decimal("1300.00"), "TRY", 3, True)


# --- Param ---


@pytest.mark.parametrize("row", VECTORS["param_hashes"])
def test_hashes_of_param(row):
    assert param_words.digest(row["text"]) == row["hash"]
    assert param_bank.sha(row["text"]) == row["hash"]


def test_the_return_of_param():
    client, guid, *values = VECTORS["param_return"]["values"]
    form = {param_words.RETVAL + name: value for name, value in zip(param_words.HASHED, values, strict=True)}
    assert param_words.return_hash(client, guid, form) == VECTORS["param_return"]["hash"]


# --- Amounts, one way to write for each use ---

AMOUNTS = [
    ("10.50", "10.50", "1050", "10,50"),
    ("1234.50", "1234.50", "123450", "1234,50"),
    ("0.07", "0.07", "7", "0,07"),
]


@pytest.mark.parametrize(("amount", "dot", "kurus", "comma"), AMOUNTS)
def test_amounts_as_they_are_sent(amount, dot, kurus, comma):
    value = Decimal(amount)
    assert (iyzico_words.money(value), paytr_words.money(value), param_words.double(value)) == (dot,) * 3
    assert paytr_words.kurus(value) == kurus
    assert param_words.money(value) == comma
    assert paytr_words.from_kurus(kurus) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10.8", "10.80"), ("10,8", "10.80"), ("1.234,50", "1234.50"), ("0", "0.00"),
        (Decimal("10.5"), "10.50"),
        (" 7 ", "7.00"),
    ],
)  # fmt: skip
def test_amounts_as_they_come(text, value):
    assert wire.decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", [None, "", "x", "NaN", "Infinity", "1e99", "--1", "1,2,3"])
def test_what_is_no_amount(text):
    assert wire.decimal(text) is None


@pytest.mark.parametrize("text", [None, "", "-5", "1.5", "x", "9" * 20, "²"])
def test_what_is_no_kurus(text):
    assert paytr_words.from_kurus(text) is None


@pytest.mark.parametrize(
    ("number", "digits"),
    [("+905321112233", "5321112233"), ("0532 111 22 33", "5321112233"), ("+902121112233", ""), ("", "")],
)
def test_phones_for_param(number, digits):
    assert param_words.phone(number) == digits


# --- How signatures are compared ---


def comparisons(path: Path) -> list[str]:
    """Names that smell of signatures and are compared with == or !=."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            text = ast.unparse(node).lower()
            found += (
                [text] if any(word in text for word in ("sign", "hash", "proof", "theirs", "mac")) else []
            )
    return found


@pytest.mark.parametrize("folder", ["payments/providers", "payments/bank"])
def test_signatures_are_compared_in_constant_time(folder):
    files = list((ROOT / folder).glob("*.py"))
    assert [text for path in files for text in comparisons(path)] == []
    assert any("compare_digest" in path.read_text() for path in files)


def test_the_check_of_comparisons_sees_one(tmp_path):
    (tmp_path / "x.py").write_text("ok = signature == theirs")
    assert comparisons(tmp_path / "x.py")


def test_each_reader_of_callbacks_compares_by_the_one_function(monkeypatch, settings):
    """Negative control: were the comparison a yes-man, every forgery below would pass."""
    asked: list[Any] = []
    monkeypatch.setattr(wire, "is_same", lambda ours, theirs: not asked.append((ours, theirs)))
    registry.get("iyzico").read_callback(Callback({"x-iyz-signature-v3": "false"}, b'{"token": "x"}'))
    registry.get("paytr").read_callback(
        Callback({}, b"merchant_oid=A&status=success&total_amount=100&hash=x")
    )
    registry.get("param").read_callback(Callback({}, b"TURKPOS_RETVAL_Siparis_ID=A&TURKPOS_RETVAL_Hash=x"))
    assert len(asked) == 3


def test_the_bank_and_the_clients_share_no_code():
    for folder, other in (("payments/bank", "payments.providers"), ("payments/providers", "payments.bank")):
        for path in (ROOT / folder).glob("*.py"):
            assert f"from {other}" not in path.read_text(), path

"""What a provider sent, as it may be kept: secrets by their names, cards and people by their looks."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

from core import logs

LONGEST = 20_000
PERSONAL = {
    "identitynumber", "buyername", "surname", "name", "email", "gsmnumber", "phone", "ip", "address",
    "cardholdername", "binnumber", "lastfourdigits", "cardtoken", "carduserkey", "merchant_oid_card",
}  # fmt: skip


def raw(body: bytes) -> str:
    text = body[:LONGEST].decode("utf-8", "replace").replace("\0", "")
    return logs.mask_text(_as_json(text) or _as_form(text) or text)


def _as_json(text: str) -> str:
    try:
        return json.dumps(_plain(json.loads(text)), ensure_ascii=False)
    except ValueError:
        return ""


def _as_form(text: str) -> str:
    pairs = parse_qsl(text, keep_blank_values=True)
    return urlencode([(name, _value(name, value)) for name, value in pairs], safe="[]* ") if pairs else ""


def _plain(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _plain(item, str(key)) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, name) for item in value]
    return _value(name, value)


def _value(name: str, value: Any) -> Any:
    if name.lower() in PERSONAL or name.lower() == "hash":
        return "[kept away]" if value not in (None, "") else value
    return logs.mask(value, name)

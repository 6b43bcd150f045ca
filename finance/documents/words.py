"""An amount in Turkish words, as it stands on an invoice: `Yalnız dokuz yüz Türk lirası elli kuruş`."""

from __future__ import annotations

from decimal import Decimal

ONES = ("", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
TENS = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
GROUPS = ("", "bin", "milyon", "milyar")


def amount(value: Decimal) -> str:
    whole, part = divmod(int(value * 100), 100)
    said = [f"{number(whole)} Türk lirası"] if whole or not part else []
    return f"Yalnız {' '.join([*said, *([f'{number(part)} kuruş'] if part else [])])}"


def number(value: int) -> str:
    if not value:
        return "sıfır"
    found: list[str] = []
    for name in GROUPS:
        value, group = divmod(value, 1000)
        if group:
            spoken = "" if name == "bin" and group == 1 else _below_thousand(group)
            found.insert(0, f"{spoken} {name}".strip())
    return " ".join(found)


def _below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    front = "yüz" if hundreds == 1 else f"{ONES[hundreds]} yüz" if hundreds else ""
    return " ".join(word for word in (front, TENS[rest // 10], ONES[rest % 10]) if word)

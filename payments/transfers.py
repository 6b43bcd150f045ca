"""The short reference people write into the text of their transfer, and how it is found again."""

from __future__ import annotations

import re

from .models import Attempt
from .providers.base import Method

SIGNS = 8
_CODE = re.compile(rf"DV[\s-]?([A-Z0-9]{{{SIGNS}}})(?![A-Z0-9])")


def code_of(attempt: Attempt) -> str:
    """`DV-` and the first signs of its reference: short enough to type, one of 36⁸."""
    return f"DV-{attempt.reference[:SIGNS]}"


def find(text: str) -> Attempt | None:
    """The transfer that the text of a bank statement names; None without exactly one."""
    codes = set(_CODE.findall(text.upper().replace("İ", "I")))
    if len(codes) != 1:
        return None
    rows = Attempt.objects.filter(method=Method.TRANSFER, reference__startswith=codes.pop())[:2]
    return rows[0] if len(rows) == 1 else None

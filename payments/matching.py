"""What a line of a bank statement is about, by our references in its text; and what it might be about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from django.db.models import Q

from core import text

from . import transfers
from .models import Attempt, BankStatementLine, LineState, Payout, RefundPart
from .models.payments import REFERENCE_LENGTH
from .providers.base import Method
from .states import RefundStatus

LOOK_ALIKE = str.maketrans("OQDIL|SBZ", "000111582")
CANDIDATES, LEAST = 200, 60


def references(words: str) -> set[str]:
    """All that could be a reference of ours. Banks break texts by blanks, so they are joined as well."""
    upper = words.upper().replace("İ", "I")
    tokens = re.findall(r"[A-Z0-9]+", upper)
    joined = [first + second for first, second in pairwise(tokens)]
    return {token for token in [*tokens, *joined] if len(token) == REFERENCE_LENGTH}


def attempt_of(words: str) -> Attempt | None:
    """The transfer it pays; none without exactly one."""
    if found := transfers.find(words):
        return found
    rows = Attempt.objects.filter(method=Method.TRANSFER, reference__in=references(words))[:2]
    return rows[0] if len(rows) == 1 else None


def payout_of(words: str) -> Payout | None:
    return _only(Payout.objects.select_related("business").filter(reference__in=references(words)))


def returned_line(words: str) -> BankStatementLine | None:
    waiting = BankStatementLine.objects.filter(state=LineState.RETURNING)
    return _only(waiting.filter(return_reference__in=references(words)))


def part_of(words: str) -> RefundPart | None:
    """A refund by hand: by our reference, or the bank's that somebody wrote down."""
    waiting = RefundPart.objects.filter(is_by_hand=True, status=RefundStatus.MANUAL)
    named = Q(reference__in=references(words))
    tokens = [token for token in re.findall(r"\S+", words) if len(token) > 5]
    return _only(waiting.filter(named | Q(bank_reference__in=tokens)))


def _only(rows: Any) -> Any:
    found = rows[:2]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class Suggestion:
    attempt: Attempt
    score: int  # of a hundred
    code: str


def suggestions(line: BankStatementLine, *, most: int = 5) -> list[Suggestion]:
    """Transfers of this amount that still wait, by how much the text and the name are alike."""
    if line.amount <= 0:
        return []
    rows = Attempt.objects.filter(method=Method.TRANSFER, captured_at=None, amount__lte=line.amount)
    rows = rows.select_related("payment__payer").order_by("-created_at")
    exact = list(rows.filter(amount=line.amount)[:CANDIDATES])
    found = [Suggestion(one, _score(line, one), transfers.code_of(one)) for one in exact]
    good = [one for one in found if one.score >= LEAST]
    return sorted(good, key=lambda one: -one.score)[:most]


def _score(line: BankStatementLine, attempt: Attempt) -> int:
    """Likeness of the code counts most; a name that is the payer's own lifts it."""
    words = re.sub(r"[^A-Z0-9]", "", line.text.upper().replace("İ", "I")).translate(LOOK_ALIKE)
    code = transfers.code_of(attempt).replace("-", "").translate(LOOK_ALIKE)
    likeness = max((_alike(words[at : at + len(code)], code) for at in range(len(words))), default=0.0)
    payer = attempt.payment.payer
    name = text.fold(payer.get_full_name() if payer else attempt.payment.name)
    is_named = bool(name) and text.fold(line.payer or line.text).find(name) >= 0
    return min(99, round(likeness * 90) + (9 if is_named else 0)) if likeness > 0.6 else 65 * is_named


def _alike(part: str, code: str) -> float:
    return SequenceMatcher(None, part, code, autojunk=False).ratio()

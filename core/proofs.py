"""Proofs: functions that examine the running system and say whether a promise holds right now.

    @proofs.proof("payments.refund_same_day", title=_("Refund on the same day"))
    def refund_same_day() -> Result: ...

The same function is called by the tests, by the schedule and when an answer that claims it is
published. The last result of each is a row that pages show with its time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from . import response_cache

log = logging.getLogger(__name__)

SHOWN = "proofs"  # the tag of answers that show results


class State(TextChoices):
    OK = "ok", _("Verified")
    DEGRADED = "degraded", _("Limited")
    FAILED = "failed", _("Does not hold")
    UNKNOWN = "unknown", _("Could not be checked")


@dataclass(frozen=True)
class Result:
    """`public` is a sentence for readers, `detail` the figures for staff."""

    state: State
    public: Any
    detail: str = ""


@dataclass(frozen=True)
class Proof:
    code: str
    title: Any
    check: Callable[[], Result]


_proofs: dict[str, Proof] = {}


def proof(code: str, *, title: Any) -> Callable[[Callable[[], Result]], Callable[[], Result]]:
    def register(check: Callable[[], Result]) -> Callable[[], Result]:
        _proofs[code] = Proof(code, title, check)
        return check

    return register


def every() -> list[Proof]:
    return [_proofs[code] for code in sorted(_proofs)]


def choices() -> list[tuple[str, Any]]:
    return [(entry.code, entry.title) for entry in every()]


def examine(code: str) -> Result:
    """Run one proof. A proof that breaks has proven nothing, so the answer is `unknown`."""
    try:
        with transaction.atomic():
            return _proofs[code].check()
    except Exception as error:
        log.exception("proof could not be run", extra={"proof": code})
        return Result(
            State.UNKNOWN, _("We could not check this just now."), f"{type(error).__name__}: {error}"
        )


def check(code: str) -> Any:
    """Run one proof and keep its result. Its sentence is stored in the source language, Turkish."""
    from .models import ProofResult

    with translation.override("tr"):
        result = examine(code)
        found = ProofResult(
            code=code,
            state=result.state,
            public=str(result.public),
            detail=result.detail,
            checked_at=timezone.now(),
        )
    response_cache.purge(SHOWN)
    fresh = ["state", "public", "detail", "checked_at"]
    rows = ProofResult.objects.bulk_create(
        [found], update_conflicts=True, unique_fields=["code"], update_fields=fresh
    )
    return rows[0]


def check_all(codes: Iterable[str] | None = None) -> list[Any]:
    return [check(code) for code in (codes if codes is not None else sorted(_proofs))]

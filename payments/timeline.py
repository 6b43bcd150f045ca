"""Everything that happened to a payment, in the order in which it happened, for staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from core import money
from core.models import Line
from finance.models import Entry, Txn

from . import events, words
from .models import Attempt, GatewayEvent, Payment, RefundPart
from .services.wallets import source
from .states import AttemptStatus, RefundStatus

GOOD, BAD, PLAIN = "good", "bad", "plain"
TONES = {
    AttemptStatus.CAPTURED: GOOD,
    AttemptStatus.FAILED: BAD,
    AttemptStatus.ATTENTION: BAD,
    AttemptStatus.UNKNOWN: BAD,
    RefundStatus.SUCCEEDED: GOOD,
}


@dataclass(frozen=True)
class Moment:
    at: datetime
    kind: str  # attempt, gateway, ledger, refund, payment
    title: str
    text: str = ""
    tone: str = PLAIN
    raw: str = ""
    entries: list[tuple[Any, str]] = field(default_factory=list)


def of(payment: Payment) -> list[Moment]:
    """Five statements, however much happened."""
    attempts = {one.pk: one for one in payment.attempts.all()}
    parts = {
        one.pk: one for one in RefundPart.objects.filter(refund__payment=payment).select_related("attempt")
    }
    found = [*_journal(payment, attempts, parts), *_gateway(attempts), *_ledger(payment)]
    order = {"payment": 0, "attempt": 1, "gateway": 2, "refund": 3, "ledger": 4}
    return sorted(found, key=lambda one: (one.at, order[one.kind]))


def _journal(payment: Payment, attempts: dict[int, Attempt], parts: dict[int, RefundPart]) -> list[Moment]:
    lines = [
        *_lines(Payment, [payment.pk]),
        *_lines(Attempt, attempts),
        *_lines(RefundPart, parts),
    ]
    told = [_moment(line, attempts, parts) for line in lines]
    return [one for one in told if one]


def _lines(model: Any, keys: Any) -> Any:
    kind = ContentType.objects.get_for_model(model)
    rows = Line.objects.filter(subject_type=kind, subject_id__in=[str(key) for key in keys])
    return rows.select_related("actor").order_by("at", "pk")


def _moment(line: Line, attempts: dict[int, Attempt], parts: dict[int, RefundPart]) -> Moment | None:
    who = f" · {line.actor}" if line.actor else ""
    to = line.data.get("to", "")
    if line.name in (events.CHOSEN, events.ATTEMPT, events.ATTENTION):
        attempt = attempts[int(line.subject_id or 0)]
        label = AttemptStatus(to).label if to else _("Begun")
        title = f"{words.label(attempt.provider)}: {label}"
        return Moment(line.at, "attempt", title, _about(attempt, line) + who, TONES.get(to, PLAIN))
    if line.name in (events.REFUND_PART, events.REFUND_WITH_PERSON):
        part = parts[int(line.subject_id or 0)]
        label = RefundStatus(to).label if to else _("Given to a person")
        tone = TONES.get(to, BAD if not to or to == RefundStatus.FAILED else PLAIN)
        return Moment(
            line.at, "refund", f"{_('Refund')} {money.display(part.amount)}: {label}", _to(part) + who, tone
        )
    titles = {
        events.STARTED: _("Payment begun"),
        events.PAID: _("Paid"),
        events.EXPIRED: _("Ran out"),
        events.CANCELLED: _("Cancelled"),
        events.READ: _("Read by staff"),
    }
    known = titles.get(line.name)
    return Moment(line.at, "payment", known, who.removeprefix(" · ")) if known else None


def _about(attempt: Attempt, line: Line) -> str:
    figures = f"{money.display(attempt.amount)} · {attempt.reference}"
    why = line.data.get("difference") or line.data.get("reason") or line.data.get("code") or ""
    told = f" ({line.data['amount']} {line.data['currency']})" if "difference" in line.data else ""
    return f"{figures} · {words.DIFFERENCES.get(why, why)}{told}" if why else figures


def _to(part: RefundPart) -> str:
    to = words.label(part.attempt.provider) if part.attempt else _("Wallet")
    why = f" · {part.code} {part.reason}".rstrip() if part.code or part.reason else ""
    return f"{to} · {part.reference}{why}"


def _gateway(attempts: dict[int, Attempt]) -> list[Moment]:
    rows = GatewayEvent.objects.filter(attempt__in=attempts)
    return [
        Moment(
            row.received_at,
            "gateway",
            f"{words.label(row.provider)}: {row.kind}",
            _("What we did: %(what)s. Came again: %(number)s times.")
            % {"what": row.outcome or "…", "number": row.repeats},
            PLAIN,
            row.raw,
        )
        for row in rows
    ]


def _ledger(payment: Payment) -> list[Moment]:
    keys = [f"item {item.pk} settled" for item in payment.items.all()]
    keys += [f"refund {refund.public_id}" for refund in payment.refunds.all()]
    postings = Txn.objects.filter(source=source(payment)) | Txn.objects.filter(key__in=keys)
    entries: dict[int, list[tuple[Any, str]]] = {}
    for entry in Entry.objects.filter(txn__in=postings).select_related("account").order_by("pk"):
        name = f"{entry.account.get_kind_display()} {entry.account.name}".strip()
        entries.setdefault(entry.txn_id, []).append((name, money.display(entry.amount)))
    return [Moment(txn.at, "ledger", txn.kind, txn.key, entries=entries.get(txn.pk, [])) for txn in postings]

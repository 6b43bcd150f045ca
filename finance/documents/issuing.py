"""The verbs that issue. Each belongs into the transaction of what it is about, as the last thing in it.

The number is counted by the database in a row that stays locked until the commit, so a transaction that
issues for several businesses does it in the order of their numbers. A key issues once, whoever repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import Truncator

from core import journal, money

from .. import events, locks
from ..errors import CreditTooLarge
from ..models import CommissionLine, Document, DocumentKind, EState
from ..models.documents import TAXED
from ..sold import Sold
from . import lines as written
from . import numbers, parties
from .lines import Line
from .parties import Party

SALES = (DocumentKind.INVOICE, DocumentKind.RECEIPT)


@transaction.atomic
def issue_sale(
    *,
    key: str,
    kind: str,
    issuer: Any,
    buyer: Any,
    sold: Sequence[Sold],
    now: datetime,
    buyer_name: str = "",
    party: Party | None = None,
    line: CommissionLine | None = None,
    reference: str = "",
    paid_with: str = "",
) -> Document:
    """The invoice or receipt of one charge. `issuer` None: Diji.vet itself.

    `party` says more of the buyer than her account does (a company, an address abroad). With the commission
    line of the sale, document and books have to agree.
    """
    if kind not in SALES:
        raise ValueError(f"a sale has no {kind}")
    content = written.of_sold(sold)
    if line and (line.gross, line.vat) != (written.gross(content), written.vat(content)):
        raise ValueError(f"document {key} and the books differ")
    return issue(
        key=key,
        kind=kind,
        issuer=issuer,
        user=buyer,
        to=party or parties.buyer(buyer, buyer_name),
        content=content,
        now=now,
        line=line,
        reference=reference,
        more={"paid_with": paid_with} if paid_with else {},
    )


@transaction.atomic
def issue_credit(*, key: str, of: Document, amount: Decimal, now: datetime, reason: str = "") -> Document:
    """The credit note of one refund. Repeatable by key; raises CreditTooLarge above what is left of `of`."""
    if known := Document.objects.filter(key=key).first():
        return known
    locks.document(of.pk)
    notes = list(of.credit_notes.order_by("pk"))
    if amount <= 0 or amount + sum(note.gross for note in notes) > of.gross:
        raise CreditTooLarge
    content = written.credited(
        written.read(of.facts),
        [written.read(note.facts) for note in notes],
        amount,
        _vat_of(of, notes, amount),
    )
    return issue(
        key=key,
        kind=DocumentKind.CREDIT_NOTE,
        issuer=of.issuer,
        user=of.user,
        business=of.business,
        to=Party(**of.facts["to"]),
        content=content,
        now=now,
        of=of,
        line=of.line,
        reference=of.reference,
        subject=of.subject,
        more={"reason": reason, "of": _named(of)},
    )


def _vat_of(of: Document, notes: list[Document], amount: Decimal) -> Decimal:
    """Counted from all that was given back so far, as the books do it: the last note takes what is left."""
    back = amount + sum(note.gross for note in notes)
    return money.lira(of.vat * back / of.gross) - sum(note.vat for note in notes)


def _named(of: Document) -> dict[str, str]:
    return {"number": of.number, "day": of.issued_on.isoformat()}


def issue(
    *,
    key: str,
    kind: str,
    issuer: Any,
    to: Party,
    content: list[Line],
    now: datetime,
    user: Any = None,
    business: Any = None,
    of: Document | None = None,
    line: CommissionLine | None = None,
    reference: str = "",
    subject: str = "",
    totals: tuple[Decimal, Decimal] | None = None,
    more: dict[str, Any] | None = None,
) -> Document:
    if known := Document.objects.filter(key=key).first():
        return known
    day = timezone.localdate(now)
    gross, vat = totals or (written.gross(content), written.vat(content))
    counted_as = of.kind if of and of.kind == DocumentKind.RECEIPT else kind  # no tax in it, going or coming
    made = Document(
        key=key,
        kind=kind,
        series=numbers.series(counted_as, issuer, day),
        issuer=issuer,
        user=user,
        business=business,
        of=of,
        line=line,
        subject=subject or _subject(content),
        reference=reference,
        gross=gross,
        vat=vat,
        issued_at=now,
        issued_on=day,
        e_state=EState.WAITING if counted_as in TAXED else EState.NOT_NEEDED,
        facts={
            "by": parties.business(issuer).facts,
            "to": to.facts,
            "lines": [one.facts for one in content],
            **(more or {}),
        },
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        rival = Document.objects.filter(key=key).first()  # somebody was quicker with the same key
        if rival is None:
            raise
        return rival
    made.refresh_from_db(fields=["year", "sequence", "number", "in_books_of"])
    journal.write(events.DOCUMENT_ISSUED, subject=made, data={"number": made.number})
    return made


def _subject(content: list[Line]) -> str:
    first = content[0].text if content else ""
    return Truncator(f"{first} +{len(content) - 1}" if len(content) > 1 else first).chars(200)

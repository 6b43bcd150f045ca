"""What this room promises about documents: numbers without a gap, a file for each, one mail if wished."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.proofs import Result, State, proof

from . import pricing_proofs  # noqa: F401  (it registers itself)
from .models import Document, DocumentCounter, DocumentMailed, DocumentMails, FileState

MADE_WITHIN = timedelta(minutes=5)
GUARDS = {
    "document_arrives",
    "document_is_kept",
    "document_stays",
    "counter_follows",
    "numbers_have_no_gap",
    "number_is_given_once",
}


@proof("finance.documents", title=gettext_lazy("Documents: numbers without a gap, a PDF for each"))
def documents_are_whole() -> Result:
    """Counters against documents, credit notes against what they credit, files, mails of the last day."""
    now = timezone.now()
    wrong = [
        *(f"guard {name}" for name in sorted(GUARDS - _guards())),
        *_gaps(),
        *_credited_too_much(),
        *_not_mailed(now),
    ]
    late = Document.objects.filter(pdf_state=FileState.WAITING, issued_at__lt=now - MADE_WITHIN).count()
    count = Document.objects.count()
    figures = f"{count} documents, {late} without a file for over five minutes; wrong: {wrong[:10]}"
    if wrong:
        return Result(State.FAILED, _("Something about documents is wrong; staff are on it."), figures)
    if late:
        return Result(
            State.DEGRADED, _("Some PDFs take longer than usual; the documents themselves stand."), figures
        )
    public = _("Numbers of all %(count)d documents follow each other without a gap.")
    return Result(State.OK, public % {"count": count}, figures)


def _gaps() -> list[str]:
    """Series in which count, highest number and counter differ."""
    found = Document.objects.order_by().values("issuer", "series", "year")
    rows = found.annotate(count=Count("pk"), highest=Max("sequence"))
    names = ("issuer_id", "series", "year", "last")
    last: dict[Any, int] = {row[:3]: row[3] for row in DocumentCounter.objects.values_list(*names)}
    counted = {(row["issuer"], row["series"], row["year"]): (row["count"], row["highest"]) for row in rows}
    return [f"gap {key}" for key in {*last, *counted} if counted.get(key) != (last.get(key), last.get(key))]


def _credited_too_much() -> list[str]:
    notes = Document.objects.annotate(back=Sum("credit_notes__gross"), back_vat=Sum("credit_notes__vat"))
    over = notes.filter(Q(back__gt=F("gross")) | Q(back_vat__gt=F("vat")))
    return [f"credit above {number}" for number in over.values_list("number", flat=True)[:10]]


def _not_mailed(now: datetime) -> list[str]:
    """Made since the switch was turned on, within a day and not in the last minutes, and no mail noted."""
    days = Q(issued_at__gt=now - timedelta(days=1), issued_at__lt=now - MADE_WITHIN)
    made = Document.objects.filter(days, pdf_state=FileState.MADE)
    missing: list[str] = []
    for owner, field in (("user", "user"), ("business", "in_books_of")):
        switched = DocumentMails.objects.filter(**{owner: OuterRef(field)}, since__lte=OuterRef("issued_at"))
        if owner == "business":
            switched = switched.exclude(business__email="")
        done = DocumentMailed.objects.filter(document=OuterRef("pk"), **{f"{owner}__isnull": False})
        rows = made.filter(Exists(switched), ~Exists(done))
        missing += [f"no mail of {number}" for number in rows.values_list("number", flat=True)[:10]]
    return missing


def _guards() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' AND NOT tgisinternal"
            " AND tgrelid::regclass::text IN ('finance_document', 'finance_documentcounter')"
            " UNION SELECT conname FROM pg_constraint WHERE conrelid = 'finance_document'::regclass"
        )
        return {name for (name,) in cursor.fetchall()}

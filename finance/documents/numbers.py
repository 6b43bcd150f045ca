"""Which series a document is counted in. The number itself is given by the database."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from ..models import DocumentCounter, DocumentKind

OURS = "DJV"
OWN = {DocumentKind.RECEIPT: "MAK", DocumentKind.STATEMENT: "HES"}  # no business of the tax office


def series(kind: str, issuer: Any, day: date) -> str:
    """Invoices, credit notes and commission share one series, so the tax office sees no gap."""
    return OWN.get(DocumentKind(kind)) or (
        OURS if issuer is None else _known(issuer) or _letters(issuer.slug)
    )


def _known(issuer: Any) -> str | None:
    """A business keeps the letters it began with."""
    used = DocumentCounter.objects.filter(issuer=issuer).exclude(series__in=OWN.values())
    return used.order_by("-year", "series").values_list("series", flat=True).first()


def _letters(slug: str) -> str:
    found = (re.sub("[^A-Z]", "", slug.upper()) + "XXX")[:3]
    return f"{found[:2]}X" if found in OWN.values() else found

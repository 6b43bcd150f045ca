"""Documents of the smallest valid kind."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from finance import documents
from finance.documents import bundles
from finance.models import Bundle, Document, DocumentKind
from finance.sold import Sold

_numbers = count(1)


def sold(amount: str = "120", percent: str = "20", text: str = "Kedi kumu", **more: Any) -> Sold:
    return Sold(text, Decimal(amount), Decimal(percent), **more)


def invoice(issuer: Any = None, buyer: Any = None, *lines: Sold, **more: Any) -> Document:
    given = {
        "key": f"sale {next(_numbers)}",
        "kind": DocumentKind.INVOICE,
        "now": timezone.now(),
        "buyer_name": "" if buyer else "Konuk Alıcı",
    }
    return documents.issue_sale(issuer=issuer, buyer=buyer, sold=list(lines) or [sold()], **given | more)


def ready_bundle(user: Any, business: Any = None) -> Bundle:
    """A ZIP of all her documents."""
    rows = Document.objects.of_business(business) if business else Document.objects.of_person(user)
    made = bundles.ask(
        by=user, business=business, documents=rows, form="zip", name="belgeler", now=timezone.now()
    )
    bundles.make(bundle=made, now=timezone.now())
    made.refresh_from_db()
    return made

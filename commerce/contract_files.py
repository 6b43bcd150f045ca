"""The PDF of what was confirmed: pre-information, contract and the model form of withdrawal in one file.

A contract stands without its file. It is made by the worker after the commit, or by whoever asks first.
"""

from __future__ import annotations

import hashlib
import logging
import time
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import pdf

from . import papers
from .models import Contract, PdfState

log = logging.getLogger(__name__)
LANGUAGE = papers.LANGUAGE


def file_name(contract: Contract) -> str:
    return f"sozlesme-{contract.parcel.number}.pdf"


def render(contract: Contract) -> bytes:
    """Always in Turkish, the language that binds."""
    with translation.override(LANGUAGE):
        facts, agreed = contract.facts, timezone.localtime(contract.agreed_at)
        return pdf.render("contract", {**_head(contract, agreed), **facts, "labels": _labels()})


def _head(contract: Contract, agreed: Any) -> dict[str, Any]:
    number = contract.parcel.number
    said = {"number": number, "at": date_format(agreed, "d.m.Y H:i")}
    return {
        "title": _("Order %(number)s") % said,
        "number": number,
        "date": {part: getattr(agreed, part) for part in ("year", "month", "day")},
        "confirmed": _("Pre-information and contract were confirmed apart on %(at)s.") % said,
        "fingerprint": f"SHA-256 {contract.sha256}",
        "page": _("Page"),
    }


def _labels() -> dict[str, str]:
    return {
        "seller": _("Seller"),
        "buyer": _("Buyer"),
        "goods": _("Goods"),
        "quantity": _("Quantity"),
        "unit": _("Unit price"),
        "price": _("Amount"),
        "vat": _("VAT"),
        "total": _("Total, VAT included"),
        "delivery": _("Delivery and payment"),
        "version": _("Version"),
    }


def withdrawal_form() -> bytes:
    """Empty, to be filled in by hand. Raises TextsMissing."""
    form = papers.texts().form
    with translation.override(LANGUAGE):
        facts = papers.text(form)
        today = timezone.localdate()
        day = {part: getattr(today, part) for part in ("year", "month", "day")}
        lines = [_("Seller"), _("Order number"), _("Goods"), _("Delivered on"), _("Buyer"), _("Address")]
        more = {"lines": [*lines, _("Date and signature")], "labels": _labels(), "page": _("Page")}
        return pdf.render("withdrawal_form", {"title": form.title, "date": day, "form": facts, **more})


def make(contract: Contract) -> bool:
    """Draw it and lay it into the private storage. False when somebody else did. Raises OSError."""
    content = render(contract)
    with transaction.atomic():
        waiting = Contract.objects.select_for_update(skip_locked=True, of=("self",))
        row = waiting.filter(pk=contract.pk, pdf_state=PdfState.WAITING).first()
        if row is None:
            return False
        row.file.name = _store(row, content)
        row.pdf_state, row.file_sha256 = PdfState.MADE, hashlib.sha256(content).hexdigest()
        row.save(update_fields=["file", "pdf_state", "file_sha256"])
    contract.refresh_from_db(fields=["file", "pdf_state", "file_sha256"])
    return True


def _store(row: Contract, content: bytes) -> str:
    name, place = f"contracts/{row.agreed_at:%Y/%m}/{row.public_id}.pdf", row.file.storage
    place.delete(name)
    try:
        return place.save(name, ContentFile(content))
    except OSError:
        place.delete(name)
        raise


def content(contract: Contract) -> bytes:
    """Its bytes; drawn without keeping them when they cannot be kept."""
    if contract.pdf_state == PdfState.WAITING:
        try_to_make(contract)
    try:
        with contract.file.open("rb") as file:
            return file.read()
    except (OSError, ValueError):
        return render(contract)


def make_missing(*, seconds: float = 40) -> int:
    end = time.monotonic() + seconds
    rows = Contract.objects.filter(pdf_state=PdfState.WAITING, parcel__isnull=False)
    made = 0
    for contract in rows.select_related("parcel__order").order_by("pk")[:200]:
        if time.monotonic() > end:
            break
        made += try_to_make(contract)
    return made


def try_to_make(contract: Contract) -> bool:
    try:
        return make(contract)
    except OSError:
        log.warning("no room for a contract; the sweeper tries again", extra={"contract": contract.pk})
        return False
